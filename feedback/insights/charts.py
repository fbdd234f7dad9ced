"""Numbers to the geometry of a picture: where on the page a score, its interval and its axis stand.

What is drawn can thus be tested without a browser. One chart is made per `Size`; a page holds both and its
style sheet shows the one that fits.

A period without answers is a gap in the line, not a bridge over it; one with very few stands beside the line,
which it would throw up or down, and is not what the trend has come to. Bars start at 0, and every point carries
its uncertainty: a soft band along a line, whiskers on a point that stands alone (after E. Tufte, "The Visual
Display of Quantitative Information", 1983, and W. Cleveland, "The Elements of Graphing Data", 1985).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from feedback.insights.axes import AXES, Axis
from feedback.insights.geometry import (
    Bar,
    Border,
    DistributionChart,
    GroupSpan,
    Point,
    Size,
    Text,
    Tick,
    TrendChart,
)
from feedback.insights.scores import Measure, largest_remainder
from surveys.scales import SCALES, Scale, mood_of


class Columns(NamedTuple):
    """How wide the place of a column is, where all of them stand, and how high one answer is."""

    slot: float
    base: float
    answer: float


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

# Room for the unit and the number on the tallest column; for the scores, the brackets and the groups.
COLUMN_TOP = 42.0
GROUP_LINES = 66.0
COLUMN_FILL = 0.78


@dataclass(frozen=True)
class Reading:
    """One period of a trend: its label, and the score with its interval, None where nobody answered.

    `begins` names what begins in it that makes earlier periods another measurement, "" when nothing does.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    begins: str = ""

    @classmethod
    def of(cls, label: str, measure: Measure | None, begins: str = "") -> "Reading":
        """Return the reading of a period's measure, a gap when there is none."""
        if measure is None:
            return cls(label, None, begins=begins)
        return cls(label, measure.score, measure.interval.low, measure.interval.high, measure.n, begins)


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
        return _r(self.left + self.slot * (index + 0.5))

    def y_at(self, value: float) -> float:
        """Return the height of `value`."""
        low, high = self.numbers[0], self.numbers[-1]
        return _r(self.bottom - (value - low) / (high - low) * (self.bottom - self.top))


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
    weighty = [point for point in points if not is_slight(point.n)]
    last = (weighty or points)[-1] if points else None
    return TrendChart(
        size=size,
        left=_r(frame.left),
        right=_r(frame.right),
        top=_r(frame.top),
        bottom=_r(frame.bottom),
        unit=Text(0.0, 13.0, unit, "start"),
        ticks=tuple(_tick(number, frame, axis) for number in frame.numbers),
        labels=tuple(
            Text(frame.x_at(at), _r(size.height - GAP), readings[at].label, "middle")
            for at in _thinned(readings, frame.slot)
        ),
        lines=tuple(_path([(p.x, p.y) for p in run]) for run in runs if len(run) > 1),
        bands=tuple(_band(run) for run in runs if len(run) > 1),
        points=points,
        end=_end(last, points, frame) if last else None,
        borders=tuple(
            _border(at, reading.begins, frame) for at, reading in enumerate(readings) if reading.begins
        ),
    )


def _end(last: Point, points: Sequence[Point], frame: Frame) -> Text:
    """Return the value that the trend has come to: beside its point.

    Where a slight one stands there, it would be read as that one's: then above, or below where the line comes from above.
    """
    if last is points[-1]:
        return Text(_r(last.x + GAP), _r(last.y + BASELINE), last.value, "start")
    below = _r(last.y + 2 * GAP + BASELINE)
    at = points.index(last)
    is_falling = at > 0 and points[at - 1].y < last.y and below < frame.bottom
    return Text(last.x, below if is_falling else _r(last.y - GAP), last.value, "middle")


