"""Many tasks from one cause: gathered, told once, each task still there."""
