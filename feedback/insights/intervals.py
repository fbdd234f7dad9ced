"""How far a figure from a sample may be off: intervals for the NPS, for shares and for means.

Code each NPS answer -1 (detractor), 0 (passive) or +1 (promoter). The NPS is 100 times the mean of these,
so one answer has the variance p + d - (p - d)^2 and the mean of n answers a standard error of sqrt(variance
/ n). "Estimate plus or minus 1.96 standard errors" (Wald) is the familiar interval, but with 10 answers it
covers the truth in 80 % of samples instead of 95 %, and it has no width at all when everybody is a
promoter. So what is shown comes from the score method, which asks: which true values would not be surprised
by what we saw?

Sources: B. Rocks, "Interval Estimation for the Net Promoter Score", The American Statistician 70, 2016
(adjusted Wald, score); T. Tango, Statistics in Medicine 17, 1998 (the same score interval for matched
pairs); E. B. Wilson, JASA 22, 1927 (shares); Student 1908 (means).

Shares run from 0 to 1 and net shares from -1 to 1 in this module; `Interval.in_percent` makes them points.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import NormalDist

LEVEL = 0.95

# Three pseudo-answers in a triangle, -1 0 0 +1 weighted 1:2:1 (Rocks 2016).
PSEUDO_OUTER = 0.75
PSEUDO_PASSIVES = 1.5

# Halving an interval of length 2 so often ends some billionths of a point from the limit; a page of three years does it
# for two hundred scores.
BISECTIONS = 36

# Beyond this many degrees of freedom the expansion below is right to ten digits and needs no sum of n terms.
MANY_DEGREES = 200


@dataclass(frozen=True)
class Interval:
    """The values that are compatible with the sample at `level` (0 to 1), by the method named."""

    low: float
    high: float
    level: float
    method: str

    def in_percent(self) -> "Interval":
        """Return the same interval of a share as percent or NPS points."""
        return Interval(100 * self.low, 100 * self.high, self.level, self.method)

    def within(self, low: float, high: float) -> "Interval":
        """Return the interval cut off at `low` and `high`, the ends of what is possible."""
        return Interval(max(low, self.low), min(high, self.high), self.level, self.method)


@dataclass(frozen=True)
class NetShare:
    """Promoters minus detractors over all answers (-1 to 1), the variance of one answer, and their number."""

    value: float
    variance: float
    n: float

    @property
    def se(self) -> float:
        """Return the standard error of the value."""
        return math.sqrt(self.variance / self.n)


@dataclass(frozen=True)
class Mean:
    """The mean of scores, their standard deviation (n - 1 form) and the t interval, where they exist."""

    value: float
    sd: float | None
    interval: Interval | None


def z_of(level: float) -> float:
    """Return the standard normal deviate that `level` (0 to 1, two-sided) needs: 1.959964 for 0.95."""
    return NormalDist().inv_cdf((1 + level) / 2)


def net_share(detractors: float, passives: float, promoters: float) -> NetShare:
    """Return the net share of the counts; refuse negative counts and no answers with ValueError."""
    n = _total(detractors, passives, promoters)
    value = (promoters - detractors) / n
    # Algebraically at least 0; the last bit of a float may disagree.
    return NetShare(value, max(0.0, (promoters + detractors) / n - value * value), n)


def adjusted_net_share(detractors: float, passives: float, promoters: float) -> NetShare:
    """Return the net share after adding 0.75 detractors, 1.5 passives and 0.75 promoters (Rocks 2016)."""
    _total(detractors, passives, promoters)
    return net_share(detractors + PSEUDO_OUTER, passives + PSEUDO_PASSIVES, promoters + PSEUDO_OUTER)


def wald(share: NetShare, level: float = LEVEL) -> Interval:
    """Return share plus or minus z standard errors, not cut off; for arithmetic, too narrow to be shown."""
    margin = z_of(level) * share.se
    return Interval(share.value - margin, share.value + margin, level, "wald")


def adjusted_wald(detractors: int, passives: int, promoters: int, level: float = LEVEL) -> Interval:
    """Return the adjusted Wald interval of the net share, cut off at -1 and 1 (Rocks 2016)."""
    raw = wald(adjusted_net_share(detractors, passives, promoters), level).within(-1.0, 1.0)
    return Interval(raw.low, raw.high, level, "adjusted_wald")


def nps_interval(detractors: int, passives: int, promoters: int, level: float = LEVEL) -> Interval:
    """Return the score interval of the net share, between -1 and 1 and around the estimate (Tango 1998).

    Kept are all values whose score test stays within z. Refuses negative counts and no answers with
    ValueError.
    """
    n = _total(detractors, passives, promoters)
    estimate = (promoters - detractors) / n
    is_compatible = _score_test(detractors, promoters, n, z_of(level))
    low = -1.0 if detractors == n else _last_inside(estimate, -1.0, is_compatible)
    high = 1.0 if promoters == n else _last_inside(estimate, 1.0, is_compatible)
    return Interval(low, high, level, "score")


def wilson(successes: float, n: int, level: float = LEVEL) -> Interval:
    """Return the Wilson interval of the share `successes` / `n`, between 0 and 1 (Wilson 1927).

    Refuses n < 1 and successes outside 0 to n with ValueError.
    """
    if n < 1 or not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no share of answers")
    z = z_of(level)
    share = successes / n
    shrink = 1 + z * z / n
    centre = (share + z * z / (2 * n)) / shrink
    half = z / shrink * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # The ends are exactly 0 and 1 where nobody or everybody agrees; floats would miss them by a last bit.
    low = 0.0 if successes == 0 else centre - half
    high = 1.0 if successes == n else centre + half
    return Interval(low, high, level, "wilson")


def mean_of(counts: Mapping[int, int], level: float = LEVEL) -> Mean | None:
    """Return mean, deviation and t interval of `counts` (score to number of answers), None without any.

    One answer, or nothing but equal answers, says nothing about the spread: then the interval is None.
    """
    n = sum(counts.values())
    if n == 0:
        return None
    # In a fixed order, so that the same answers give the same last bit.
    answers = sorted(counts.items())
    value = sum(score * count for score, count in answers) / n
    if n == 1:
        return Mean(value, None, None)
    sd = math.sqrt(sum(count * (score - value) ** 2 for score, count in answers) / (n - 1))
    if sum(count > 0 for _, count in answers) == 1:
        return Mean(value, 0.0, None)
    margin = t_of(level, n - 1) * sd / math.sqrt(n)
    return Mean(value, sd, Interval(value - margin, value + margin, level, "t"))


def bounded_mean(
    counts: Mapping[int, int], low: int, high: int, level: float = LEVEL
) -> tuple[float, Interval] | None:
    """Return the mean of scores from `low` to `high` with an interval that is always there, None without answers.

    It is the t interval, cut off at the ends of the scale. Where answers say nothing about their spread, the widest one
    that is possible at their mean stands in: scores that are all `low` or `high`, whose mean is a share (Wilson 1927).
    """
    mean = mean_of(counts, level)
    if mean is None:
        return None
    if mean.interval is not None:
        return mean.value, mean.interval.within(low, high)
    n, length = sum(counts.values()), high - low
    place = wilson(n * (mean.value - low) / length, n, level)
    return mean.value, Interval(low + length * place.low, low + length * place.high, level, place.method)


def t_of(level: float, degrees: int) -> float:
    """Return the deviate of Student's t that `level` (two-sided) needs: 2.228139 for 0.95 and 10 degrees.

    Few degrees: bisection on the exact probability. Many: the expansion around the normal deviate
    (Abramowitz & Stegun 26.7.5). Refuses fewer than 1 degree of freedom with ValueError.
    """
    if degrees < 1:
        raise ValueError("Student's t needs at least one degree of freedom")
    z = z_of(level)
    if degrees > MANY_DEGREES:
        first = (z**3 + z) / 4
        second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
        third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
        return z + first / degrees + second / degrees**2 + third / degrees**3
    # Bisect on the angle, atan(t / sqrt(degrees)), which stays finite however heavy the tail.
    angle = _last_inside(0.0, math.pi / 2, lambda angle: _t_probability(angle, degrees) <= level)
    return math.tan(angle) * math.sqrt(degrees)


def t_probability(t: float, degrees: int) -> float:
    """Return P(|T| < t) of Student's t; with many degrees by the normal one (Abramowitz & Stegun 26.7.8)."""
    if degrees > MANY_DEGREES:
        z = t * (1 - 1 / (4 * degrees)) / math.sqrt(1 + t * t / (2 * degrees))
        return 2 * NormalDist().cdf(z) - 1
    return _t_probability(math.atan(t / math.sqrt(degrees)), degrees)


