"""The times a task promises: how they run, pause, are told when they pass, and are explained."""
