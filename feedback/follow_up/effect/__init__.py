"""Does following up work? Speed, reopening, recovery and orders of the tasks of a period, each with its doubt."""
