"""Along what answers can be parted: where they come from, what was bought, who asks, and what is talked about."""
