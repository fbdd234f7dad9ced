"""Themes in the order of what they do to the score; which of that is more than chance, and what has changed.

The themes of one screen are many, so that some pull by chance alone: their p-values form one family and are adjusted
(Benjamini & Hochberg 1995); so do those of the change since the period before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from feedback.insights.breakdowns import CHANCE
from feedback.insights.differences import adjusted
from feedback.insights.impact import Drift, Impact, drift
from feedback.insights.scores import THIN_BELOW, as_shown
from feedback.insights.suppression import Cell
from feedback.insights.themes.heard import Heard

Outcome = Literal["clear", "not_distinguishable", "too_few"]
# Neither says what to do.
SAYS_NOTHING = frozenset({"OTHER"})
PRAISE = "PRAISE"


@dataclass(frozen=True)
class Row:
    """One theme: how many mention it and how that sounds, and what it does to the score.

    `impact` is None where few people of one mind mention it; `p` is adjusted for the number of themes. `drift` is the
    change of the impact since the period before, None where that cannot be shown. `pull` is what a page shows of the
    impact: 0 where it rounds to nothing.
    """

    code: str
    mentions: int
    moods: Mapping[str, int]
    impact: Impact | None
    p: float
    drift: Drift | None
    drift_p: float
    pull: float

    @property
    def outcome(self) -> Outcome:
        """Whether it pulls more than chance explains."""
        if self.mentions < THIN_BELOW:
            return "too_few"
        return "clear" if self.p <= CHANCE else "not_distinguishable"

    @property
    def has_changed(self) -> bool:
        """Whether it pulls otherwise than in the period before, more than chance explains."""
        return self.drift is not None and self.drift_p <= CHANCE

    @property
    def hurts(self) -> bool:
        """Whether the score would be higher without it."""
        return self.impact is not None and self.impact.value < 0

    @property
    def negative(self) -> int:
        """Of those whose feeling is known, how many complain, in percent."""
        known = sum(self.moods.values())
        return round(100 * self.moods.get("negative", 0) / known) if known else 0


@dataclass(frozen=True)
class Ranking:
    """All themes that may be shown: the worst first. `hidden` are mentioned by too few people to be shown."""

    rows: Sequence[Row]
    hidden: int

    @property
    def hurting(self) -> list[Row]:
        """Those that pull the score down, the clear ones before the others, each the worst first.

        Never praise: where the unhappy are polite too, chance may pull it below nothing, but it hurts nobody.
        """
        rows = [row for row in self.rows if row.pull < 0 and row.code.partition(".")[0] != PRAISE]
        return sorted(rows, key=lambda row: row.outcome != "clear")

    @property
    def pleasing(self) -> list[Row]:
        """Those that lift the score, the clear ones before the others, each the best first."""
        rows = [row for row in reversed(self.rows) if row.pull > 0]
        return sorted(rows, key=lambda row: row.outcome != "clear")

    @property
    def even(self) -> list[Row]:
        """Those that do nothing to the score that a page could show."""
        return [row for row in self.rows if row.impact is not None and row.pull == 0]

    @property
    def of_one_mind(self) -> list[Row]:
        """Those of which no number is shown, because the few who mention them all gave scores of one group."""
        return [row for row in self.rows if row.impact is None]


def rank(now: Heard, before: Heard | None, cell: Cell, codes: Iterable[str]) -> Ranking:
    """Return the themes `codes` in a cell, those that may be shown."""
    found: list[tuple[str, Impact | None, Drift | None]] = []
    hidden = 0
    for code in sorted(set(codes) - SAYS_NOTHING):
        if not now.size(cell, code):
            continue
        if not now.is_shown(cell, code):
            hidden += 1
            continue
        its = None if now.is_uniform(cell, code) else now.impact(cell, code)
        found.append((code, its, _drift(its, before, cell, code)))
    ps = adjusted([its.p for _, its, _ in found if its])
    drift_ps = adjusted([moved.p for _, _, moved in found if moved])
    rows = []
    for code, its, moved in found:
        p = ps.pop(0) if its else 1.0
        drift_p = drift_ps.pop(0) if moved else 1.0
        pull = as_shown(its.value, now.kind) if its else 0.0
        rows.append(Row(code, now.size(cell, code), now.felt(cell, code), its, p, moved, drift_p, pull))
    rows.sort(key=lambda row: (row.impact is None, row.impact.value if row.impact else 0.0))
    return Ranking(rows, hidden)


def _drift(its: Impact | None, before: Heard | None, cell: Cell, code: str) -> Drift | None:
    if its is None or before is None or not before.is_shown(cell, code) or before.is_uniform(cell, code):
        return None
    earlier = before.impact(cell, code)
    return drift(its, earlier) if earlier else None
