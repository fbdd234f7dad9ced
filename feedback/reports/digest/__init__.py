"""The digest: what came in to a saved view since the last one, by mail to who wants it."""
