"""Goals: a score that a part of the customers is to reach by a day, what was known when it was set, and what came of it.

A goal is about customers, never about a member of the team: there is no place for a person in it (methodology 4.12).
"""
