"""What people say of the readings of comments, and what the reader learns from it."""
