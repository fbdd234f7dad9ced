"""Which numbers are not shown because too few people stand behind them (methodology 2.7).

A group of fewer than k answers says what single people said. Leaving out its number is not enough: when the total
and all other groups are shown, it can be worked out. So wherever a shown total has hidden parts, there are at least
two of them and together they have at least k answers; if need be the next smallest is hidden, too.

The same holds for every combination of dimensions at once: what is hidden under "Austria" must not come back as the
difference of "by this carrier" and "by this carrier in Germany". Cells are tuples with one value per dimension, and
`ANY` where a dimension is left open; the cell that leaves all of them open is the whole survey, which is always shown.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

K = 5
ANY = "*"

Cell = tuple[str, ...]


class Sum(NamedTuple):
    """One addition that a reader of the tables can do: the parts make the whole."""

    whole: Cell
    parts: Sequence[Cell]


def totals(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """Return the number of answers of every combination of values and ANY that has any."""
    found: dict[Cell, int] = {}
    for cell, count in counts.items():
        for open_ones in itertools.product((False, True), repeat=len(cell)):
            wider = tuple(ANY if is_open else value for value, is_open in zip(cell, open_ones, strict=True))
            found[wider] = found.get(wider, 0) + count
    return {cell: count for cell, count in found.items() if count}


def hidden_cells(counts: Mapping[Cell, int], k: int = K) -> frozenset[Cell]:
    """Return the cells that must not be shown, of all combinations that `counts` has answers for.

    `counts` gives the answers of cells without ANY. Hiding goes on until no addition gives a hidden number away.
    """
    sizes = totals(counts)
    sums = _sums(sizes)
    hidden = {cell for cell, size in sizes.items() if size < k and not _is_everything(cell)}
    grown = -1
    while grown != len(hidden):
        grown = len(hidden)
        for each in sums:
            _protect(each, sizes, hidden, k)
    return frozenset(hidden)


def is_uniform(groups: Iterable[int], k: int = K) -> bool:
    """Return whether a small group (fewer than 2 k) all said the same, so that its score names each of them."""
    filled = [count for count in groups if count]
    return len(filled) == 1 and filled[0] < 2 * k


def _sums(sizes: Mapping[Cell, int]) -> list[Sum]:
    parts: dict[tuple[Cell, int], list[Cell]] = {}
    for cell in sorted(sizes):
        for at, value in enumerate(cell):
            if value != ANY:
                parts.setdefault(((*cell[:at], ANY, *cell[at + 1 :]), at), []).append(cell)
    return [Sum(whole, cells) for (whole, _), cells in parts.items()]


def _protect(each: Sum, sizes: Mapping[Cell, int], hidden: set[Cell], k: int) -> None:
    """Hide more of one addition until its hidden numbers cannot be worked out."""
    out = [cell for cell in each.parts if cell in hidden]
    shown = sorted((cell for cell in each.parts if cell not in hidden), key=lambda cell: (sizes[cell], cell))
    if each.whole in hidden:
        if not out:
            hidden.add(shown[0])
        return
    while out and (len(out) == 1 or sum(sizes[cell] for cell in out) < k):
        if not shown:
            if not _is_everything(each.whole):
                hidden.add(each.whole)
            return
        out.append(shown.pop(0))
        hidden.add(out[-1])


def _is_everything(cell: Cell) -> bool:
    return all(value == ANY for value in cell)
