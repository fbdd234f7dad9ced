"""What is frequent among a shop's latest orders."""
