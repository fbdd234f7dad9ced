"""Which parts of the answers are withheld, along whichever dimensions they were chosen.

A *level* is a set of dimensions. Its cells are counted once, and `suppression` says which of them are too small or
would give others away. Nothing is withheld of a whole survey (decision 18).
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from feedback.insights.breakdowns import Count
from feedback.insights.dimensions.names import BASIC, EVERY, OVERLAPPING, PARTING, UNKNOWN, question_of
from feedback.insights.neighbouring import alike_along, examples_along
from feedback.insights.queries import cell_counts, counts_along
from feedback.insights.selection import Selection
from feedback.insights.suppression import ANY, Cell, K, hidden_in_level, hidden_within
from feedback.insights.unlike import Example, Places, Unlike, fewer, taken
from surveys.database import read_once

Counts = Mapping[int, int]
Names = tuple[str, ...]
# Dimensions whose values may lie inside each other where values overlap: looked for value by value.
NESTED = {
    "product": ("product", "category"),
    "category": ("category",),
    "theme": ("theme",),
    "segment": ("segment", "country", "carrier", "category"),
}


@dataclass(frozen=True)
class Level:
    """The parts of the answers along `names`: how often each score was given in each, and which are withheld."""

    names: Names
    counts: Mapping[Cell, Counts]
    hidden: frozenset[Cell]


def is_withheld(selection: Selection, now: datetime, counts: Iterable[Count] | None = None) -> bool:
    """Tell whether the selected part may not be shown, of one survey or of all together.

    `counts` are the `cell_counts` of the whole, where somebody has asked for them already.
    """
    if selection.is_whole:
        return False
    names, cell = tuple(selection.restricted), tuple(selection.restricted.values())
    return cell in _Judge(_Asked(selection, now, counts), None).level(names).hidden


def withheld_of(selection: Selection, now: datetime, counts: Iterable[Count] | None = None) -> frozenset[str]:
    """Return the keys of the surveys of which the selected part may not be shown; `counts` as in `is_withheld`."""
    if selection.is_whole:
        return frozenset()
    names, cell = tuple(selection.restricted), tuple(selection.restricted.values())
    asked = _Asked(selection, now, counts)
    return frozenset(key for key in asked.by_survey(names) if cell in _Judge(asked, key).level(names).hidden)


@read_once
def level_of(selection: Selection, names: Names, now: datetime) -> Level:
    """Return all parts along `names`, of one survey or of all together, wherever else the answers come from."""
    return _Judge(_Asked(selection, now), None).level(names)


class _Asked:
    """What the database was asked once, for all surveys of a selection."""

    def __init__(self, selection: Selection, now: datetime, counts: Iterable[Count] | None = None):
        self.selection, self.now = selection.where(**dict.fromkeys(EVERY)), now
        self.counted: dict[Names, Mapping[str, Mapping[Cell, Counts]]] = {}
        if counts is not None:
            self.counted[BASIC] = _of_places(counts)
        self.seen: dict[Names, Mapping[str, list[Example]]] = {}

    def by_survey(self, names: Names) -> Mapping[str, Mapping[Cell, Counts]]:
        """Return the counts along `names`: the sums of a level that tells more apart, if one was counted."""
        if names not in self.counted:
            if any(question_of(name) for name in names) and not set(BASIC) <= set(names):
                # Once with the places, since these are asked for next.
                self.by_survey((*names, *(name for name in BASIC if name not in names)))
            if set(names) <= set(BASIC) and BASIC not in self.counted:
                self.counted[BASIC] = _of_places(cell_counts(self.selection, self.now))
            finer = next((each for each in self.counted if _adds_up_to(each, names)), None)
            self.counted[names] = (
                _summed(self.counted[finer], [finer.index(name) for name in names])
                if finer is not None
                else counts_along(self.selection, names, self.now)
            )
        return self.counted[names]

    def of(self, survey: str | None) -> Selection:
        """Return what is selected of one survey, or all of it with None."""
        return self.selection if survey is None else self.selection.of(survey)

    def examples(self, names: Names, others: Sequence[str]) -> Mapping[str, list[Example]]:
        """Return some answers of each part along `names`, with their values along `others`."""
        if names not in self.seen:
            size = sum(
                sum(counts.values()) for cells in self.by_survey(()).values() for counts in cells.values()
            )
            self.seen[names] = examples_along(self.selection, names, others, size, self.now)
        return self.seen[names]


class _Judge:
    """Judges the levels of one survey, or of all together with None."""

    def __init__(self, asked: _Asked, survey: str | None):
        self.asked, self.survey = asked, survey
        self.known: dict[Names, dict[Cell, int]] = {}

    def level(self, names: Names) -> Level:
        sizes = self.sizes(names)
        wholes = {
            at: {(*cell[:at], ANY, *cell[at:]): n for cell, n in self.sizes(_without(names, at)).items()}
            for at, name in enumerate(names)
            if name in OVERLAPPING
        }
        nearly = {*self.nearly_wider(names), *self.nested(names)}
        nearly |= {*self.inside_others(names, nearly)}
        return Level(names, self.counts(names), hidden_in_level(sizes, wholes, nearly))

    def counts(self, names: Names) -> dict[Cell, dict[int, int]]:
        found: dict[Cell, dict[int, int]] = {}
        for key, cells in self.asked.by_survey(names).items():
            if self.survey in (None, key):
                for cell, counts in cells.items():
                    part = found.setdefault(cell, {})
                    for score, n in counts.items():
                        part[score] = part.get(score, 0) + n
        return found

    def sizes(self, names: Names) -> dict[Cell, int]:
        if names not in self.known:
            self.known[names] = {cell: sum(counts.values()) for cell, counts in self.counts(names).items()}
        return self.known[names]

    def nearly_wider(self, names: Names) -> Iterator[Cell]:
        """Yield the cells that a cell with fewer dimensions, or the whole, has only a few answers more than."""
        sizes = self.sizes(names)
        for some in fewer(len(names)):
            wide = self.sizes(taken(names, some))
            for cell, size in sizes.items():
                if hidden_within(size, [wide.get(taken(cell, some), size)]):
                    yield cell

    def inside_others(self, names: Names, hidden: Set[Cell]) -> Iterator[Cell]:
        """Yield the cells that lie within one value of another dimension which has a few answers more.

        Not those that are `hidden` already, nor those that are hidden for their size alone.
        """
        sizes = self.sizes(names)
        cells = [cell for cell, size in sizes.items() if size >= K and cell not in hidden]
        for cell, shared in self.alike(names, cells).items():
            if any(hidden_within(sizes[cell], self.around(names, cell, *pair)) for pair in shared.items()):
                yield cell

    def alike(self, names: Names, cells: Sequence[Cell]) -> Mapping[Cell, Mapping[str, str]]:
        """Return for each cell the values that all its answers share along other dimensions, where that may matter."""
        found: dict[Cell, dict[str, str]] = {cell: {} for cell in cells}
        others = [name for name in PARTING if name not in names]
        of_places = [name for name in others if {*names, name} <= set(BASIC)]
        for name in of_places:
            values: dict[Cell, list[str]] = {}
            for *own, value in self.sizes((*names, name)):
                values.setdefault(tuple(own), []).append(value)
            for cell in cells:
                if len(values[cell]) == 1:
                    (found[cell][name],) = values[cell]
        for cell, shared in self.alike_in_rows(
            names, cells, [name for name in others if name not in of_places]
        ).items():
            found[cell].update(shared)
        return found

    def alike_in_rows(
        self, names: Names, cells: Sequence[Cell], others: Sequence[str]
    ) -> Mapping[Cell, Mapping[str, str]]:
        """Return the same along `others`: all answers are asked only about what examples leave open."""
        seen = self.asked.examples(names, others) if cells else {}
        examples = itertools.chain(*(some for key, some in seen.items() if self.survey in (None, key)))
        unlike = Unlike(examples, are_placed=OVERLAPPING.isdisjoint(names))
        opens = {}
        for cell in cells:
            left = unlike.leaves_open(cell, others, self.wider(names, cell))
            left = {
                name: value for name, value in left.items() if not self.is_no_larger(name, value, names, cell)
            }
            if left:
                opens[cell] = left
        if not opens:
            return {}
        wanted = [name for name in others if any(name in left for left in opens.values())]
        found = alike_along(self.asked.of(self.survey), names, wanted, opens, self.asked.now)
        return {
            cell: {name: value for name, value in shared.items() if name in opens[cell]}
            for cell, shared in found.items()
        }

    def is_no_larger(self, name: str, value: str | None, names: Names, cell: Cell) -> bool:
        """Tell whether what has this value is known to be no more than the cell, so that it cannot lie within it."""
        return (
            value is not None
            and name in BASIC
            and self.sizes((name,)).get((value,), 0) <= self.sizes(names)[cell]
        )

    def wider(self, names: Names, cell: Cell) -> list[Places]:
        """Return which of the values of a cell make up cells that hold more answers than it does."""
        size = self.sizes(names)[cell]
        return [
            some for some in fewer(len(names)) if self.sizes(taken(names, some))[taken(cell, some)] > size
        ]

    def around(self, names: Names, cell: Cell, other: str, value: str) -> Iterator[int]:
        """Yield the sizes of the cells with this value along `other` and some of the cell's own, but not all."""
        for some in fewer(len(names)):
            sizes = self.sizes((*taken(names, some), other))
            yield sizes.get((*taken(cell, some), value), 0)

    def nested(self, names: Names) -> Iterator[Cell]:
        """Yield the cells of overlapping values that hold, or are held by, a cell which differs by a few answers.

        Of two such cells the one that parts stays, if there is one, else the larger.
        """
        sizes = self.sizes(names)
        for at, name in enumerate(names):
            # Other pages know nothing of questions, so that what lies within one of their values is looked for here.
            for other in BASIC if question_of(name) else NESTED.get(name, ()):
                if other in _without(names, at) or all(cell[at] == UNKNOWN for cell in sizes):
                    continue
                beside = self.sizes((*_without(names, at), other))
                for (*own, value), both in self.sizes((*names, other)).items():
                    cell = tuple(own)
                    larger = beside[(*_without(cell, at), value)]
                    if both == sizes[cell] and hidden_within(both, [larger]):
                        yield cell
                    if other in PARTING and both == larger and hidden_within(both, [sizes[cell]]):
                        yield cell


