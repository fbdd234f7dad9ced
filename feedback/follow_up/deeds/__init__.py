"""What a machine does with one task."""
