"""The pages on which is written what customers read in the end."""
