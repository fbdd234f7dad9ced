"""Asking for the confirmation of a fresh opt-in by itself: once per person, where a brand has switched it on."""
