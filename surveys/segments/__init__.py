"""Segments: which customers and purchases somebody means, said as conditions that are data.

A condition is judged by pure code that can say what it found. `conditions` knows the fields and
how they compare; `past` what a customer's past says at a moment; `queries` gathers what is known
of a purchase; `counting` says how many are meant.
"""
