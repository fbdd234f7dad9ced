"""For whom a theme hurts: its impact within each segment, in a table of segments and themes.

Every number is the impact of the theme on the score of that segment, so that a segment that is unhappy as a whole
does not make all its themes look bad. Cells that `heard` does not let be shown stay empty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from feedback.insights.impact import Impact
from feedback.insights.selection import DIMENSIONS, UNKNOWN
from feedback.insights.suppression import Cell
from feedback.insights.themes.heard import Heard

MOST_THEMES, MOST_SEGMENTS = 8, 15
Warmth = Literal["hot", "warm", "even", "kind"]
# In points of the score: from here on a cell is marked.
WARM, HOT = 1.0, 5.0
OF_A_MEAN = 0.02  # of five stars, where a score has a hundred points


@dataclass(frozen=True)
class Spot:
    """One cell: how many mention the theme there, and what it does to the score; None where that is not shown."""

    mentions: int | None
    impact: Impact | None
    warmth: Warmth


@dataclass(frozen=True)
class Line:
    """One segment: its value of the dimension, its answers, and a cell for each theme."""

    value: str
    n: int
    spots: Sequence[Spot]


@dataclass(frozen=True)
class HeatMap:
    """The themes that most people mention, against the segments of one dimension, the largest first."""

    dimension: str
    themes: Sequence[str]
    lines: Sequence[Line]
    more: int
    hidden: int

    @property
    def is_empty(self) -> bool:
        """Whether there is no number in any of its cells."""
        return not any(spot.impact for line in self.lines for spot in line.spots)


def heat_map(heard: Heard, cell: Cell, dimension: str, themes: Sequence[str]) -> HeatMap:
    """Return the map of `themes`, the most mentioned ones first, over the values of `dimension` within a cell.

    Of a choice the places have its value behind those of the dimensions that every page counts by.
    """
    at = DIMENSIONS.index(dimension) if dimension in DIMENSIONS else len(DIMENSIONS)
    chosen = [code for code in themes if heard.is_shown(cell, code)]
    chosen = sorted(chosen, key=lambda code: -heard.size(cell, code))
    segments: Mapping[str, Cell] = {
        place[at]: (*cell[:at], place[at], *cell[at + 1 :]) for place in heard.everybody
    }
    sizes = {value: heard.size(segment) for value, segment in segments.items()}
    there = [value for value, size in sizes.items() if size]
    shown = [value for value in there if heard.is_shown(segments[value])]
    shown.sort(key=lambda value: (value == UNKNOWN, -sizes[value], value))
    told = shown[:MOST_SEGMENTS]
    columns: dict[str, list[Spot]] = {}
    for code in chosen:
        spots = [_spot(heard, segments[value], code) for value in told]
        # A column of dashes says nothing.
        if any(spot.impact for spot in spots):
            columns[code] = spots
        if len(columns) == MOST_THEMES:
            break
    lines = [
        Line(value, sizes[value], [spots[row] for spots in columns.values()])
        for row, value in enumerate(told)
    ]
    more = max(0, len(shown) - MOST_SEGMENTS)
    return HeatMap(dimension, list(columns), lines, more, len(there) - len(shown))


def _spot(heard: Heard, segment: Cell, code: str) -> Spot:
    mentions = heard.size(segment, code)
    if not mentions or not heard.is_shown(segment, code):
        return Spot(None, None, "even")
    if heard.is_uniform(segment, code):
        return Spot(mentions, None, "even")
    its = heard.impact(segment, code)
    # A colour is read before the number beside it, so that what chance can explain has none.
    is_told = its is not None and its.interval is not None and not its.interval.low <= 0 <= its.interval.high
    return Spot(mentions, its, warmth(its.value if its and is_told else 0.0, heard.kind))


def warmth(points: float, kind: str) -> Warmth:
    """Return how a cell is marked; never the only sign, the number stands in it."""
    scaled = points / OF_A_MEAN if kind == "stars_five" else points
    if scaled <= -HOT:
        return "hot"
    if scaled <= -WARM:
        return "warm"
    return "kind" if scaled >= WARM else "even"
