"""Which numbers are not shown because too few people stand behind them (methodology 2.7).

A group of fewer than k answers says what single people said. Leaving out its number is not enough: when the total
and all other groups of a table are shown, it can be worked out. So wherever a shown total has hidden parts, there are
at least two of them and together they have at least k answers; if need be the next smallest is hidden, too.

Cells are tuples with one value per dimension, and `ANY` where a dimension is left open; the cell that leaves all of
them open is the whole survey, which is shown unless the survey is anonymous and has fewer than k answers itself
(`responses.queries.held_back`). A cell is judged in each table it is a row of: "Austria, by this
carrier" among the carriers of Austria and among the countries of the carrier. So a table and the filter that leads to
one of its rows hide the same.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Set

from surveys.questionnaires.anonymity import FEWEST_SHOWN

K = FEWEST_SHOWN
ANY = "*"

Cell = tuple[str, ...]


def totals(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """Return the number of answers of every combination of values and ANY that has any."""
    found: dict[Cell, int] = {}
    for cell, count in counts.items():
        for open_ones in itertools.product((False, True), repeat=len(cell)):
            wider = tuple(ANY if is_open else value for value, is_open in zip(cell, open_ones, strict=True))
            found[wider] = found.get(wider, 0) + count
    return {cell: count for cell, count in found.items() if count}


def hidden_rows(sizes: Mapping[Cell, int], hidden: Set[Cell], k: int = K) -> set[Cell]:
    """Return the rows that one table with a shown total must not show.

    Rows under k answers and those `hidden` elsewhere, and the next smallest ones until there are two with k answers
    together.
    """
    found = {cell for cell, size in sizes.items() if size < k or cell in hidden}
    for cell in sorted(sizes.keys() - found, key=lambda cell: (sizes[cell], cell)):
        if not found or (len(found) > 1 and sum(sizes[each] for each in found) >= k):
            break
        found.add(cell)
    return found


def hidden_cells(counts: Mapping[Cell, int], k: int = K) -> frozenset[Cell]:
    """Return the cells that must not be shown, of all combinations that `counts` has answers for.

    `counts` gives the answers of cells without ANY. A cell hidden in one table is hidden in every other, too, and so is
    one that has a few answers less than another which holds them all.
    """
    tables: dict[tuple[Cell, int], dict[Cell, int]] = {}
    sizes = totals(counts)
    for cell, size in sizes.items():
        for at, value in enumerate(cell):
            if value != ANY:
                tables.setdefault((opened(cell, at), at), {})[cell] = size
    hidden = {
        cell
        for cell, size in sizes.items()
        if hidden_within(size, _around(cell, tables, sizes), k)
        or hidden_within(size, (sizes[wide] for wide in wider(cell)), k)
    }
    grown = -1
    while grown != len(hidden):
        grown = len(hidden)
        for table in tables.values():
            hidden |= hidden_rows(table, hidden, k)
    return frozenset(hidden)


def _around(
    cell: Cell, tables: Mapping[tuple[Cell, int], Mapping[Cell, int]], sizes: Mapping[Cell, int]
) -> Iterator[int]:
    """Yield the sizes of the cells that hold all answers of this one: they share a value that all of them have."""
    for at, value in enumerate(cell):
        rows = tables.get((cell, at), {})
        if value == ANY and len(rows) == 1:
            (row,) = rows
            places = [place for place, own in enumerate(cell) if own != ANY]
            for some in itertools.chain.from_iterable(
                itertools.combinations(places, n) for n in range(len(places))
            ):
                yield sizes[tuple(own if place in (*some, at) else ANY for place, own in enumerate(row))]


def hidden_in_level(
    sizes: Mapping[Cell, int],
    wholes: Mapping[int, Mapping[Cell, int]],
    others: Set[Cell] = frozenset(),
    k: int = K,
) -> frozenset[Cell]:
    """Return the cells of one level that must not be shown; all of them restrict the same dimensions.

    `wholes` gives for each place where values overlap the answers of every cell that has ANY there, for which the sum
    of the rows says nothing. `others` are hidden for another reason.
    """
    hidden = set(others)
    tables: dict[tuple[Cell, int], dict[Cell, int]] = {}
    for cell, size in sizes.items():
        for at in range(len(cell)):
            whole = opened(cell, at)
            tables.setdefault((whole, at), {})[cell] = size
            if at in wholes and 0 < wholes[at].get(whole, size) - size < k:
                hidden.add(cell)
    grown = -1
    while grown != len(hidden):
        grown = len(hidden)
        for table in tables.values():
            hidden |= hidden_rows(table, hidden, k)
    return frozenset(hidden)


def hidden_within(size: int, around: Iterable[int], k: int = K) -> bool:
    """Tell whether a cell must not be shown because of cells that hold all of its answers and a few more."""
    return any(0 < larger - size < k for larger in around)


def wider(cell: Cell) -> Iterator[Cell]:
    """Yield every cell that has some more dimensions left open, the whole survey among them."""
    for kept in itertools.product((True, False), repeat=len(cell)):
        yield tuple(value if keep else ANY for value, keep in zip(cell, kept, strict=True))


def opened(cell: Cell, at: int) -> Cell:
    """Return the cell with one dimension left open."""
    return (*cell[:at], ANY, *cell[at + 1 :])


def is_uniform(groups: Iterable[int], k: int = K) -> bool:
    """Return whether a small group (fewer than 2 k) all said the same, so that its score names each of them."""
    filled = [count for count in groups if count]
    return len(filled) == 1 and filled[0] < 2 * k
