"""Talking with the customer about a task: what they write back, who called, what is about to leave."""
