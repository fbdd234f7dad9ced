"""Look for what the mix did to a change, along everything that a change is looked through for."""

from collections.abc import Sequence
from datetime import datetime

from feedback.insights.dimensions.names import STANDARD
from feedback.insights.mix import Cells, Mix, mixes
from feedback.insights.queries import counts_along
from feedback.insights.selection import Selection


def mixes_between(kind: str, earlier: Selection, later: Selection, now: datetime) -> list[Mix]:
    """Return what the mix along each standard dimension that is open did to the change between two periods of a survey.

    Empty where a period has no answers; dimensions without two strata say nothing.
    """
    names = tuple(name for name in STANDARD if name not in later.restricted)
    before, after = (_joint(each, names, now) for each in (earlier, later))
    return mixes(kind, names, before, after)


def _joint(selection: Selection, names: Sequence[str], now: datetime) -> Cells:
    return counts_along(selection, names, now).get(selection.survey or "", {})
