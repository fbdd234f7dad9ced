"""Counts that are kept added up, so that a million answers are measured as quickly as a thousand.

Answers are counted by day and by where they come from, as distributions of their scores; larger stretches of time are
sums of smaller ones. A day is added up when it is over. Whatever touches an answer leaves a mark in the same
transaction (see `triggers`); a day with a mark is read from the answers themselves until a tick has added it up anew. So
the counts are those of the answers at every moment (docs/decisions/0021).
What they mention is kept in the same way (docs/decisions/0028).

Start with `cover`: which days of a period are taken from here, and which are not.
"""
