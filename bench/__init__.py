"""The standing figures: what `make bench` measures, on loopback and bounded in time."""
