"""The parts of the answers to one survey: by country, by carrier, by language, and where a parcel went with whom.

Counting is done once, by all dimensions at the same time; everything here is worked out from these counts, so that
what is hidden in one table is hidden in all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from feedback.insights.differences import adjusted, against_rest
from feedback.insights.scores import Measure, measure
from feedback.insights.selection import DIMENSIONS, UNKNOWN, Selection
from feedback.insights.suppression import ANY, Cell, hidden_cells, is_uniform
from feedback.insights.trends import Verdict
from surveys.scales import SCALES

PARTITIONS = (("country",), ("carrier",), ("language",), ("country", "carrier"))
CHANCE = 0.05
MOST_ROWS = 40


class Count(NamedTuple):
    """How many answers of one survey have this score in this cell; an unknown dimension is "-"."""

    survey: str
    country: str
    carrier: str
    language: str
    score: int
    n: int


@dataclass(frozen=True)
class Row:
    """One part of the answers: its values by dimension, and how its score differs from that of all the others.

    `is_clear` says that the difference is more than chance even though many parts were compared. `is_uniform`: a
    small group of one mind, whose score would name each of them.
    """

    values: Mapping[str, str]
    measure: Measure
    verdict: Verdict
    is_clear: bool
    is_uniform: bool


@dataclass(frozen=True)
class Breakdown:
    """The parts along some dimensions, those that differ clearly first; `hidden` parts are too small to show."""

    dimensions: tuple[str, ...]
    rows: Sequence[Row]
    hidden: int
    more: int


def breakdowns(kind: str, counts: Sequence[Count], selection: Selection) -> list[Breakdown]:
    """Return the parts of the selected answers along each dimension that is open and has several values to show."""
    hidden = hidden_cells(sizes_of(counts))
    found = []
    for dimensions in PARTITIONS:
        if any(getattr(selection, name) is not None for name in dimensions):
            continue
        parts = _parts(counts, selection, dimensions)
        if all(len({values[at] for values in parts}) > 1 for at in range(len(dimensions))):
            found.append(_breakdown(kind, parts, dimensions, selection, hidden))
    return [breakdown for breakdown in found if breakdown.rows]


def _breakdown(
    kind: str,
    parts: Mapping[tuple[str, ...], Mapping[int, int]],
    dimensions: tuple[str, ...],
    selection: Selection,
    hidden: frozenset[Cell],
) -> Breakdown:
    """Compare each part that may be shown with all the others together."""
    everything = _added(parts.values())
    shown = []
    for values, counts in parts.items():
        named = dict(zip(dimensions, values, strict=True))
        if cell_of(selection, named) in hidden:
            continue
        found = measure(kind, counts)
        if found is not None:
            rest = {score: n - counts.get(score, 0) for score, n in everything.items()}
            shown.append((named, found, against_rest(kind, found.groups, SCALES[kind].tally(rest))))
    family = adjusted([verdict.p if verdict.p is not None else 1.0 for _, _, verdict in shown])
    rows = [
        Row(
            named,
            found,
            verdict,
            verdict.outcome == "changed" and p <= CHANCE,
            is_uniform(found.groups.values()),
        )
        for (named, found, verdict), p in zip(shown, family, strict=True)
    ]
    rows.sort(
        key=lambda row: (not row.is_clear, row.verdict.difference or 0 if row.is_clear else -row.measure.n)
    )
    too_small = len(parts) - len(rows)
    return Breakdown(dimensions, rows[:MOST_ROWS], too_small, max(0, len(rows) - MOST_ROWS))


def cell_of(selection: Selection, named: Mapping[str, str] | None = None) -> Cell:
    """Return where a selection stands among the dimensions, with further values put in."""
    chosen = {name: getattr(selection, name) for name in DIMENSIONS} | dict(named or {})
    return tuple(chosen[name] or ANY for name in DIMENSIONS)


def sizes_of(counts: Sequence[Count]) -> dict[Cell, int]:
    """Return the number of answers of every cell, whatever their score."""
    found: dict[Cell, int] = {}
    for _survey, country, carrier, language, _score, n in counts:
        place = (country, carrier, language)
        found[place] = found.get(place, 0) + n
    return found


def _within(counts: Sequence[Count], cell: Cell) -> Sequence[Count]:
    """Return the counts of a cell."""
    for name, wanted in zip(DIMENSIONS, cell, strict=True):
        if wanted != ANY:
            counts = [count for count in counts if getattr(count, name) == wanted]
    return counts


def score_counts_of(counts: Sequence[Count], selection: Selection) -> dict[int, int]:
    """Return how often each score was given in the selected part."""
    found: dict[int, int] = {}
    for count in _within(counts, cell_of(selection)):
        found[count.score] = found.get(count.score, 0) + count.n
    return found


def _parts(
    counts: Sequence[Count], selection: Selection, dimensions: tuple[str, ...]
) -> dict[tuple[str, ...], dict[int, int]]:
    """Return the score counts of the selected answers for each combination of values along `dimensions`."""
    found: dict[tuple[str, ...], dict[int, int]] = {}
    for count in _within(counts, cell_of(selection)):
        part = found.setdefault(tuple([getattr(count, name) for name in dimensions]), {})
        part[count.score] = part.get(count.score, 0) + count.n
    return found


def _added(many: Iterable[Mapping[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for counts in many:
        for score, n in counts.items():
            found[score] = found.get(score, 0) + n
    return found


def values_of(many: Iterable[Sequence[Count]], dimension: str) -> list[str]:
    """Return every value of a dimension that any answer has, the unknown one last."""
    found = {getattr(count, dimension) for counts in many for count in counts}
    return sorted(found, key=lambda value: (value == UNKNOWN, value))