def _border(at: int, begins: str, frame: Frame) -> Border:
    """Return the line before the period `at`; its name stands on the side where there is room."""
    x = _r(frame.left + frame.slot * at)
    y = _r(frame.top - BASELINE)  # above the field, where no point stands
    if x + GAP + len(begins) * CHARACTER <= frame.right:
        return Border(x, Text(_r(x + GAP / 2), y, begins, "start"))
    return Border(x, Text(_r(x - GAP / 2), y, begins, "end"))


def distribution(kind: str, counts: Mapping[int, int], unit: str, size: Size) -> DistributionChart:
    """Return the picture of how often each score was given; `kind` is that of a scale.

    `unit` stands above and says that the numbers are percent of all answers. The tallest column fills the
    height. Refuses scores off the scale and negative counts with ValueError.
    """
    scale = SCALES[kind]
    totals = scale.tally(counts)
    numbers = [counts.get(score, 0) for score in scale.scores]
    shares = largest_remainder(numbers)
    base = size.height - GROUP_LINES
    answer = (base - COLUMN_TOP) / max(*numbers, 1)
    columns = Columns(size.width / len(numbers), base, answer)
    bars = tuple(
        _bar(scale, score, count, share, columns)
        for score, count, share in zip(scale.scores, numbers, shares, strict=True)
    )
    return DistributionChart(
        size=size,
        n=sum(numbers),
        base=base,
        unit=Text(0.0, 13.0, unit, "start"),
        bars=bars,
        spans=_spans(scale, totals, columns),
    )


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
    """Return place and value of the readings with a score, cut wherever there is a gap, and around slight ones."""
    runs: list[list[tuple[int, float]]] = [[]]
    for at, reading in enumerate(readings):
        if reading.value is None:
            runs.append([])
        elif is_slight(reading.n):
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
    )


def _tick(number: int, frame: Frame, axis: Axis) -> Tick:
    y = frame.y_at(number)
    label = Text(_r(frame.left - GAP), _r(y + BASELINE), axis.written(number), "end")
    return Tick(y, label, axis.has_zero_line and number == 0)


def _bar(scale: Scale, score: int, count: int, share: int, columns: Columns) -> Bar:
    # One answer among thousands is still an answer and must be seen.
    height = _r(max(count * columns.answer, 1.0 if count else 0.0))
    middle, top = _r(columns.slot * (score - scale.low + 0.5)), _r(columns.base - height)
    group = scale.group_of(score)
    return Bar(
        score=score,
        group=group,
        tone=mood_of(group),
        count=count,
        x=_r(middle - columns.slot * COLUMN_FILL / 2),
        y=top,
        width=_r(columns.slot * COLUMN_FILL),
        height=height,
        share=Text(middle, _r(top - 5), "<1" if count and not share else str(share), "middle"),
        label=Text(middle, _r(columns.base + 17), str(score), "middle"),
    )


def _spans(scale: Scale, totals: Mapping[str, int], columns: Columns) -> tuple[GroupSpan, ...]:
    shares = largest_remainder(list(totals.values()))
    slot, base, _ = columns
    inset = slot * (1 - COLUMN_FILL) / 2
    return tuple(
        GroupSpan(
            group=group.name,
            tone=group.mood,
            count=totals[group.name],
            x1=_r(slot * (group.low - scale.low) + inset),
            x2=_r(slot * (group.high - scale.low + 1) - inset),
            y=_r(base + 25),
            share=Text(
                _r(slot * ((group.low + group.high + 1) / 2 - scale.low)), _r(base + 43), str(share), "middle"
            ),
            name_y=_r(base + 60),
        )
        for group, share in zip(scale.groups, shares, strict=True)
    )


def _path(corners: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners)


def _band(run: Sequence[Point]) -> str:
    return _path([(p.x, p.high_y) for p in run] + [(p.x, p.low_y) for p in reversed(run)]) + "Z"


def _width(text: str) -> float:
    return len(text) * CHARACTER


def _r(length: float) -> float:
    return round(length, 1)
