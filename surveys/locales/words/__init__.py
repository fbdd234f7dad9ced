"""What customers read in languages that staff pages do not speak: one module for each, its questions and its letters.

A person who speaks the language has to read them; until somebody says so on the page of settings,
they are marked as not reviewed. Formal address, and the shop's name only where it is not declined.
"""
