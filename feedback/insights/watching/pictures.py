"""The picture of a control chart: what chance explains as a soft band, the level, the points, and what happened.

The band has steps, because every stretch has limits of its own. Points that chance does not explain are squares, so that
nobody needs to see the colour. Events and new versions are quiet upright lines; an event bears a number, its words stand
in the list below the picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from feedback.insights.axes import OF_HEADLINE
from feedback.insights.charts import BASELINE, CHARACTER, GAP, LABEL_LINE, TICK_DISTANCE, UNIT_LINE
from feedback.insights.geometry import Border, Size, Text, Tick
from feedback.insights.watching.course import Course, Figure, Step, figure_of, scale_of
from feedback.insights.watching.marks import upright

ROUND = (1, 2, 5, 10)


@dataclass(frozen=True)
class Dot:
    """One stretch: where it stands, and what is said of it; `is_signal` where chance does not explain it."""

    x: float
    y: float
    label: str
    value: str
    low: str
    high: str
    n: int
    is_signal: bool
    in_baseline: bool


@dataclass(frozen=True)
class ControlPicture:
    """A control chart as shapes; `bands` and `levels` are path data, one for each stretch of time without a gap."""

    size: Size
    left: float
    right: float
    top: float
    bottom: float
    unit: Text
    ticks: tuple[Tick, ...]
    labels: tuple[Text, ...]
    bands: tuple[str, ...]
    levels: tuple[str, ...]
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    borders: tuple[Border, ...]
    marks: tuple[Border, ...]
    end: Text | None


@dataclass(frozen=True)
class Said:
    """The words of one step: its label, its figure, the limits."""

    label: str
    value: str = ""
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Field:
    """Where values and steps stand between the axes."""

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    slot: float

    def x_at(self, place: float) -> float:
        """Return where a place stands: 0.5 is the middle of the first step."""
        return _r(self.left + self.slot * place)

    def y_at(self, value: float) -> float:
        """Return the height of a value."""
        return _r(self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top))


def picture(
    course: Course,
    said: Sequence[Said],
    unit: str,
    size: Size,
    *,
    borders: Sequence[tuple[int, str]] = (),
    marks: Sequence[tuple[float, str]] = (),
) -> ControlPicture:
    """Return the picture of a course; `said` are the words of its steps, `unit` stands above the axis.

    `borders` are names that begin before a step, `marks` short signs at a place among the steps (2.5: the middle of the
    third one).
    """
    factor = scale_of(course.metric, course.kind)
    figure: Figure = figure_of(course.metric, course.kind)
    numbers = axis_of(course, size)
    field = _field(course, said, numbers, size)
    dots = {at: _dot(step, said[at], at, field, factor) for at, step in enumerate(course.steps) if step.point}
    runs = _runs(list(dots))
    last = dots[max(dots)] if dots else None
    return ControlPicture(
        size=size,
        left=_r(field.left),
        right=_r(field.right),
        top=_r(field.top),
        bottom=_r(field.bottom),
        unit=Text(0.0, 13.0, unit, "start"),
        ticks=tuple(_tick(number, field, has_zero_line=figure == "net") for number in numbers),
        labels=_labels(said, field, size),
        bands=tuple(_band(course, run, field, factor) for run in runs),
        levels=tuple(_level(course, run, field, factor) for run in runs),
        lines=tuple(_path([(dots[at].x, dots[at].y) for at in run]) for run in runs if len(run) > 1),
        dots=tuple(dots.values()),
        borders=tuple(_border(field, at, words) for at, words in borders),
        marks=upright([(field.x_at(at), sign) for at, sign in marks], field.bottom),
        end=Text(_r(last.x + GAP), _r(last.y + BASELINE), last.value, "start") if last else None,
    )


def _dot(step: Step, said: Said, at: int, field: Field, factor: int) -> Dot:
    """Return one stretch with its words; it stands on the axis if it has no point."""
    y = field.y_at(factor * step.point.value) if step.point else field.bottom
    is_signal = step.signal is not None
    return Dot(
        field.x_at(at + 0.5),
        y,
        said.label,
        said.value,
        said.low,
        said.high,
        step.subgroup.n,
        is_signal,
        step.in_baseline,
    )


def _labels(said: Sequence[Said], field: Field, size: Size) -> tuple[Text, ...]:
    y = _r(size.height - GAP)
    return tuple(Text(field.x_at(at + 0.5), y, said[at].label, "middle") for at in _thinned(said, field.slot))


def _border(field: Field, at: int, words: str) -> Border:
    """Return an upright line with its name above the field, on the side where there is room."""
    x = field.x_at(at)
    fits = x + GAP + len(words) * CHARACTER <= field.right
    side = x + GAP / 2 if fits else x - GAP / 2
    return Border(x, Text(_r(side), _r(field.top - BASELINE), words, "start" if fits else "end"))


def axis_of(course: Course, size: Size) -> list[float]:
    """Return the numbers on the axis: around all points and limits, never beyond what can be."""
    factor, figure = scale_of(course.metric, course.kind), figure_of(course.metric, course.kind)
    most = int((size.height - LABEL_LINE - UNIT_LINE) / TICK_DISTANCE) + 1
    values = [
        factor * value
        for step in course.steps
        if (point := step.point)
        for value in (point.value, point.low, point.high)
        if value != float("inf")
    ]
    if figure == "count":
        return counting(max(values, default=1.0), most)
    return [float(number) for number in OF_HEADLINE[figure].numbers_for(values, most)]


def counting(most_of: float, ticks: int) -> list[float]:
    """Return round numbers from 0 to at least `most_of`, at most `ticks` of them."""
    step = 10 ** int(log10(max(most_of, 1.0) / max(1, ticks - 1)))
    step = next((step * each for each in ROUND if step * each * (ticks - 1) >= most_of), step * 20)
    step = max(1, step)
    return [float(step * at) for at in range(int(-(-most_of // step)) + 1)] if most_of > 0 else [0.0, 1.0]


def _field(course: Course, said: Sequence[Said], numbers: Sequence[float], size: Size) -> Field:
    label = max((len(each.label) for each in said), default=0) * CHARACTER / 2
    number = max(len(_written(each)) for each in numbers) * CHARACTER
    value = max((len(each.value) for each in said), default=0) * CHARACTER
    left, right = max(number + 2 * GAP, label), size.width - max(value + GAP, label)
    bottom = size.height - LABEL_LINE
    slot = (right - left) / max(1, len(course.steps))
    return Field(left, right, UNIT_LINE, bottom, numbers[0], numbers[-1], slot)


def _tick(number: float, field: Field, *, has_zero_line: bool) -> Tick:
    y = field.y_at(number)
    label = Text(_r(field.left - GAP), _r(y + BASELINE), _written(number), "end")
    return Tick(y, label, has_zero_line and number == 0)


def _written(number: float) -> str:
    return f"\N{MINUS SIGN}{-number:g}" if number < 0 else f"{number:g}"


def _runs(places: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for at in places:
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _band(course: Course, run: Sequence[int], field: Field, factor: int) -> str:
    points = [(at, point) for at in run if (point := course.steps[at].point)]
    top = field.high / factor
    upper = [
        (field.x_at(at + side), field.y_at(factor * min(point.high, top)))
        for at, point in points
        for side in (0, 1)
    ]
    lower = [
        (field.x_at(at + side), field.y_at(factor * point.low))
        for at, point in reversed(points)
        for side in (1, 0)
    ]
    return _path(upper + lower) + "Z"


def _level(course: Course, run: Sequence[int], field: Field, factor: int) -> str:
    points = [(at, point) for at in run if (point := course.steps[at].point)]
    return _path(
        [
            (field.x_at(at + side), field.y_at(factor * point.centre))
            for at, point in points
            for side in (0, 1)
        ]
    )


def _thinned(said: Sequence[Said], slot: float) -> list[int]:
    widest = max((len(each.label) for each in said), default=0) * CHARACTER
    every = max(1, -int(-(widest + GAP) // slot))
    return list(range(len(said) - 1, -1, -every))[::-1]


def _path(corners: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners)


def _r(length: float) -> float:
    return round(length, 1)