def _t_probability(angle: float, degrees: int) -> float:
    """Return P(|T| < tan(angle) sqrt(degrees)) by the sums of Abramowitz & Stegun 26.7.3 and 26.7.4."""
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = degrees % 2
    term = cosine if odd else 1.0
    total = 0.0
    for k in range(odd + 1, degrees, 2):
        total += term
        term *= cosine * cosine * k / (k + 1)
    return 2 / math.pi * (angle + sine * total) if odd else sine * total


def _score_test(detractors: float, promoters: float, n: float, z: float) -> Callable[[float], bool]:
    """Return what says whether the sample lies within `z` standard errors of a true net share (Tango 1998).

    A page asks some thousand times, so what is the same for all shares is reckoned once.
    """
    a, start, slope, net = (
        2 * n,
        -detractors - promoters,
        2 * n - promoters + detractors,
        promoters - detractors,
    )
    square = z * z

    def is_compatible(theta: float) -> bool:
        b = start + slope * theta
        c = -detractors * theta * (1 - theta)
        under = b * b - 4 * a * c
        q = ((math.sqrt(under) if under > 0 else 0.0) - b) / (2 * a)
        distance, variance = net - n * theta, n * (2 * q + theta * (1 - theta))
        return distance * distance <= square * (variance if variance > 0 else 0.0)

    return is_compatible


def _last_inside(inside: float, outside: float, belongs: Callable[[float], bool]) -> float:
    """Return the value furthest from `inside` towards `outside` that still belongs, by bisection."""
    for _ in range(BISECTIONS):
        middle = (inside + outside) / 2
        if belongs(middle):
            inside = middle
        else:
            outside = middle
    return inside


def _total(*counts: float) -> float:
    """Return the sum of counts; refuse negative ones and none at all with ValueError."""
    if any(count < 0 for count in counts):
        raise ValueError("A count is never negative")
    total = sum(counts)
    if total == 0:
        raise ValueError("No answers have no score")
    return total
