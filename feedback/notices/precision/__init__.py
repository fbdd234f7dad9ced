"""How often being told led to something: the measure against tired eyes (methodology 4.4)."""
