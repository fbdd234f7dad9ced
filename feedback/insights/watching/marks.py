"""Where events stand on a picture over time: upright lines with numbers, whose words stand in a list below it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol

from feedback.insights.charts import CHARACTER, GAP
from feedback.insights.geometry import Border, Text, TrendChart
from feedback.insights.trends import Bucket

SIGN_LINE = 15.0


class Stretch(Protocol):
    """What a trend is made of: something with a bucket."""

    @property
    def bucket(self) -> Bucket:
        """The days."""


class Dated(Protocol):
    """Something that happened on a day."""

    day: Any


def with_marks(chart: TrendChart, periods: Sequence[Stretch], events: Sequence[Dated]) -> TrendChart:
    """Return a trend with quiet marks at the events, numbered from 1 in their order; those outside have no mark."""
    if not periods:
        return chart
    starts, slot = [each.bucket.start for each in periods], (chart.right - chart.left) / len(periods)
    places = gathered([place_of(each.day, starts, periods[-1].bucket.end) for each in events])
    return replace(
        chart, marks=upright([(chart.left + slot * at, sign) for at, sign in places], chart.bottom)
    )


def upright(places: Sequence[tuple[float, str]], bottom: float) -> tuple[Border, ...]:
    """Return the lines of signs (their x and what they say, from left to right) in a field that ends at `bottom`.

    A sign stands just above the lower edge; one that would touch the sign before it stands a line higher.
    """
    found, level, free = [], 0, float("-inf")
    for x, sign in places:
        half = len(sign) * CHARACTER / 2
        level = level + 1 if x - half < free else 0
        free = x + half + GAP / 2
        y = bottom - GAP / 2 - SIGN_LINE * level
        found.append(Border(round(x, 1), Text(round(x, 1), round(y, 1), sign, "middle")))
    return tuple(found)


def place_of(day: date, starts: Sequence[date], end: date) -> float | None:
    """Return where a day stands among steps that begin on these days (ascending), None outside of them."""
    if not starts or not starts[0] <= day < end:
        return None
    at = max(place for place, start in enumerate(starts) if start <= day)
    following = starts[at + 1] if at + 1 < len(starts) else end
    return at + (day - starts[at]).days / max(1, (following - starts[at]).days)


def gathered(places: Sequence[float | None]) -> list[tuple[float, str]]:
    """Return each place with the numbers, from 1 on, of what stands there; those in one step share a sign."""
    found: dict[int, list[tuple[float, int]]] = {}
    for number, place in enumerate(places, start=1):
        if place is not None:
            found.setdefault(int(place), []).append((place, number))
    return [(each[0][0], ", ".join(str(number) for _, number in each)) for each in found.values()]


def first_behind(moments: Sequence[datetime], at: datetime) -> int | None:
    """Return the first step that ends after `at`, by the ends of the steps; None when all are over."""
    return next((place for place, end in enumerate(moments) if end > at), None)
