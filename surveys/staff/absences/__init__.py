"""When colleagues are not there, and how much of which work they take."""
