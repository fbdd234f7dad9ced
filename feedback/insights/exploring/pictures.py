"""Parts side by side as geometry: a dot for each figure, a whisker for its interval, a line for all together.

Dots beat bars where the scale has no honest zero, and the whiskers say at a glance which parts can be told apart
(W. Cleveland, "The Elements of Graphing Data", 1985). The name of a part stands above its whisker, so that long names
have room on a phone. Lengths are units of the viewBox, as in `geometry`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from feedback.insights.axes import AXES, Axis
from feedback.insights.charts import CHARACTER
from feedback.insights.geometry import Size, Text

ROW = 40.0
TOP, BOTTOM = 34.0, 8.0
SIDE = 14.0
NAME_UP, VALUE_DOWN = 9.0, 4.5
GAP = 8.0
MOST_DOTS = 12
TICK_DISTANCE = 46.0


class Named(NamedTuple):
    """A part as it is drawn: its name, its figure with the interval, how many answers."""

    name: str
    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Dot:
    """One part: where its dot and the ends of its whisker stand, and what it says."""

    y: float
    x: float
    low_x: float
    high_x: float
    name: Text
    value: Text
    low: str
    high: str
    n: int


@dataclass(frozen=True)
class UprightTick:
    """An upright line with its number above."""

    x: float
    label: Text
    is_zero: bool


@dataclass(frozen=True)
class DotChart:
    """Dots with whiskers, one below the other; `whole_x` is where all answers together stand, None off the picture."""

    size: Size
    unit: Text
    top: float
    bottom: float
    ticks: tuple[UprightTick, ...]
    dots: tuple[Dot, ...]
    whole_x: float | None


def dots(
    parts: Sequence[Named], kind: str, whole: float | None, unit: str, size: Size, mark: str = "."
) -> DotChart:
    """Return the picture of at most twelve parts; `size` gives its width, the parts its height."""
    parts = parts[:MOST_DOTS]
    axis = AXES[kind]._replace(mark=mark)
    shown = [end for part in parts for end in (part.low, part.value, part.high)]
    shown += [whole] if whole is not None else []
    value_width = max((len(axis.said(part.value)) for part in parts), default=0) * CHARACTER + GAP
    left, right = SIDE, size.width - max(SIDE, value_width)
    numbers = axis.numbers_for(shown, most=max(3, int((right - left) / TICK_DISTANCE)))

    def x_at(value: float) -> float:
        return round(left + (value - numbers[0]) / (numbers[-1] - numbers[0]) * (right - left), 1)

    bottom = round(TOP + GAP + ROW * len(parts), 1)
    return DotChart(
        size=Size(size.name, size.width, int(bottom + BOTTOM)),
        unit=Text(0.0, 12.0, unit, "start"),
        top=TOP,
        bottom=bottom,
        ticks=tuple(
            UprightTick(
                x_at(number),
                Text(x_at(number), TOP - 6, axis.written(number), "middle"),
                _is_zero(axis, number),
            )
            for number in numbers
        ),
        dots=tuple(_dot(part, TOP + ROW * (at + 1), x_at, axis, size) for at, part in enumerate(parts)),
        whole_x=None if whole is None else x_at(whole),
    )


def _is_zero(axis: Axis, number: int) -> bool:
    return axis.has_zero_line and number == 0


def _dot(part: Named, y: float, x_at: Callable[[float], float], axis: Axis, size: Size) -> Dot:
    said = axis.said(part.value)
    high_x = x_at(part.high)
    return Dot(
        y=y,
        x=x_at(part.value),
        low_x=x_at(part.low),
        high_x=high_x,
        name=Text(
            # Beside the first line of the grid, which the paper behind the name would break.
            SIDE + GAP,
            y - NAME_UP - 3,
            fitting(part.name, int((size.width - 2 * SIDE - GAP) / CHARACTER)),
            "start",
        ),
        value=Text(round(high_x + GAP, 1), y + VALUE_DOWN, said, "start"),
        low=axis.said(part.low),
        high=axis.said(part.high),
        n=part.n,
    )


def fitting(name: str, most: int) -> str:
    """Return a name, cut between two words when it has more than `most` letters; the table beside has all of it."""
    if len(name) <= most:
        return name
    cut = name[: most - 2].rsplit(" ", 1)[0].rstrip(" ,.;:-–")
    return f"{cut} …"
