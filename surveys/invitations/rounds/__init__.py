"""Programmes: asking customers without waiting for an order, in rounds in which everybody has one turn.

A *rolling* programme begins a round as soon as the last one is over, and spreads it evenly over its
days and hours; a one-time send has one round, which somebody confirms.
"""
