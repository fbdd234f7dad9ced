"""The pages on which the key question and further questions are written."""
