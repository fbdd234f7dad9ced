"""The pages about whom: segments, who waits, and how far decisions have come."""
