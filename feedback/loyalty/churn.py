"""Churn: of the customers who were active at the start of a period, the part that is lost at its end.

Newly won customers are in neither number, those of them who left again included. Rates of other lengths come by powers,
not by multiplication: 5 % a month are 46 % a year, not 60 %. The doubt is Wilson's (methodology 2.9).

A shop without contracts never learns that a customer has left. What can be seen is a *lapse*: no order for longer than
nineteen of twenty orders took to follow the one before.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

from feedback.insights.intervals import LEVEL, Interval, wilson

LAPSED_AT = 0.95
# Fewer gaps between orders say little of the longest ones.
ENOUGH_GAPS = 40
MONTHS = 3
DAYS_OF_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Churn:
    """`lost` of `at_start` over a period of so many `months`."""

    at_start: int
    lost: int
    months: float = 1.0

    @property
    def rate(self) -> float | None:
        """The part that was lost over the period, 0 to 1; None without customers at the start."""
        return self.lost / self.at_start if self.at_start else None

    @property
    def interval(self) -> Interval | None:
        """The rates that are compatible with it (Wilson)."""
        return wilson(self.lost, self.at_start, LEVEL) if self.at_start else None

    @property
    def monthly(self) -> float | None:
        """The rate of one month."""
        return None if self.rate is None else over(self.rate, 1 / self.months)

    @property
    def monthly_interval(self) -> Interval | None:
        """The rates of one month that are compatible with it."""
        found = self.interval
        if found is None:
            return None
        low, high = (over(end, 1 / self.months) for end in (found.low, found.high))
        return Interval(low, high, found.level, found.method)


class Lapse(NamedTuple):
    """After how many days without an order a customer counts as lapsed, and from how many gaps that was learnt."""

    days: int
    gaps: int


def over(rate: float, periods: float) -> float:
    """Return the churn of so many periods from that of one, 0 to 1; 1 / 12 makes a month of a year.

    Refuses a rate outside 0 to 1 with ValueError.
    """
    if not 0 <= rate <= 1:
        raise ValueError(f"{rate} is no churn rate")
    return 1 - math.pow(1 - rate, periods)


def rank_of(part: float, n: int) -> int:
    """Return which of `n` values in order is the `part`-quantile (0 to 1), counted from 1: the nearest rank."""
    return max(1, math.ceil(part * n - 1e-9))
