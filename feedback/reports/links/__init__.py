"""Read-only links to a saved view: numbers and a chart for people who do not sign in, until a day."""
