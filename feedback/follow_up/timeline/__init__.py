"""A task's history as people read it."""
