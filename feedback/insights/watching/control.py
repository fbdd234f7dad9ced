"""Control charts: how far a figure moves by chance alone, and which of its moves chance does not explain.

A figure of every week goes up and down even if nothing happens. W. A. Shewhart (1931) drew lines three standard
deviations above and below the long-term level: of a thousand points that chance makes, fewer than three lie beyond.
The level and its spread are taken from a *baseline* and stay as they are while later points are judged.

*Shares* (p-chart): sigma_i = sqrt(p (1 - p) / n_i), so that limits are wide where few answered. The *NPS* is the mean
of -1, 0 and 1 and has sigma_i = sqrt(v / n_i) with v from the pooled counts. With very many answers these limits are
too narrow, because more than chance differs from week to week; D. B. Laney ("Improved Control Charts for Attributes",
Quality Engineering 14, 2002) widens them by sigma_z, the spread of the standardised points themselves. *Single
values* (XmR): sigma = mean moving range / 1.128 (D. Montgomery, Introduction to Statistical Quality Control). Slow
drifts are seen by runs: eight points in a row on one side of the level.

Shares run from 0 to 1 and net shares from -1 to 1 here. A `baseline` holds the places of its samples; None: all.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from feedback.insights.intervals import adjusted_net_share, net_share

Direction = Literal["lower", "higher"]
Rule = Literal["outside", "run", "pair"]
Method = Literal["plain", "laney", "single"]

SIGMAS = 3.0
WARNING_SIGMAS = 2.0
# The mean distance of two neighbours drawn by chance is so many standard deviations (d2 for n = 2).
D2 = 1.128
RANGE_FACTOR = 3.267
OVERDISPERSED = 1.1
RUN = 8
UNSEEN = 3
# Floats that should lie on a limit may miss it by a last bit.
HAIR = 1e-9


class Point(NamedTuple):
    """One sample with the level and the limits that hold for it; `sigma` is the width of one of the three."""

    value: float
    centre: float
    low: float
    high: float
    sigma: float


class Signal(NamedTuple):
    """What chance does not explain: at which place, which way, by which rule; `since` is where that began."""

    at: int
    direction: Direction
    rule: Rule
    since: int


@dataclass(frozen=True)
class Chart:
    """Points with their limits. `sigma_z` says how much wider samples spread than chance would let them.

    `range_limit` is the largest step between neighbours that chance explains, for single values only.
    """

    method: Method
    centre: float
    points: tuple[Point, ...]
    sigma_z: float | None = None
    range_limit: float | None = None


def share_chart(
    hits: Sequence[int],
    sizes: Sequence[int],
    baseline: Collection[int] | None = None,
    *,
    laney: bool | None = None,
) -> Chart:
    """Return the p-chart of `hits` of `sizes`; limits are cut at 0 and 1.

    Where all or none of the baseline are hits, the other answer still exists: up to 3 in n do so unseen (J. Hanley and
    A. Lippman-Hand, "If Nothing Goes Wrong, Is Everything All Right?", JAMA 249, 1983). `laney` None widens by sigma_z
    where that is above 1.1. Refuses an empty baseline and empty samples with ValueError.
    """
    chosen = _chosen(baseline, len(sizes))
    x, n = sum(hits[at] for at in chosen), sum(sizes[at] for at in chosen)
    if n == 0:
        raise ValueError("a baseline without answers has no level")
    p = x / n
    spread = p if 0 < x < n else min(0.5, UNSEEN / n)
    values = [x / n if n else 0.0 for x, n in zip(hits, sizes, strict=True)]
    return _counted(values, sizes, chosen, p, spread * (1 - spread), (0.0, 1.0), laney)


def net_chart(
    groups: Sequence[tuple[int, int, int]],
    baseline: Collection[int] | None = None,
    *,
    laney: bool | None = None,
) -> Chart:
    """Return the chart of the NPS of `groups` (detractors, passives, promoters); limits are cut at -1 and 1.

    Where the whole baseline is of one mind its spread is that of the adjusted counts (Rocks 2016).
    """
    chosen = _chosen(baseline, len(groups))
    pooled = [sum(groups[at][mood] for at in chosen) for mood in range(3)]
    level = net_share(pooled[0], pooled[1], pooled[2])
    variance = level.variance or adjusted_net_share(pooled[0], pooled[1], pooled[2]).variance
    values = [net_share(*each).value for each in groups]
    return _counted(values, [sum(each) for each in groups], chosen, level.value, variance, (-1.0, 1.0), laney)


def single_chart(
    values: Sequence[float],
    baseline: Collection[int] | None = None,
    bounds: tuple[float, float] = (-math.inf, math.inf),
    spare: float = 0.0,
) -> Chart:
    """Return the XmR chart of single values, limits cut at `bounds`; `spare` is sigma where all neighbours are alike.

    Moving ranges are taken between neighbours within the baseline. Refuses fewer than two values in it with ValueError.
    """
    chosen = _chosen(baseline, len(values))
    if len(chosen) < 2:
        raise ValueError("one value has no moving range")
    centre = sum(values[at] for at in chosen) / len(chosen)
    mean_range = _mean_range([values[at] for at in chosen])
    sigma = mean_range / D2 if mean_range > HAIR else spare
    points = tuple(_point(value, centre, sigma, bounds) for value in values)
    return Chart("single", centre, points, range_limit=RANGE_FACTOR * mean_range)


def signals(points: Sequence[Point], *, pairs: bool = False) -> list[Signal]:
    """Return the places that chance does not explain, at most one signal for each, the strongest rule first.

    One point outside three sigma; eight in a row on one side of the level; with `pairs` two of three beyond two sigma on
    one side. A run goes on signalling for as long as it lasts.
    """
    found, run, side = [], 0, 0
    for at, point in enumerate(points):
        now = _side(point)
        run = run + 1 if now and now == side else int(bool(now))
        side = now
        direction: Direction = "lower" if side < 0 else "higher"
        if point.value < point.low - HAIR or point.value > point.high + HAIR:
            found.append(Signal(at, direction, "outside", at))
        elif run >= RUN:
            found.append(Signal(at, direction, "run", at - run + 1))
        elif pairs and (first := _pair(points, at)) is not None:
            found.append(Signal(at, direction, "pair", first))
    return found


def _pair(points: Sequence[Point], at: int) -> int | None:
    """Return where two of three beyond two sigma began, if they end at this place."""
    if not _is_far(points[at]):
        return None
    alike = (
        near
        for near in range(max(0, at - 2), at)
        if _is_far(points[near]) and _side(points[near]) == _side(points[at])
    )
    return next(alike, None)


def _is_far(point: Point) -> bool:
    return abs(point.value - point.centre) > WARNING_SIGMAS * point.sigma + HAIR


def _side(point: Point) -> int:
    distance = point.value - point.centre
    return 0 if abs(distance) <= HAIR else int(math.copysign(1, distance))


def _counted(
    values: Sequence[float],
    sizes: Sequence[int],
    chosen: Sequence[int],
    centre: float,
    variance: float,
    bounds: tuple[float, float],
    laney: bool | None,
) -> Chart:
    """Return the chart of means of counted answers, each of which has `variance`."""
    if any(size < 1 for size in sizes):
        raise ValueError("a sample without answers has no value")
    sigmas = [math.sqrt(variance / size) for size in sizes]
    z = [(values[at] - centre) / sigmas[at] for at in chosen]
    sigma_z = _mean_range(z) / D2 if len(z) > 1 else None
    widens = sigma_z is not None and (sigma_z > OVERDISPERSED if laney is None else laney)
    factor = sigma_z if widens and sigma_z is not None else 1.0
    points = tuple(
        _point(value, centre, factor * sigma, bounds) for value, sigma in zip(values, sigmas, strict=True)
    )
    return Chart("laney" if widens else "plain", centre, points, sigma_z)


def _point(value: float, centre: float, sigma: float, bounds: tuple[float, float]) -> Point:
    low = min(max(bounds[0], centre - SIGMAS * sigma), centre)
    high = max(min(bounds[1], centre + SIGMAS * sigma), centre)
    return Point(value, centre, low, high, sigma)


def _mean_range(values: Sequence[float]) -> float:
    steps = [abs(later - earlier) for earlier, later in pairwise(values)]
    return sum(steps) / len(steps)


def _chosen(baseline: Collection[int] | None, length: int) -> list[int]:
    chosen = list(range(length)) if baseline is None else sorted(baseline)
    if not chosen:
        raise ValueError("a chart needs a baseline")
    return chosen
