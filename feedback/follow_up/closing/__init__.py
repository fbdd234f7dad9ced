"""What a task ends with: a cause to the second level, a suggestion from the comment, and money given out of goodwill."""
