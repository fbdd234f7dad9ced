"""Stories about the real thing: the tests mirror the house."""
