"""You said, we did: the letter to exactly those who raised it and may be written to, and what the public page says."""
