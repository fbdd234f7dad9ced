"""Going live: what is still to do between a first look at the demo and the first real customer."""
