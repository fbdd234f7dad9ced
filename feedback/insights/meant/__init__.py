"""Scores that customers meant, where one of the lowest stands beside kind words: start with `queries.meant_otherwise`."""
