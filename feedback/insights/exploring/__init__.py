"""Exploring: one figure along any dimension, two periods or two groups side by side, and who it was that answered."""
