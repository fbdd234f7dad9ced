"""Customers and orders are found by a part of what they are called, through indexes of threes of letters."""
