"""Where owners and admins write surveys: the list, the editor, its preview, versions, translations."""
