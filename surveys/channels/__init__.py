"""How a message leaves the house: one small module per transport, none knows the database."""
