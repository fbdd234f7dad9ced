"""How a watched figure has run: its level, what chance explains of each stretch, and where it stands now.

The level comes from the first stretches since it was last accepted and stays frozen; what a confirmed incident spoilt is
no part of it. Volumes (how many were asked, how many answered) grow with the shop and nobody accepts levels for them, so
each stretch of theirs is judged by the twenty before it, and by single points alone.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from feedback.insights.intervals import Interval, wilson
from feedback.insights.scores import HEADLINES, measure
from feedback.insights.watching.control import (
    Chart,
    Direction,
    Point,
    Signal,
    net_chart,
    share_chart,
    signals,
    single_chart,
)
from feedback.insights.watching.subgroups import FIRST, Counts, Subgroup, Unit, pooled
from surveys.scales import SCALES, by_mood

Metric = Literal["score", "unhappy", "invitations", "answers", "response_rate", "bounces"]
Figure = Literal["net", "share", "mean", "count"]
State = Literal["gathering", "within", "lower", "higher"]

OF_ANSWERS: tuple[Metric, ...] = ("score", "unhappy")
# Which way a volume has to move to be news: a shop that grows needs no alarm.
ALARMING: Mapping[Metric, Direction] = {
    "invitations": "lower",
    "answers": "lower",
    "response_rate": "lower",
    "bounces": "higher",
}
FROZEN_AT: Mapping[Unit, int] = {"day": 56, "week": 20, "month": 20, "batch": 20, "small": 20}
ROLLING = 20
# A signal is over when so many stretches after it have none.
CALM = 3
# At least so much is known of what a mean spreads: a quarter of its scale.
QUARTER = 4


class Value(NamedTuple):
    """A figure as it is shown, in points, percent or a count, with its interval (None for counts) and n."""

    value: float
    interval: Interval | None
    n: int


@dataclass(frozen=True)
class Step:
    """One stretch: its point is None where too few answered; `signal` is what chance does not explain of it."""

    subgroup: Subgroup
    point: Point | None
    signal: Signal | None
    in_baseline: bool


@dataclass(frozen=True)
class Standing:
    """Where a figure stands: the word for it, and since when that is so (None while nothing is judged)."""

    state: State
    since: datetime | None


@dataclass(frozen=True)
class Course:
    """A watched figure over time; `chart` is None while stretches are gathered. Signals point to `judged` steps."""

    metric: Metric
    kind: str | None
    unit: Unit
    steps: tuple[Step, ...]
    chart: Chart | None

    @property
    def judged(self) -> list[Step]:
        """The steps with a point."""
        return [step for step in self.steps if step.point is not None]

    @property
    def gathered(self) -> int:
        """How many stretches there are to take a level from."""
        return sum(step.point is not None or step.subgroup.n > 0 for step in self.steps)

    @property
    def baseline(self) -> list[Subgroup]:
        """The stretches that the level is taken from."""
        return [step.subgroup for step in self.steps if step.in_baseline]

    @property
    def level(self) -> Value | None:
        """The level with its interval, None while it is gathered."""
        if self.chart is None:
            return None
        found = self.value_of(pooled(self.baseline))
        return found._replace(value=self.chart.centre * scale_of(self.metric, self.kind))

    @property
    def standing(self) -> Standing:
        """Where the figure stands after its last stretch."""
        judged = self.judged
        if self.chart is None or not judged:
            return Standing("gathering", None)
        marked = [step.signal for step in judged if step.signal]
        if not marked:
            return Standing("within", judged[0].subgroup.since)
        last = marked[-1]
        if len(judged) - 1 - last.at >= CALM:
            return Standing("within", judged[last.at + 1].subgroup.since)
        return Standing(last.direction, judged[began(marked, len(marked) - 1)].subgroup.since)

    def value_of(self, counts: Counts) -> Value:
        """Return the figure of some counts."""
        return value_of(self.metric, self.kind, counts)


def began(marked: Sequence[Signal], at: int) -> int:
    """Return the place where what the signal number `at` says began: signals one way with little calm between."""
    first = marked[at].since
    for earlier, later in zip(reversed(marked[:at]), reversed(marked[1 : at + 1]), strict=True):
        if earlier.direction != later.direction or later.at - earlier.at > CALM:
            break
        first = min(first, earlier.since)
    return first


def figure_of(metric: Metric, kind: str | None) -> Figure:
    """Return what sort of number a metric is, of a survey of this kind."""
    if metric == "score" and kind is not None:
        return HEADLINES[kind]
    return "count" if metric in ("invitations", "answers") else "share"


def scale_of(metric: Metric, kind: str | None) -> int:
    """Return by what points of a chart are multiplied to be shown."""
    return 100 if figure_of(metric, kind) in ("net", "share") else 1


def hits_of(metric: Metric, kind: str | None, counts: Counts) -> int:
    """Return how many of the counts a share counts."""
    if kind is None:
        return counts.get(1, 0)
    return by_mood(SCALES[kind].tally(counts))["unhappy" if metric == "unhappy" else "happy"]


def value_of(metric: Metric, kind: str | None, counts: Counts) -> Value:
    """Return the figure of some counts; refuse none with ValueError but for counts, which may be 0."""
    n = sum(counts.values())
    if figure_of(metric, kind) == "count":
        return Value(float(n), None, n)
    if metric == "score" and kind is not None:
        found = measure(kind, counts)
        if found is None:
            raise ValueError("no answers have no score")
        return Value(found.score, found.interval, n)
    hits = hits_of(metric, kind, counts)
    return Value(100 * hits / n, wilson(hits, n).in_percent(), n)


def course(
    metric: Metric,
    kind: str | None,
    unit: Unit,
    subgroups: Sequence[Subgroup],
    *,
    least: int = 1,
    is_spoilt: Callable[[Subgroup], bool] = lambda _each: False,
) -> Course:
    """Return the course of finished stretches; those with fewer than `least` answers are gaps.

    `is_spoilt` says which ones an incident spoilt, so that they are no part of the level.
    """
    is_count = figure_of(metric, kind) == "count"
    usable = [each for each in subgroups if is_count or each.n >= max(1, least)]
    if metric not in OF_ANSWERS:
        return _rolling(metric, kind, unit, usable)
    chosen = _frozen(usable, unit, is_spoilt)
    chart = charted(metric, kind, unit, usable, chosen) if chosen else None
    marks = {signal.at: signal for signal in signals(chart.points)} if chart else {}
    steps, place = [], 0
    for each in subgroups:
        if chart is None or each.n < max(1, least):
            steps.append(Step(each, None, None, False))
        else:
            steps.append(Step(each, chart.points[place], marks.get(place), place in chosen))
            place += 1
    return Course(metric, kind, unit, tuple(steps), chart)


def charted(
    metric: Metric, kind: str | None, unit: Unit, subgroups: Sequence[Subgroup], baseline: Sequence[int]
) -> Chart:
    """Return the chart of some stretches by the level of those at the places `baseline`."""
    figure = figure_of(metric, kind)
    sizes = [each.n for each in subgroups]
    if figure == "count":
        level = sum(sizes[at] for at in baseline) / len(baseline)
        return single_chart([float(n) for n in sizes], baseline, (0.0, math.inf), math.sqrt(level or 1.0))
    if figure == "mean" and kind is not None:
        scale = SCALES[kind]
        spare = (scale.high - scale.low) / QUARTER / math.sqrt(min(sizes))
        means = [value_of(metric, kind, each.counts).value for each in subgroups]
        return single_chart(means, baseline, (scale.low, scale.high), spare)
    if figure == "net" and kind is not None:
        groups = [_three(kind, each.counts) for each in subgroups]
        chart = net_chart(groups, baseline)
        bounds = (-1.0, 1.0)
    else:
        chart = share_chart([hits_of(metric, kind, each.counts) for each in subgroups], sizes, baseline)
        bounds = (0.0, 1.0)
    if unit != "small":
        return chart
    return single_chart([p.value for p in chart.points], baseline, bounds, chart.points[0].sigma)


def _three(kind: str, counts: Counts) -> tuple[int, int, int]:
    moods = by_mood(SCALES[kind].tally(counts))
    return moods["unhappy"], moods["neutral"], moods["happy"]


def _frozen(usable: Sequence[Subgroup], unit: Unit, is_spoilt: Callable[[Subgroup], bool]) -> list[int]:
    """Return the places the level is taken from: the first ones, never the newest; none while there are too few."""
    good = [at for at, each in enumerate(usable[:-1]) if not is_spoilt(each)]
    return good[: FROZEN_AT[unit]] if len(good) >= FIRST else []


def _rolling(metric: Metric, kind: str | None, unit: Unit, usable: Sequence[Subgroup]) -> Course:
    """Return the course of a volume: each stretch judged by those before it."""
    steps: list[Step] = []
    chart: Chart | None = None
    place = 0
    for at, each in enumerate(usable):
        window = usable[max(0, at - ROLLING) : at + 1]
        if len(window) <= FIRST:
            steps.append(Step(each, None, None, False))
            continue
        chart = charted(metric, kind, unit, window, range(len(window) - 1))
        found = signals(chart.points[-1:])
        mark = Signal(place, found[0].direction, "outside", place) if found else None
        if mark is not None and mark.direction != ALARMING[metric]:
            mark = None
        is_recent = len(usable) - 1 - ROLLING <= at < len(usable) - 1
        steps.append(Step(each, chart.points[-1], mark, is_recent))
        place += 1
    return Course(metric, kind, unit, tuple(steps), chart)
