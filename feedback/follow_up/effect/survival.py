"""How long it takes until something happens, told rightly while some still wait: the curve of Kaplan and Meier.

The mean over finished cases flatters a growing backlog, because the slow ones are still open. The product-limit
estimator uses them as long as they were watched: S(t) is the product over all times of an event of 1 - d / r, where
d of the r that still waited had theirs (E. L. Kaplan and P. Meier, JASA 53, 1958). Whoever was no longer watched
at the moment of an event, counts as waiting at that moment.

Its variance is Greenwood's, and the interval is taken on the scale of log(-log S), which keeps it between 0 and 1
(M. Greenwood, 1926; J. D. Kalbfleisch and R. L. Prentice, "The Statistical Analysis of Failure Time Data", 1980).
The interval of a quantile are the times where the ends of that band cross it (R. Brookmeyer and J. Crowley,
Biometrics 38, 1982). Two curves are compared by the log-rank test (N. Mantel, 1966).

Checked against `survfit` and `survdiff` of R's package survival on its data set `aml` (methodology AT-44).
"""

import itertools
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

from feedback.insights.intervals import LEVEL, z_of

# Products of fractions miss a half by a last bit.
LAST_BIT = 1e-12


class Watched(NamedTuple):
    """`n` cases that were watched for `time` (0 or more, any unit); `ended` says that it happened to them then."""

    time: float
    ended: bool
    n: int = 1


class Step(NamedTuple):
    """The share that still waits from `time` on, with its interval; `events` of `at_risk` ended there."""

    time: float
    at_risk: int
    events: int
    share: float
    low: float
    high: float


class Quantile(NamedTuple):
    """After how long a part had it, and between which times with the level of the curve.

    None where the curve, or the end of its band, has not come that far.
    """

    time: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Curve:
    """Steps of the share that still waits, in order of time; `events` of `n` cases ended, `last` is the longest watch."""

    steps: tuple[Step, ...]
    n: int
    events: int
    last: float

    def at(self, time: float) -> Step | None:
        """Return what holds at `time`; None before the first step, when all still wait."""
        found = None
        for step in self.steps:
            if step.time > time:
                break
            found = step
        return found

    def waiting(self, time: float) -> float:
        """Return the share that still waits at `time`, 0 to 1."""
        step = self.at(time)
        return 1.0 if step is None else step.share

    def quantile(self, part: float = 0.5) -> Quantile:
        """Return after how long `part` (above 0, at most 1) of the cases had it; the median by default."""
        left = 1 - part + LAST_BIT
        return Quantile(
            next((step.time for step in self.steps if step.share <= left), None),
            next((step.time for step in self.steps if step.low <= left), None),
            next((step.time for step in self.steps if step.high <= left), None),
        )


def curve(watched: Iterable[Watched], level: float = LEVEL) -> Curve:
    """Return the curve of the cases, without a step when nothing has ended; refuse negative times with ValueError."""
    ended: Counter[float] = Counter()
    gone: Counter[float] = Counter()
    for time, is_end, n in watched:
        if time < 0:
            raise ValueError("Nobody is watched for less than no time")
        gone[time] += n
        ended[time] += n if is_end else 0
    total = at_risk = sum(gone.values())
    z, share, variance, high = z_of(level), 1.0, 0.0, 1.0
    steps = []
    for time in sorted(gone):
        events = ended[time]
        if events:
            share = share * (at_risk - events) / at_risk
            variance += events / (at_risk * (at_risk - events)) if events < at_risk else 0.0
            # Where the last one ended, the formula has no width; what was possible just before still is.
            low, high = _band(share, variance, z) if events < at_risk else (0.0, high)
            steps.append(Step(time, at_risk, events, share, low, high))
        at_risk -= gone[time]
    return Curve(tuple(steps), total, sum(ended.values()), max(gone, default=0.0))


def _band(share: float, variance: float, z: float) -> tuple[float, float]:
    """Return the ends of the interval of a share between 0 and 1, whose log has `variance`."""
    width = z * math.sqrt(variance) / -math.log(share)
    return share ** math.exp(width), share ** math.exp(-width)


class LogRank(NamedTuple):
    """The statistic of the log-rank test, chi-squared with one degree of freedom, and its p-value."""

    statistic: float
    p: float


def log_rank(these: Sequence[Watched], those: Sequence[Watched]) -> LogRank | None:
    """Return how well the curves of two groups of cases agree; None where there is nothing to compare."""
    mine, theirs = _ended_and_waiting(these), _ended_and_waiting(those)
    surplus = variance = 0.0
    for time in sorted({time for time, is_end, _n in (*these, *those) if is_end}):
        (events, a), (others, b) = mine(time), theirs(time)
        n, d = a + b, events + others
        surplus += events - d * a / n
        if n > 1:
            variance += d * (a / n) * (b / n) * (n - d) / (n - 1)
    if variance == 0:
        return None
    statistic = surplus**2 / variance
    return LogRank(statistic, 2 * NormalDist().cdf(-math.sqrt(statistic)))


def _ended_and_waiting(watched: Sequence[Watched]) -> Callable[[float], tuple[int, int]]:
    """Return what tells of a time how many cases ended then, and how many waited until then."""
    ended: Counter[float] = Counter()
    gone: Counter[float] = Counter()
    for time, is_end, n in watched:
        gone[time] += n
        ended[time] += n if is_end else 0
    times = sorted(gone)
    before = [0, *itertools.accumulate(gone[time] for time in times)]
    return lambda time: (ended[time], before[-1] - before[bisect_left(times, time)])
