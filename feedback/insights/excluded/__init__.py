"""Answers that do not count: which, why, and what the score would be with them."""
