"""Comments that say much the same as one of them."""
