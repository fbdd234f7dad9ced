"""What contact may have added: the difference of two shares with Newcombe's interval, and how many to contact for one.

The number needed to treat is one over the difference (A. Laupacis, D. Sackett and R. Roberts, NEJM 318, 1988). It is
told only where the whole interval lies above 0: below, it jumps over infinity and means nothing.
"""

from dataclasses import dataclass

from feedback.insights.differences import share_difference
from feedback.insights.intervals import LEVEL, Interval


@dataclass(frozen=True)
class Uplift:
    """`difference` of the shares (-1 to 1), its interval, and how many have to be contacted for one more."""

    difference: float
    interval: Interval
    needed: float | None

    @property
    def is_clear(self) -> bool:
        """Whether chance alone does not explain it."""
        return not self.interval.low <= 0 <= self.interval.high


def uplift(treated: int, of_treated: int, others: int, of_others: int, level: float = LEVEL) -> Uplift:
    """Return how much larger the share of the treated is than the others'; refuse empty groups with ValueError."""
    if not of_treated or not of_others:
        raise ValueError("Nobody cannot be compared with anybody")
    difference = treated / of_treated - others / of_others
    interval = share_difference(treated, of_treated, others, of_others, level)
    return Uplift(difference, interval, 1 / difference if interval.low > 0 else None)
