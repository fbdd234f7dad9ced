"""What is being written, as customers would see it; nothing is stored."""
