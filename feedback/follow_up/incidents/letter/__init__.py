"""One letter to every customer of an incident, each in their own task and language."""
