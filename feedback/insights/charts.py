"""Numbers to the geometry of a picture: where on the page a score, its interval and its axis stand.

What is drawn can thus be tested without a browser. One chart is made per `Size`; a page holds both and its
style sheet shows the one that fits.

A period without answers is a gap in the line, not a bridge over it; one with very few stands beside the line,
which it would throw up or down, and is not what the trend has come to. Nor is one that has not all its days, because it
is under way or the chosen days leave some out: its point is hollow, and a dashed line leads to it. Every point carries
its uncertainty: a soft band along a line, whiskers on a point that stands alone (after E. Tufte, "The Visual Display of
Quantitative Information", 1983, and W. Cleveland, "The Elements of Graphing Data", 1985).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from feedback.insights.axes import AXES, Axis
from feedback.insights.geometry import (
    Border,
    Point,
    Size,
    Text,
    Tick,
    TrendChart,
    tenth,
)
from feedback.insights.scores import Measure
from feedback.insights.trends import Extent

# The width of a letter at the 13 px that chart.css sets, generously.
CHARACTER = 7.4
# From the middle of a line of such text down to its baseline.
BASELINE = 4.5
GAP = 8.0

UNIT_LINE = 28.0
LABEL_LINE = 26.0
# A week that has only begun has a handful of answers, and one of them moves its score by dozens of points.
FEW = 5
# Grid lines nearer than this make a fence.
TICK_DISTANCE = 30.0


@dataclass(frozen=True)
class Reading:
    """One period of a trend: its label, and the score with its interval, None where nobody answered.

    `begins` names what begins in it that makes earlier periods another measurement, "" when nothing does. `extent` says
    whether all its days are in the figure.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    begins: str = ""
    extent: Extent = "whole"

    @classmethod
    def of(
        cls, label: str, measure: Measure | None, begins: str = "", *, extent: Extent = "whole"
    ) -> "Reading":
        """Return the reading of a period's measure, a gap when there is none."""
        if measure is None:
            return cls(label, None, begins=begins)
        low, high = measure.interval.low, measure.interval.high
        return cls(label, measure.score, low, high, measure.n, begins, extent)

    @property
    def stands_alone(self) -> bool:
        """Whether its point is no part of a line: it rests on too few answers, or not on all its days."""
        return self.extent != "whole" or is_slight(self.n)


@dataclass(frozen=True)
class Frame:
    """The field between the axes, and where values and periods stand in it."""

    left: float
    right: float
    top: float
    bottom: float
    numbers: range
    slot: float

    def x_at(self, index: int) -> float:
        """Return the middle of the period `index`, counted from 0."""
        return tenth(self.left + self.slot * (index + 0.5))

    def y_at(self, value: float) -> float:
        """Return the height of `value`."""
        low, high = self.numbers[0], self.numbers[-1]
        return tenth(self.bottom - (value - low) / (high - low) * (self.bottom - self.top))


def trend(
    readings: Sequence[Reading], kind: str, unit: str, size: Size, decimal_mark: str = "."
) -> TrendChart:
    """Return the picture of a score over time; `kind` is that of a scale, `unit` stands above the axis."""
    axis = AXES[kind]._replace(mark=decimal_mark)
    frame = _frame(readings, axis, size)
    runs = [
        [_point(readings[at], at, value, frame, axis, is_alone=len(run) == 1) for at, value in run]
        for run in _runs(readings)
    ]
    points = tuple(point for run in runs for point in run)
    weighty = [point for point in points if point.is_whole and not is_slight(point.n)]
    last = (weighty or points)[-1] if points else None
    return TrendChart(
        size=size,
        left=tenth(frame.left),
        right=tenth(frame.right),
        top=tenth(frame.top),
        bottom=tenth(frame.bottom),
        unit=Text(0.0, 13.0, unit, "start"),
        ticks=tuple(_tick(number, frame, axis) for number in frame.numbers),
        labels=tuple(
            Text(frame.x_at(at), tenth(size.height - GAP), readings[at].label, "middle")
            for at in _thinned(readings, frame.slot)
        ),
        lines=tuple(_path([(p.x, p.y) for p in run]) for run in runs if len(run) > 1),
        bands=tuple(_band(run) for run in runs if len(run) > 1),
        points=points,
        end=_end(last, points, frame) if last else None,
        borders=tuple(
            _border(at, reading.begins, frame) for at, reading in enumerate(readings) if reading.begins
        ),
        dashed=_dashed(points, frame),
    )


