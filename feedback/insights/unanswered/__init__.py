"""Surveys that nobody has answered yet, and what is missing until the first answer."""
