"""Those who answered against all who were asked: who is silent, and what the score would be with their weight.

Only what is known of everybody who was asked can tell (`dimensions.names.OF_THE_ASKED`). Weights rest on answers that
came by an invitation; those by open links have nobody who was asked behind them, and those to an anonymous survey lead
to no invitation, so that it is known who answered, but not what.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feedback.insights.differences import adjusted
from feedback.insights.dimensions.names import OF_THE_ASKED
from feedback.insights.exploring.queries import Asked, asked_along
from feedback.insights.independence import ChiSquare, chi_square
from feedback.insights.intervals import Interval, wilson
from feedback.insights.mix import OTHERS
from feedback.insights.parts import part_of, worth_of
from feedback.insights.scores import Measure, measure
from feedback.insights.selection import Selection
from feedback.insights.weighting import Weighted, groups_of, post_stratified, raked
from surveys.questionnaires.models import Survey

CHANCE = 0.05
# By these the answers are weighted; the others follow from them or say more about the mail than about the buyer.
WEIGHTED_BY = ("buyer", "value", "country", "lateness")


@dataclass(frozen=True)
class Group:
    """One group of those who were asked, and how many of them answered."""

    value: str
    asked: int
    answered: int

    @property
    def rate(self) -> float:
        """The share that answered, 0 to 1."""
        return self.answered / self.asked

    @property
    def interval(self) -> Interval:
        """The interval of that share, 0 to 1."""
        return wilson(self.answered, self.asked)

    @property
    def weight(self) -> float | None:
        """For how many of the asked one answer stands; None if nobody answered."""
        return self.asked / self.answered if self.answered else None


@dataclass(frozen=True)
class Coverage:
    """The groups along one dimension, whether they answer differently, and the p-value adjusted for all dimensions."""

    dimension: str
    groups: Sequence[Group]
    test: ChiSquare
    p: float

    @property
    def is_clear(self) -> bool:
        """Whether some groups answer more readily than others, by more than chance."""
        return self.p <= CHANCE

    @property
    def most(self) -> Group:
        """The group that answers most readily."""
        return max(self.groups, key=lambda group: group.rate)

    @property
    def least(self) -> Group:
        """The group that answers least readily."""
        return min(self.groups, key=lambda group: group.rate)


@dataclass(frozen=True)
class Covered:
    """How those who answered differ from all who were asked; `raw` and `weighted` are None where weights say nothing."""

    asked: int
    answered: int
    coverages: Sequence[Coverage]
    raw: Measure | None
    weighted: Weighted | None
    weighted_by: tuple[str, ...]


def covered(survey: Survey, selection: Selection, now: datetime) -> Covered:
    """Return how those who answered compare with all who were asked in the period, wherever they are."""
    selection = selection.of(survey.key).whole
    rows = asked_along(selection, OF_THE_ASKED, now)
    grouped = {name: _groups(rows, at) for at, name in enumerate(OF_THE_ASKED)}
    raw, weighted, by = _weights(survey.kind, rows, grouped)
    return Covered(
        asked=sum(row.n for row in rows),
        answered=sum(row.n for row in rows if row.answered),
        coverages=_coverages(rows, grouped),
        raw=raw,
        weighted=weighted,
        weighted_by=by,
    )


def _groups(rows: Sequence[Asked], at: int) -> dict[str, str]:
    """Return in which group each value stands: small ones together, so that groups have answers and name nobody."""
    answered = {row.cell[at]: 0 for row in rows}
    for row in rows:
        answered[row.cell[at]] += row.n if row.answered else 0
    return groups_of(answered, OTHERS)


def _coverages(rows: Sequence[Asked], grouped: Mapping[str, Mapping[str, str]]) -> list[Coverage]:
    found = []
    for at, name in enumerate(OF_THE_ASKED):
        groups = _counted(rows, at, grouped[name])
        test = chi_square([(group.answered, group.asked - group.answered) for group in groups])
        if test is not None:
            found.append((name, groups, test))
    ps = adjusted([test.p for _, _, test in found])
    return [Coverage(name, groups, test, p) for (name, groups, test), p in zip(found, ps, strict=True)]


def _counted(rows: Sequence[Asked], at: int, group_of: Mapping[str, str]) -> list[Group]:
    asked: dict[str, tuple[int, int]] = {}
    for row in rows:
        n, answered = asked.get(group_of[row.cell[at]], (0, 0))
        asked[group_of[row.cell[at]]] = (n + row.n, answered + (row.n if row.answered else 0))
    groups = [Group(value, n, answered) for value, (n, answered) in asked.items()]
    return sorted(groups, key=lambda group: (group.value == OTHERS, -group.asked, group.value))


def _weights(
    kind: str, rows: Sequence[Asked], grouped: Mapping[str, Mapping[str, str]]
) -> tuple[Measure | None, Weighted | None, tuple[str, ...]]:
    """Return the raw score of the invited, the weighted one, and by which dimensions; those of one group do nothing."""
    by = tuple(name for name in WEIGHTED_BY if len(set(grouped[name].values())) > 1)
    counts: dict[tuple[str, ...], dict[int, int]] = {}
    margins: list[dict[str, float]] = [{} for _ in by]
    for row in rows:
        cell = tuple(grouped[name][row.cell[OF_THE_ASKED.index(name)]] for name in by)
        for margin, value in zip(margins, cell, strict=True):
            margin[value] = margin.get(value, 0.0) + row.n
        if row.score is not None:
            told = counts.setdefault(cell, {})
            told[row.score] = told.get(row.score, 0) + row.n
    parts = {cell: part for cell, each in counts.items() if (part := part_of(kind, each)) is not None}
    raw = measure(kind, _all(counts.values()))
    fits = all({cell[at] for cell in parts} == set(margin) for at, margin in enumerate(margins))
    if raw is None or not by or not fits:
        return raw, None, ()
    found = raked(parts, margins)
    if len(by) == 1:
        exact = post_stratified(parts, {(value,): n for value, n in margins[0].items()})
        # Groups of one mind each would leave an interval of no width.
        found = exact if exact.se else found
    worth = worth_of(kind).values()
    return raw, replace(found, interval=found.interval.within(min(worth), max(worth))), by


def _all(many: Iterable[Mapping[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for counts in many:
        for score, n in counts.items():
            found[score] = found.get(score, 0) + n
    return found
