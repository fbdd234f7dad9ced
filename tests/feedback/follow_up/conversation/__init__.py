"""Mails and calls between staff and customers."""
