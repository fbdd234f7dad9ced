"""The huddle: yesterday on one page for the ten minutes that a team stands together in the morning."""
