"""Whether a survey stores whose its answers are."""
