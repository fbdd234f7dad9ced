"""The people who work here: accounts, roles, sign-in and sessions.

What each role may do stands in one table, `permissions.py`. Customers are in `customers`.
"""
