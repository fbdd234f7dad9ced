"""What was asked before, and what changed."""
