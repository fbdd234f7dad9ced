"""A touchpoint's own words in its letters: subject and introduction, and two subjects compared by chance.

The rest of a letter (who asks and why, how to answer, how to stop) stays as `letters` has it,
because the law and the customer count on it.
"""
