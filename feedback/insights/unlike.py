"""Rule out, from a few examples, that a part lies within a value of another dimension which has a few answers more.

That takes three things: all answers of the part share the value; and of those around it, which it may be compared
with, some have the value, but fewer than five. Two examples in the part that differ are enough to rule it out, and so
are five around it that have the value, in each comparison. What examples leave open has to be counted.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from feedback.insights.suppression import Cell, K

Places = tuple[int, ...]


class Example(NamedTuple):
    """One answer: the cells of a level it is known to be in, and its values along other dimensions."""

    cells: frozenset[Cell]
    values: Mapping[str, str]


class Unlike:
    """What some examples of one level say.

    `are_placed` says that they are in no other cells than those they are known to be in, as where no values overlap.
    """

    def __init__(self, examples: Iterable[Example], *, are_placed: bool):
        self.are_placed = are_placed
        self.inside: dict[Cell, list[Example]] = {}
        self.around: Counter[tuple[object, ...]] = Counter()
        for example in examples:
            for cell in example.cells:
                self.inside.setdefault(cell, []).append(example)
            wide = {(some, taken(cell, some)) for cell in example.cells for some in fewer(len(cell))}
            self.around.update((*each, *pair) for each in wide for pair in example.values.items())

    def leaves_open(
        self, cell: Cell, others: Iterable[str], wider: Sequence[Places]
    ) -> dict[str, str | None]:
        """Return along which of `others` the cell may lie within a value that has a few answers more, and which value.

        None is a value that no example tells. `wider` says which of its values make up the cells that hold more answers
        than it does.
        """
        examples = self.inside.get(cell, ())
        found: dict[str, str | None] = {}
        for name in others:
            values = {example.values[name] for example in examples}
            if len(values) == 1 and self.are_placed:
                seen = [self.around[some, taken(cell, some), name, *values] for some in wider]
                if all(n - len(examples) >= K for n in seen):
                    continue
            if len(values) < 2:
                found[name] = next(iter(values), None)
        return found


def fewer(length: int) -> list[Places]:
    """Return all ways to take some of so many places, but not all of them."""
    return [some for few in range(length) for some in itertools.combinations(range(length), few)]


def taken(cell: Cell, some: Places) -> Cell:
    """Return the values of a cell at some places."""
    return tuple(cell[at] for at in some)
