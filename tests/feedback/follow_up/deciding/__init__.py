"""Tests of which answers open a task and what stands on top."""
