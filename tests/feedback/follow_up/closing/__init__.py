"""Stories about how tasks end."""