def _dashed(points: Sequence[Point], frame: Frame) -> tuple[str, ...]:
    """Return the lines from periods that are not whole to those just beside them, where neither is slight."""
    return tuple(
        _path([(one.x, one.y), (other.x, other.y)])
        for one, other in pairwise(points)
        if not (one.is_whole and other.is_whole)
        and not (is_slight(one.n) or is_slight(other.n))
        and other.x - one.x < 1.5 * frame.slot
    )


def _end(last: Point, points: Sequence[Point], frame: Frame) -> Text:
    """Return the value that the trend has come to: beside its point.

    Where one stands there that is slight or not whole, it would be read as that one's: then above, or below where the
    line comes from above; and always on the other side of the line that leads to what is not whole.
    """
    if last is points[-1]:
        return Text(tenth(last.x + GAP), tenth(last.y + BASELINE), last.value, "start")
    below = tenth(last.y + 2 * GAP + BASELINE)
    at = points.index(last)
    other = at + 1 if not points[at + 1].is_whole else max(at - 1, 0)
    is_free = points[other].y < last.y and below < frame.bottom
    return Text(last.x, below if is_free else tenth(last.y - GAP), last.value, "middle")


def _border(at: int, begins: str, frame: Frame) -> Border:
    """Return the line before the period `at`; its name stands on the side where there is room."""
    x = tenth(frame.left + frame.slot * at)
    y = tenth(frame.top - BASELINE)  # above the field, where no point stands
    if x + GAP + len(begins) * CHARACTER <= frame.right:
        return Border(x, Text(tenth(x + GAP / 2), y, begins, "start"))
    return Border(x, Text(tenth(x - GAP / 2), y, begins, "end"))


def _frame(readings: Sequence[Reading], axis: Axis, size: Size) -> Frame:
    """Return the field that leaves room for numbers left of it, the last value right, labels below."""
    top, bottom = UNIT_LINE, size.height - LABEL_LINE
    values = [v for r in readings if r.value is not None for v in (r.low, r.value, r.high) if v is not None]
    numbers = axis.numbers_for(values, most=int((bottom - top) / TICK_DISTANCE) + 1)
    half_label = max((_width(reading.label) for reading in readings), default=0.0) / 2
    number = max(_width(axis.written(numbers[0])), _width(axis.written(numbers[-1])))
    value = max(_width(axis.said(numbers[0])), _width(axis.said(numbers[-1])))
    left = max(number + 2 * GAP, half_label)
    right = size.width - max(value + GAP, half_label)
    return Frame(left, right, top, bottom, numbers, (right - left) / max(1, len(readings)))


def _runs(readings: Sequence[Reading]) -> list[list[tuple[int, float]]]:
    """Return place and value of the readings with a score, cut wherever there is a gap, and around what stands alone."""
    runs: list[list[tuple[int, float]]] = [[]]
    for at, reading in enumerate(readings):
        if reading.value is None:
            runs.append([])
        elif reading.stands_alone:
            runs += [[(at, reading.value)], []]
        else:
            runs[-1].append((at, reading.value))
    return [run for run in runs if run]


def is_slight(n: int) -> bool:
    """Tell whether `n` answers are some, but too few to be part of a line."""
    return 0 < n < FEW


def _thinned(readings: Sequence[Reading], slot: float) -> list[int]:
    """Return the places whose labels fit beside each other, counted back from the last one."""
    widest = max((_width(reading.label) for reading in readings), default=0.0)
    every = max(1, -int(-(widest + GAP) // slot))
    return list(range(len(readings) - 1, -1, -every))[::-1]


def _point(reading: Reading, at: int, value: float, frame: Frame, axis: Axis, *, is_alone: bool) -> Point:
    low = value if reading.low is None else reading.low
    high = value if reading.high is None else reading.high
    return Point(
        x=frame.x_at(at),
        y=frame.y_at(value),
        low_y=frame.y_at(low),
        high_y=frame.y_at(high),
        is_alone=is_alone,
        label=reading.label,
        value=axis.said(value),
        low=axis.said(low),
        high=axis.said(high),
        n=reading.n,
        extent=reading.extent,
    )


def _tick(number: int, frame: Frame, axis: Axis) -> Tick:
    y = frame.y_at(number)
    label = Text(tenth(frame.left - GAP), tenth(y + BASELINE), axis.written(number), "end")
    return Tick(y, label, axis.has_zero_line and number == 0)


def _path(corners: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners)


def _band(run: Sequence[Point]) -> str:
    return _path([(p.x, p.high_y) for p in run] + [(p.x, p.low_y) for p in reversed(run)]) + "Z"


def _width(text: str) -> float:
    return len(text) * CHARACTER
