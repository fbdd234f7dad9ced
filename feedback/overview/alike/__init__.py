"""The page of comments that say much the same as one of them."""
