"""Look for what the mix did to a change, along everything that a change is looked through for.

Each dimension is looked at by itself, so that not all of them have to be counted together: where answers come from is
kept added up, and only what is left is counted in the rows.
"""

from collections.abc import Sequence
from datetime import datetime

from feedback.insights.dimensions.names import STANDARD
from feedback.insights.mix import Cells, Mix, by_weight, mixes
from feedback.insights.queries import cell_counts, counts_along
from feedback.insights.selection import DIMENSIONS, Selection


def mixes_between(kind: str, earlier: Selection, later: Selection, now: datetime) -> list[Mix]:
    """Return what the mix along each standard dimension that is open did to the change between two periods of a survey.

    Empty where a period has no answers; dimensions without two strata say nothing.
    """
    names = tuple(name for name in STANDARD if name not in later.restricted)
    rows, both = names, (earlier, later)
    found: list[Mix] = []
    if later.restricted.keys() <= set(DIMENSIONS):
        rows = tuple(name for name in names if name not in DIMENSIONS)
        of_places = mixes(kind, DIMENSIONS, *(_kept(each, now) for each in both))
        found = [mix for mix in of_places if mix.dimension in names]
    found += mixes(kind, rows, *(_counted(each, rows, now) for each in both))
    return by_weight(found)


def _kept(selection: Selection, now: datetime) -> Cells:
    """Return the scores of a selection by country, carrier and language."""
    cells: dict[tuple[str, ...], dict[int, int]] = {}
    wanted = [(DIMENSIONS.index(name), value) for name, value in selection.restricted.items()]
    for survey, *place, score, n in cell_counts(selection, now):
        if survey == selection.survey and all(place[at] == value for at, value in wanted):
            cells.setdefault((*place,), {})[score] = n
    return cells


def _counted(selection: Selection, names: Sequence[str], now: datetime) -> Cells:
    return counts_along(selection, names, now).get(selection.survey or "", {})
