"""Whole stories through real HTTP, a real mail sink and a real loop process."""
