"""The pages about asking: touchpoints, decisions and why, what would happen, what waits."""
