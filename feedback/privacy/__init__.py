"""A person's data across the whole house: show it, hand it out, erase it, and forget it in time.

It stands on the top floor, because only from here every table can be seen.
"""
