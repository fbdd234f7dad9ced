"""The customer's own page: what they answered, what became of it, a pause, and the way to their own data."""
