"""The queue of tasks: what to do first."""
