"""The list of addresses nobody writes to, as a page."""
