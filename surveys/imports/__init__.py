"""Files that come in: uploaded, understood, tried out, then worked in the background, and undone if need be."""
