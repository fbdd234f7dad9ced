"""Mails of the team to one customer that begin no conversation: thanks, and what became of what they raised."""
