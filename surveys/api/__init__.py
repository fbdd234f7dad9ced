"""How machines come in: keys, the machine door, strict JSON, and problem bodies.

What machines may do stands in each room's own `api.py`.
"""
