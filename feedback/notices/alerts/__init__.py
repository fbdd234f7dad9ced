"""Who hears of an alert, inside the house and by mail."""
