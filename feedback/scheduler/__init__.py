"""The beat of the loop: the table of ticks, who leads, and how each tick is doing.

Each verb lives in its own room; here is only when it is called.
"""
