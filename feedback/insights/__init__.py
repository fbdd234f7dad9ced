"""Many responses: what they say together, and how sure we may be of it.

Here live the scores with their intervals, the trends, the comparison of periods and the pictures of all
that. Nothing here changes a response or opens a task; the room reads, computes and shows. Every number
comes with its n and its uncertainty, no answers give no score (never 0), and a difference is called one
only after a test.

Start with `scores.measure`: counts in, score with interval out.
"""
