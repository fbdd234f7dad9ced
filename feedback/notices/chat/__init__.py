"""News in the team's chat: an address of its own for each shop, off until an owner writes one down."""
