"""Mails that nobody could match to a task, for machines."""
