"""The shapes a chart consists of, in the words of the page: ticks, points, bars, and the texts beside them.

All lengths are units of the viewBox, rounded to 0.1, with y growing downwards. Templates draw these shapes
as they are and compute nothing; `charts` and `columns` make them.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from feedback.insights.trends import Extent
from surveys.scales import Mood

Anchor = Literal["start", "middle", "end"]


class Size(NamedTuple):
    """The viewBox of a picture and the name under which style sheets know it."""

    name: str
    width: int
    height: int


WIDE = Size("wide", 720, 260)
NARROW = Size("narrow", 320, 220)


def tenth(length: float) -> float:
    """Return a length as pictures have it."""
    return round(length, 1)


@dataclass(frozen=True)
class Text:
    """A short text; `y` is its baseline, `anchor` the part of it that stands at `x`."""

    x: float
    y: float
    text: str
    anchor: Anchor


@dataclass(frozen=True)
class Tick:
    """A grid line with its number."""

    y: float
    label: Text
    is_zero: bool


@dataclass(frozen=True)
class Point:
    """One period with answers; `is_alone` asks for whiskers, because no band passes through it.

    One that has not all its days is drawn hollow: what it has come to is no score of the whole.
    `label`, `value`, `low` and `high` are texts for people, the score and its interval as whole numbers.
    """

    x: float
    y: float
    low_y: float
    high_y: float
    is_alone: bool
    label: str
    value: str
    low: str
    high: str
    n: int
    extent: Extent = "whole"

    @property
    def is_whole(self) -> bool:
        """Whether all its days are in the figure."""
        return self.extent == "whole"


@dataclass(frozen=True)
class Border:
    """Where something begins that makes earlier periods another measurement: an upright line with its name."""

    x: float
    label: Text


@dataclass(frozen=True)
class TrendChart:
    """A line over time. `lines` and `bands` are SVG path data, one each per stretch without a gap.

    `dashed` are the lines between a period that has not all its days and its neighbours.
    """

    size: Size
    left: float
    right: float
    top: float
    bottom: float
    unit: Text
    ticks: tuple[Tick, ...]
    labels: tuple[Text, ...]
    lines: tuple[str, ...]
    bands: tuple[str, ...]
    points: tuple[Point, ...]
    end: Text | None
    borders: tuple[Border, ...] = ()
    marks: tuple[Border, ...] = ()
    dashed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bar:
    """One score of a distribution: its column, its share in whole percent above and the score below."""

    score: int
    group: str
    tone: Mood
    count: int
    x: float
    y: float
    width: float
    height: float
    share: Text
    label: Text


@dataclass(frozen=True)
class GroupSpan:
    """The bracket under the scores of one group; the page writes the group's word, centred, at `name_y`."""

    group: str
    tone: Mood
    count: int
    x1: float
    x2: float
    y: float
    share: Text
    name_y: float


@dataclass(frozen=True)
class DistributionChart:
    """How many gave each score, low to high, and the share of each group; the bars stand on `base`."""

    size: Size
    n: int
    base: float
    unit: Text
    bars: tuple[Bar, ...]
    spans: tuple[GroupSpan, ...]
