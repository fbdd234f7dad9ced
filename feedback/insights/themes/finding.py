"""What the first screen says of themes: what the change mostly is, who is unhappiest and why, what hurts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from feedback.insights.breakdowns import Breakdown, Row
from feedback.insights.differences import share_difference
from feedback.insights.mix import MOST_OF_IT, Mix
from feedback.insights.suppression import Cell
from feedback.insights.themes.heard import A_COMMENT, Heard
from feedback.insights.themes.ranking import Ranking, rank
from feedback.insights.themes.summing_up import (
    FEWEST_MENTIONS,
    TELLS_NOTHING,
    Summary,
    mix_to_tell,
    place_in,
    sum_up,
    why_apart,
)
from feedback.insights.trends import Verdict


class Outlier(NamedTuple):
    """The part that is most clearly unhappier than all others; the theme that this mostly goes together with, or None."""

    row: Row
    theme: str | None


@dataclass(frozen=True)
class Findings:
    """What most of the change goes together with, the unhappiest part, and what the themes do to the score.

    `voiced` is the theme that unhappy comments from the place of either are most often about, where no theme carries most
    of the numbers: many who are unhappy write nothing.
    """

    summary: Summary
    outlier: Outlier | None
    ranking: Ranking
    voiced: str | None


def find(
    said: Heard | None,
    earlier: Heard | None,
    cell: Cell,
    change: Verdict | None,
    breakdowns: Sequence[Breakdown],
    mixes: Sequence[Mix] = (),
) -> Findings:
    """Return what may be said of what was heard in a cell; where nobody was, what the mix did to the change."""
    if said is None:
        mix = mix_to_tell(change, mixes) if change else None
        return Findings(Summary(mix=mix), None, Ranking([], 0), None)
    summary = sum_up(earlier, said, cell, change, mixes) if earlier and change else Summary()
    outlier = outlier_of(said, cell, breakdowns)
    theme, place = summary.theme, summary.place
    if not place and outlier:
        theme, place = outlier.theme, outlier.row.values
    voiced = most_voiced(said, cell, place) if place and theme is None else None
    return Findings(summary, outlier, rank(said, earlier, cell, said.themes), voiced)


def outlier_of(said: Heard, cell: Cell, breakdowns: Sequence[Breakdown]) -> Outlier | None:
    """Return the unhappiest part of those that clearly are unhappier than all others; None without one."""
    rows = [row for breakdown in breakdowns for row in breakdown.rows if row.is_clear]
    worst = min(rows, key=lambda row: row.verdict.difference or 0.0, default=None)
    if worst is None or (worst.verdict.difference or 0.0) >= 0:
        return None
    return Outlier(worst, why_apart(said, cell, worst.values, worst.verdict.difference or 0.0))


def most_voiced(said: Heard, cell: Cell, named: Mapping[str, str]) -> str | None:
    """Return the theme, or its detail, that unhappy comments from a place are most often about.

    None where fewer than ten are, or where it is not clearly more often than everywhere else. A detail
    is named when it makes up most of its theme.
    """
    place = place_in(cell, named)
    _, outside = said.apart(place)
    written, elsewhere = said.unhappy(place, A_COMMENT), outside.unhappy(cell, A_COMMENT)
    if not elsewhere:
        return None

    def most_frequent(codes: Iterable[str], least: float) -> str | None:
        code = max(sorted(codes), key=lambda each: said.unhappy(place, each), default=None)
        if code is None or said.unhappy(place, code) < max(least, FEWEST_MENTIONS):
            return None
        here, there = said.unhappy(place, code), outside.unhappy(cell, code)
        return code if share_difference(here, written, there, elsewhere).low > 0 else None

    theme = most_frequent(set(said.themes) - TELLS_NOTHING, 0)
    if theme is None:
        return None
    return most_frequent(said.details(theme), MOST_OF_IT * said.unhappy(place, theme)) or theme
