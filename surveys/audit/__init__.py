"""Who of the staff changed what, and who took data out of the house: one row each, in the change's own transaction."""
