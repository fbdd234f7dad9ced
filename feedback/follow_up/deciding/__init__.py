"""Which answers open a task, by which rule, how urgent it is, and what stands on top of the inbox."""
