"""A shop's face and manners: name, colour, sender, business hours, secrets for order hooks."""
