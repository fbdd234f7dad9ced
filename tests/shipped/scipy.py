"""Stands before SciPy where a house looks for it."""

raise ImportError("a house is shipped without SciPy")
