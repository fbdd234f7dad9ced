"""Happy customers: a few are thanked in person each day, and may be quoted if they say so."""
