"""Scores that customers meant, where the lowest stands beside kind words: start with `queries.meant_otherwise`."""
