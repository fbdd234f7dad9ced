"""The way of a goal as one thin line: where it began, where it stands with its interval, where it is to go.

A bullet graph (S. Few, 2006) without its boxes. The soft band is the usual interval, the darker one inside the one by
which the goal is settled. Lengths are units of the viewBox, as in `insights.geometry`.
"""

from dataclasses import dataclass

from feedback.aiming.standings import Standing
from feedback.insights.charts import CHARACTER
from feedback.insights.geometry import Size, Text

WIDE, NARROW = Size("wide", 720, 72), Size("narrow", 320, 72)
EDGE, GAP = 2.0, 5.0
ABOVE, LINE, BELOW = 16.0, 34.0, 62.0  # baselines of the words above and below, and the line between


@dataclass(frozen=True)
class Words:
    """What stands in the picture, in the reader's language."""

    start: str
    target: str
    now: str


@dataclass(frozen=True)
class Span:
    """A stretch of the line."""

    x: float
    width: float


@dataclass(frozen=True)
class Way:
    """The picture; `point`, `band` and `sure` are None while nobody has answered."""

    size: Size
    y: float
    left: float
    right: float
    start: Text
    start_x: float
    target: Text
    target_x: float
    band: Span | None
    sure: Span | None
    point: Text | None
    point_x: float | None


def way(baseline: float, target: float, found: Standing | None, words: Words, size: Size) -> Way:
    """Return the picture of a goal: from `baseline` to `target`, and where it stands."""
    values = [baseline, target]
    if found is not None:
        values += [found.interval.low, found.interval.high, found.sure.low, found.sure.high]
    low, high = min(values), max(values)
    # The word of the start hangs to the left of its stroke, that of the goal to the right.
    left = EDGE + _width(words.start) + GAP
    right = size.width - EDGE - _width(words.target) - GAP

    def x_at(value: float) -> float:
        return _r(left + (value - low) / (high - low) * (right - left))

    def span(first: float, last: float) -> Span:
        return Span(x_at(first), _r(max(2.0, x_at(last) - x_at(first))))

    point = x_at(found.score) if found else None
    return Way(
        size=size,
        y=LINE,
        left=EDGE,
        right=size.width - EDGE,
        start=Text(_r(x_at(baseline) - GAP), BELOW, words.start, "end"),
        start_x=x_at(baseline),
        target=Text(_r(x_at(target) + GAP), BELOW, words.target, "start"),
        target_x=x_at(target),
        band=span(found.interval.low, found.interval.high) if found else None,
        sure=span(found.sure.low, found.sure.high) if found else None,
        point=_above(point, words.now, size) if point is not None else None,
        point_x=point,
    )


def _above(x: float, text: str, size: Size) -> Text:
    """Return the words over the point, moved in where they would leave the picture."""
    half = _width(text) / 2
    return Text(_r(min(max(x, EDGE + half), size.width - EDGE - half)), ABOVE, text, "middle")


def _width(text: str) -> float:
    return len(text) * CHARACTER


def _r(length: float) -> float:
    return round(length, 1)
