"""Where a customer stands among all who buy: the share of a shop's customers who spend less in a year."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import timedelta

YEAR = timedelta(days=365)
CROWDS = 100
# Among fewer customers a place says nothing: then everybody stands in the middle.
FEWEST, MIDDLE = 20, 0.5


def rank(spent: int | None, limits: Sequence[int]) -> float:
    """Return the place of a sum, 0 to 1, among `limits`, the most that each of equal crowds spent, ascending.

    None, nothing that is known, stands at 0; where there is nobody to compare with, every sum in the middle.
    """
    if not spent or spent <= 0:
        return 0.0
    if len(limits) < FEWEST:
        return MIDDLE
    return bisect_right(limits, spent) / len(limits)
