"""What the answers of a part are like along dimensions that it was not chosen by.

Some of these dimensions are dear to find out, answer by answer. So a few answers of each part are looked at first
(`examples_along`), and all of them (`alike_along`) only where these leave something open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from feedback.insights.dimensions.names import UNKNOWN
from feedback.insights.dimensions.queries import value_of
from feedback.insights.queries import answers, counts_at, ways_along
from feedback.insights.selection import Selection
from feedback.insights.suppression import Cell
from feedback.insights.unlike import Example
from surveys.database import db
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response

# Examples are looked for among about so many of the newest answers.
AMONG = 20_000


def examples_along(
    selection: Selection, names: Sequence[str], others: Sequence[str], size: int, now: datetime
) -> dict[str, list[Example]]:
    """Return by survey a few answers of each part along `names`, with their values along `others`, which part.

    The selection has `size` answers; of many only the newest are looked at, so rare parts may have no example.
    """
    newest = _newest(selection.where(**dict.fromkeys(names)), size, now)
    values, joined = ways_along(names)
    # A few of each group, so that there are some from different days.
    read = select(func.min(Response.id), func.max(Response.id), *values)
    grouped = joined(answers(read, newest, joined=True)).where(counts_at(now))
    places: dict[int, set[Cell]] = {}
    for low, high, *cell in db.session.execute(grouped.group_by(Survey.key, Response.group, *values)):
        for each in (low, high):
            places.setdefault(each, set()).add(tuple(cell))
    columns = [func.coalesce(value_of(name), UNKNOWN) for name in others]
    told = answers(select(Survey.key, Response.id, *columns), newest, joined=True)
    found: dict[str, list[Example]] = {}
    for key, number, *along in db.session.execute(told.where(Response.id.in_(places))):
        example = Example(frozenset(places[number]), dict(zip(others, along, strict=True)))
        found.setdefault(key, []).append(example)
    return found


def alike_along(
    selection: Selection, names: Sequence[str], others: Sequence[str], cells: Iterable[Cell], now: datetime
) -> dict[Cell, Mapping[str, str]]:
    """Return for each of some parts along `names` the values that all its answers share along `others`, which part."""
    values, joined = ways_along(names)
    ends = [end for name in others for end in _ends(func.coalesce(value_of(name), UNKNOWN))]
    read = answers(select(*values, *ends), selection.where(**dict.fromkeys(names)), joined=True)
    read = joined(read).where(counts_at(now), or_(*(_is(values, cell) for cell in cells)))
    found: dict[Cell, Mapping[str, str]] = {}
    for row in db.session.execute(read.group_by(*values)):
        told = row[len(names) :]
        pairs = zip(others, told[::2], told[1::2], strict=True)
        found[tuple(row[: len(names)])] = {name: low for name, low, high in pairs if low == high}
    return found


def _newest(selection: Selection, size: int, now: datetime) -> Selection:
    """Return the end of a selection's period, or of all time: about the newest AMONG of its `size` answers.

    Exactly so where they came evenly; where the last of them are long ago, there may be none in it.
    """
    if size <= AMONG:
        return selection
    until, since = min(now, selection.until or now), selection.since
    if since is None:
        oldest = select(func.min(Response.submitted_at)).where(Response.submitted_at.is_not(None))
        since = db.session.scalar(oldest) or until
    return replace(selection, since=max(since, until - (until - since) * (AMONG / size)))


def _is(values: Sequence[Any], cell: Cell) -> ColumnElement[bool]:
    # A label has to be taken off to be compared.
    return and_(*(value.element == own for value, own in zip(values, cell, strict=True)))


def _ends(value: ColumnElement[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return func.min(value), func.max(value)
