"""Which parts of the answers are withheld, along whichever dimensions they were chosen.

A *level* is a set of dimensions. Its cells are counted once, and `suppression` says which of them are too small or
would give others away. Nothing is withheld of a whole survey (decision 18).
"""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from feedback.insights.dimensions.names import EVERY, OVERLAPPING, PARTING, UNKNOWN
from feedback.insights.queries import alike_along, counts_along
from feedback.insights.selection import Selection
from feedback.insights.suppression import ANY, Cell, K, hidden_in_level, hidden_within

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


def is_withheld(selection: Selection, now: datetime) -> bool:
    """Tell whether the selected part may not be shown, of one survey or of all together."""
    if selection.is_whole:
        return False
    cell = tuple(selection.restricted.values())
    return cell in level_of(selection, tuple(selection.restricted), now).hidden


def withheld_of(selection: Selection, now: datetime) -> frozenset[str]:
    """Return the keys of the surveys of which the selected part may not be shown."""
    if selection.is_whole:
        return frozenset()
    names, cell = tuple(selection.restricted), tuple(selection.restricted.values())
    asked = _Asked(selection, now)
    return frozenset(key for key in asked.by_survey(names) if cell in _Judge(asked, key).level(names).hidden)


def level_of(selection: Selection, names: Names, now: datetime) -> Level:
    """Return all parts along `names`, of one survey or of all together, wherever else the answers come from."""
    return _Judge(_Asked(selection, now), None).level(names)


class _Asked:
    """What the database was asked once, for all surveys of a selection."""

    def __init__(self, selection: Selection, now: datetime):
        self.selection, self.now = selection.where(**dict.fromkeys(EVERY)), now
        self.counted: dict[Names, Mapping[str, Mapping[Cell, Counts]]] = {}
        self.compared: dict[Names, Mapping[str, Mapping[Cell, Mapping[str, str]]]] = {}

    def by_survey(self, names: Names) -> Mapping[str, Mapping[Cell, Counts]]:
        if names not in self.counted:
            self.counted[names] = counts_along(self.selection, names, self.now)
        return self.counted[names]

    def alike(self, names: Names) -> Mapping[str, Mapping[Cell, Mapping[str, str]]]:
        if names not in self.compared:
            others = [name for name in PARTING if name not in names]
            self.compared[names] = alike_along(self.selection, names, others, self.now)
        return self.compared[names]


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
        nearly = {*self.nearly_wider(names), *self.inside_others(names), *self.nested(names)}
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
        for length in range(len(names)):
            for some in itertools.combinations(range(len(names)), length):
                wide = self.sizes(tuple(names[at] for at in some))
                for cell, size in sizes.items():
                    if hidden_within(size, [wide.get(tuple(cell[at] for at in some), size)]):
                        yield cell

    def inside_others(self, names: Names) -> Iterator[Cell]:
        """Yield the cells that lie within one value of another dimension which has a few answers more."""
        for cell, shared in self.alike(names).items():
            size = self.sizes(names)[cell]
            if size >= K and any(
                hidden_within(size, self.around(names, cell, name, value)) for name, value in shared.items()
            ):
                yield cell

    def alike(self, names: Names) -> dict[Cell, Mapping[str, str]]:
        """Return for each cell the values that all its answers share along other dimensions."""
        found = self.asked.alike(names)
        if self.survey is not None:
            return dict(found.get(self.survey, {}))
        together: dict[Cell, Mapping[str, str]] = {}
        for cells in found.values():
            for cell, shared in cells.items():
                before = together.get(cell, shared)
                together[cell] = {name: value for name, value in shared.items() if before.get(name) == value}
        return together

    def around(self, names: Names, cell: Cell, other: str, value: str) -> Iterator[int]:
        """Yield the sizes of the cells with this value along `other` and some of the cell's own, but not all."""
        places = range(len(names))
        for some in itertools.chain.from_iterable(
            itertools.combinations(places, length) for length in places
        ):
            sizes = self.sizes((*(names[at] for at in some), other))
            yield sizes.get((*(cell[at] for at in some), value), 0)

    def nested(self, names: Names) -> Iterator[Cell]:
        """Yield the cells of overlapping values that hold, or are held by, a cell which differs by a few answers.

        Of two such cells the one that parts stays, if there is one, else the larger.
        """
        sizes = self.sizes(names)
        for at, name in enumerate(names):
            for other in NESTED.get(name, ()):
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
