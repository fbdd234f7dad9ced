"""What customers do afterwards: who orders again, who stays away, and what that may be worth.

Nothing here says why. Whoever scores high orders again more often; that is no proof that the score, or whatever raised
it, is the cause.
"""
