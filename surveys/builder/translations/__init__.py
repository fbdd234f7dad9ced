"""The languages of a survey, and its texts as a file for translators."""
