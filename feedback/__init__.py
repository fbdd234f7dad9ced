"""Understand and act: read verbatims, measure, follow up, improve, tell.

Everything here looks down at the rows that `surveys` keeps; nothing in `surveys` knows that
this package exists.
"""
