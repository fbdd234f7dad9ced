"""Presence: who of the team looks at a task just now, and who writes there."""