def _without(things: tuple[str, ...], at: int) -> tuple[str, ...]:
    return (*things[:at], *things[at + 1 :])


def _adds_up_to(finer: Names, names: Names) -> bool:
    """Tell whether the counts along `finer` give those along `names` when summed: every answer has one cell there."""
    return set(names) <= set(finer) and OVERLAPPING.isdisjoint(set(finer) - set(names))


def _of_places(counts: Iterable[Count]) -> Mapping[str, Mapping[Cell, Counts]]:
    """Return counts by country, carrier and language as those of a level."""
    found: dict[str, dict[Cell, dict[int, int]]] = {}
    for survey, country, carrier, language, score, n in counts:
        found.setdefault(survey, {}).setdefault((country, carrier, language), {})[score] = n
    return found


def _summed(
    counted: Mapping[str, Mapping[Cell, Counts]], places: Sequence[int]
) -> Mapping[str, Mapping[Cell, Counts]]:
    """Return the sums of counts over all dimensions but those at `places`."""
    found: dict[str, dict[Cell, dict[int, int]]] = {}
    for key, cells in counted.items():
        for cell, counts in cells.items():
            part = found.setdefault(key, {}).setdefault(tuple(cell[at] for at in places), {})
            for score, n in counts.items():
                part[score] = part.get(score, 0) + n
    return found
