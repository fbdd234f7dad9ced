"""One figure along one dimension: each part with its interval, and whether it differs from the rest.

All parts of one screen are one family of comparisons, and so is the comparison that stands beside them: their p-values
are adjusted together (`differences.adjusted`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedback.insights.differences import adjusted, against_rest
from feedback.insights.dimensions.names import OF_THE_ASKED, OVERLAPPING
from feedback.insights.exploring.queries import asked_along
from feedback.insights.queries import score_counts
from feedback.insights.scores import Measure, measure
from feedback.insights.selection import Selection
from feedback.insights.suppression import is_uniform
from feedback.insights.trends import Verdict
from feedback.insights.withholding import level_of
from surveys.questionnaires.models import Survey
from surveys.scales import SCALES

CHANCE = 0.05
MOST_ROWS = 40


@dataclass(frozen=True)
class Row:
    """One part: its measure, its difference from all others, and how many of those asked in it answered.

    `p` is adjusted for all that the screen compares, None where there is nothing to compare with. `is_clear`: more than
    chance, even so. `is_uniform`: a small group of one mind, whose score would name each of them.
    """

    value: str
    measure: Measure
    verdict: Verdict
    p: float | None
    is_clear: bool
    is_uniform: bool
    asked: int | None
    answered: int | None


@dataclass(frozen=True)
class Breakdown:
    """The parts along a dimension, the largest first; `hidden` are too small to be shown, `more` too many."""

    dimension: str
    rows: Sequence[Row]
    hidden: int
    more: int
    overlaps: bool

    @property
    def clear(self) -> list[Row]:
        """Those of which may be said that they differ from the rest, the farthest from it first."""
        told = [row for row in self.rows if row.is_clear and not row.is_uniform]
        return sorted(told, key=lambda row: -abs(row.verdict.difference or 0.0))


def parts_along(selection: Selection, name: str, now: datetime) -> tuple[dict[str, Mapping[int, int]], int]:
    """Return the score counts of the parts that may be shown along `name`, and how many may not.

    A selection that is restricted along it is opened there.
    """
    selection = selection.where(**{name: None})
    level = level_of(selection, (*selection.restricted, name), now)
    wanted = tuple(selection.restricted.values())
    inside = {cell[-1]: cell for cell in level.counts if cell[:-1] == wanted and is_a_row(name, cell[-1])}
    shown = {value: level.counts[cell] for value, cell in inside.items() if cell not in level.hidden}
    return shown, len(inside) - len(shown)


def is_a_row(name: str, value: str) -> bool:
    """Tell whether a value is a row of its own; details of themes are part of their theme's."""
    return name != "theme" or "." not in value


def breakdown(
    survey: Survey, selection: Selection, name: str, now: datetime, others: Sequence[float] = ()
) -> tuple[Breakdown, list[float]]:
    """Return the parts of one survey's answers along `name`, and the p-values `others` adjusted with theirs."""
    selection = selection.of(survey.key)
    shown, hidden = parts_along(selection, name, now)
    whole = score_counts(selection.where(**{name: None}), now)
    found = []
    for value, counts in shown.items():
        part = measure(survey.kind, counts)
        if part is not None:
            rest = {score: n - counts.get(score, 0) for score, n in whole.items()}
            found.append(
                (value, part, against_rest(survey.kind, part.groups, SCALES[survey.kind].tally(rest)))
            )
    found.sort(key=lambda one: (-one[1].n, one[0]))
    compared = [verdict.p for _, _, verdict in found if verdict.p is not None]
    ps = adjusted([*compared, *others])
    own = iter(ps[: len(compared)])
    asked = asked_by(selection, name, now)
    rows = [
        _row(value, part, verdict, None if verdict.p is None else next(own), asked)
        for value, part, verdict in found
    ]
    more = max(0, len(rows) - MOST_ROWS)
    return Breakdown(name, rows[:MOST_ROWS], hidden, more, name in OVERLAPPING), ps[len(compared) :]


def _row(
    value: str, part: Measure, verdict: Verdict, p: float | None, asked: Mapping[str, tuple[int, int]]
) -> Row:
    n, answered = asked.get(value, (None, None))
    is_clear = verdict.outcome == "changed" and p is not None and p <= CHANCE
    return Row(value, part, verdict, p, is_clear, is_uniform(part.groups.values()), n, answered)


def asked_by(selection: Selection, name: str, now: datetime) -> dict[str, tuple[int, int]]:
    """Return how many were asked along `name` and how many answered; empty where that is not known of the silent."""
    if name not in OF_THE_ASKED or not selection.restricted.keys() <= {*OF_THE_ASKED}:
        return {}
    found: dict[str, tuple[int, int]] = {}
    for row in asked_along(selection.where(**{name: None}), (name,), now):
        asked, answered = found.get(row.cell[0], (0, 0))
        found[row.cell[0]] = (asked + row.n, answered + (row.n if row.answered else 0))
    return found
