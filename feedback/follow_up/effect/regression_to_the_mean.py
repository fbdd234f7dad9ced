"""What customers chosen for a low score would say next time without anybody doing anything: more.

A score is partly lasting and partly the day. Those who were chosen because theirs was low had, on average, a bad day
too, and the next one is not. With a mean of all answers m, their standard deviation s and the correlation rho between
two answers of one customer, the next score after x is on average m + rho (x - m), with the standard deviation
s sqrt(1 - rho^2) around it (F. Galton, "Regression towards mediocrity in hereditary stature", 1886; here in the form of
the bivariate normal distribution). A share of recovered customers means something only above what that gives.

`rho` is estimated from customers who answered twice and were not written to in between, as the slope of the second
answer on the first. With equal spread both times that is the correlation. Those who were written to are mostly those
with low first scores, and leaving out a part by its *first* score makes a correlation too small but does not move a
slope (W. G. Cochran, "Errors of measurement in statistics", 1968, on selection by the explaining variable).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

from feedback.insights.intervals import LEVEL, Interval, mean_of, t_of

ASSUMED_RHO = 0.6  # methodology 2.11, until a shop's own customers say otherwise
ENOUGH_PAIRS = 50  # with fewer the interval of a correlation of 0.6 is wider than 0.4


class Population(NamedTuple):
    """All answers on one scale: their mean, standard deviation and number."""

    mean: float
    sd: float
    n: int


class Pairs(NamedTuple):
    """First and second answers of the same customers, summed up: number, sums, sums of squares and of products."""

    n: int
    first: int
    second: int
    first_squared: int
    second_squared: int
    product: int


@dataclass(frozen=True)
class Stability:
    """How much of a score lasts, 0 to 1. With `is_assumed` it is the usual value, because `n` pairs are too few."""

    rho: float
    n: int
    interval: Interval | None
    is_assumed: bool


class Expected(NamedTuple):
    """The next score to be expected of a group without contact, its spread, and the share at or above a limit."""

    mean: float
    sd: float
    share: float


def population(counts: Mapping[int, int]) -> Population | None:
    """Return mean and spread of `counts` (score to number of answers); None where nothing or all the same was said."""
    found = mean_of(counts)
    if found is None or not found.sd:
        return None
    return Population(found.value, found.sd, sum(counts.values()))


def stability(pairs: Pairs, level: float = LEVEL) -> Stability:
    """Return how much of a score lasts, by the slope of second answers on first ones, kept between 0 and 1."""
    n = pairs.n
    spread = n * pairs.first_squared - pairs.first**2
    if n < ENOUGH_PAIRS or spread == 0:
        return Stability(ASSUMED_RHO, n, None, is_assumed=True)
    shared = n * pairs.product - pairs.first * pairs.second
    slope = shared / spread
    left = max(0.0, (n * pairs.second_squared - pairs.second**2) - slope * shared)
    margin = t_of(level, n - 2) * math.sqrt(left / spread / (n - 2))
    return Stability(
        min(1.0, max(0.0, slope)),
        n,
        Interval(
            min(1.0, max(0.0, slope - margin)), max(0.0, min(1.0, slope + margin)), level, "least_squares"
        ),
        is_assumed=False,
    )


def expected_next(everybody: Population, rho: float, first: float, limit: float) -> Expected:
    """Return what is to be expected after a first score; `limit` lies between two scores, 6.5 for "7 or more".

    Refuses a `rho` outside 0 to 1 with ValueError.
    """
    if not 0 <= rho <= 1:
        raise ValueError("The part of a score that lasts lies between 0 and 1")
    mean = everybody.mean + rho * (first - everybody.mean)
    sd = everybody.sd * math.sqrt(1 - rho**2)
    share = float(mean >= limit) if sd == 0 else 1 - NormalDist(mean, sd).cdf(limit)
    return Expected(mean, sd, share)


def expected_of(everybody: Population, rho: float, first: Mapping[int, int], limit: float) -> Expected | None:
    """Return the same of a whole group by its first scores (score to number); None without any.

    The share is the mean of theirs, not the share of the mean.
    """
    n = sum(first.values())
    if n == 0:
        return None
    found = [(expected_next(everybody, rho, score, limit), count) for score, count in sorted(first.items())]
    mean = sum(each.mean * count for each, count in found) / n
    between = sum(count * (each.mean - mean) ** 2 for each, count in found) / n
    sd = math.sqrt(everybody.sd**2 * (1 - rho**2) + between)
    return Expected(mean, sd, sum(each.share * count for each, count in found) / n)
