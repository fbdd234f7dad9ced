"""The curve of what happened to tasks over time as geometry: where its line, band, numbers and words stand.

It rises: what is drawn is the share of tasks that had it, one minus the share that still waits, because people ask
"how many have heard from us after a day?". The line climbs in steps, and where one picture point holds many steps it
holds the last of them. Lengths are units of the viewBox, as in `insights.geometry`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from feedback.follow_up.effect.survival import Curve
from feedback.insights.charts import CHARACTER
from feedback.insights.geometry import Size, Text, Tick

HOUR, DAY = 60, 24 * 60
MOST_OF_THEM = 0.95  # so much of the curve has to be on the picture
ENOUGH = 5  # cases that still wait

TOP, BOTTOM_LINE, LEFT, RIGHT = 30.0, 28.0, 44.0, 60.0
GAP, BASELINE = 8.0, 4.5
UNDER = 20.0  # how far below its point the median's words stand


class Horizon(NamedTuple):
    """How far the picture looks, the distance of its ticks, and the unit they are told in; all in minutes."""

    length: int
    tick: int
    unit: int

    @property
    def ticks(self) -> range:
        """Return the moments of the ticks, the beginning included."""
        return range(0, self.length + 1, self.tick)


HORIZONS = (
    Horizon(DAY, 4 * HOUR, HOUR),
    Horizon(3 * DAY, 12 * HOUR, HOUR),
    Horizon(7 * DAY, DAY, DAY),
    Horizon(14 * DAY, 2 * DAY, DAY),
    Horizon(28 * DAY, 7 * DAY, DAY),
    Horizon(90 * DAY, 15 * DAY, DAY),
    Horizon(360 * DAY, 60 * DAY, DAY),
)


@dataclass(frozen=True)
class Mark:
    """A point on the line and what it says."""

    x: float
    y: float
    label: Text


@dataclass(frozen=True)
class WaitingChart:
    """One curve. `line` and `band` are SVG path data; `median` and `end` are None where the curve does not get there."""

    size: Size
    left: float
    right: float
    top: float
    bottom: float
    unit: Text
    ticks: tuple[Tick, ...]
    labels: tuple[Text, ...]
    line: str
    band: str
    median: Mark | None
    end: Text | None


class Words(NamedTuple):
    """What stands in the picture: above the axis, at its last tick (with the number put in), and at the median."""

    unit: str
    last_tick: str
    median: str


@dataclass(frozen=True)
class Frame:
    """The field between the axes."""

    size: Size
    horizon: Horizon

    @property
    def right(self) -> float:
        """Where the field ends; the last value stands beyond."""
        return self.size.width - RIGHT

    @property
    def bottom(self) -> float:
        """Where nobody has had it yet."""
        return self.size.height - BOTTOM_LINE

    def x_at(self, time: float) -> float:
        """Return the place of a moment in minutes."""
        return round(LEFT + time / self.horizon.length * (self.right - LEFT), 1)

    def y_at(self, share: float) -> float:
        """Return the height of a share that had it, 0 to 1."""
        return round(self.bottom - share * (self.bottom - TOP), 1)


def told_until(curve: Curve) -> float:
    """Return how long the curve rests on enough cases: beyond, one of them moves it by a fifth and more.

    (S. Pocock, T. Clayton and D. Altman, "Survival plots of time-to-event outcomes", Lancet 359, 2002.)
    """
    enough = [step.time for step in curve.steps if step.at_risk >= ENOUGH]
    few = next((step.time for step in curve.steps if step.at_risk < ENOUGH), None)
    return curve.last if few is None or not enough else max(enough)


def horizon_of(curve: Curve) -> Horizon:
    """Return how far to look so that most of what happened is to be seen, and no further than can be told."""
    most, until = curve.quantile(MOST_OF_THEM).time, told_until(curve)
    wanted = until if most is None else min(most, until)
    return next((each for each in HORIZONS if each.length >= wanted), HORIZONS[-1])


def waiting_chart(curve: Curve, words: Words, size: Size) -> WaitingChart:
    """Return the picture of a curve; `words` in the reader's language."""
    horizon = horizon_of(curve)
    frame = Frame(size, horizon)
    seen = min(told_until(curve), horizon.length)
    line = list(_stairs(frame, seen, [(step.time, 1 - step.share) for step in curve.steps]))
    upper = list(_stairs(frame, seen, [(step.time, 1 - step.low) for step in curve.steps]))
    lower = list(_stairs(frame, seen, [(step.time, 1 - step.high) for step in curve.steps]))
    share = 1 - curve.waiting(seen)
    return WaitingChart(
        size=size,
        left=LEFT,
        right=frame.right,
        top=TOP,
        bottom=frame.bottom,
        unit=Text(0.0, 13.0, words.unit, "start"),
        ticks=tuple(_tick(percent, frame) for percent in (0, 25, 50, 75, 100)),
        labels=_labels(frame, words.last_tick),
        line=_path(line),
        band=_path([*upper, *reversed(lower)]) + "Z" if curve.steps else "",
        median=_median(curve, frame, words.median),
        end=Text(
            round(frame.x_at(seen) + GAP, 1), frame.y_at(share) + BASELINE, f"{round(100 * share)} %", "start"
        )
        if curve.n
        else None,
    )


def _stairs(frame: Frame, seen: float, heights: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield the corners of stairs from nothing up to `seen`, one tread for each point of the picture."""
    x, y = frame.x_at(0), frame.y_at(0)
    yield x, y
    last = {frame.x_at(time): frame.y_at(share) for time, share in heights if time <= seen}
    for x, higher in sorted(last.items()):
        yield from ((x, y), (x, higher))
        y = higher
    yield frame.x_at(seen), y


def _tick(percent: int, frame: Frame) -> Tick:
    y = frame.y_at(percent / 100)
    return Tick(y, Text(LEFT - GAP, round(y + BASELINE, 1), str(percent), "end"), percent == 0)


def _labels(frame: Frame, last: str) -> tuple[Text, ...]:
    """Return the numbers of the moments; the last has the unit, and those go that it would touch."""
    y, unit = frame.size.height - GAP, frame.horizon.unit
    *others, end = frame.horizon.ticks
    said = last.replace("{number}", str(end // unit))
    begins = frame.x_at(end) - len(said) * CHARACTER / 2 - GAP
    numbers = [Text(frame.x_at(time), y, str(time // unit), "middle") for time in others]
    fitting = [each for each in numbers if each.x + len(each.text) * CHARACTER / 2 <= begins]
    return (*fitting, Text(frame.x_at(end), y, said, "middle"))


def _median(curve: Curve, frame: Frame, said: str) -> Mark | None:
    time = curve.quantile().time
    if time is None or time > min(told_until(curve), frame.horizon.length):
        return None
    x, y = frame.x_at(time), frame.y_at(0.5)
    has_room = x < (LEFT + frame.right) / 2
    beside = x + GAP if has_room else x - GAP
    # The curve rises to the right: below it there is room on the right side, above it on the left.
    return Mark(
        x,
        y,
        Text(
            round(beside, 1),
            round(y + UNDER if has_room else y - UNDER / 2, 1),
            said,
            "start" if has_room else "end",
        ),
    )


def _path(corners: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners)
