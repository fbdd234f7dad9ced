"""Lists of responses, the newest first: for the API, for the pages above, for export.

A response's time is when it was submitted; one left half-way has only the time of its last save. Both kinds are read
in their own order, each from its own index, and merged: sorting by "the one or else the other" would read every row.
Where words are sought, the index of comments knows the time of both.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from feedback.analysis.mismatch import MISMATCHES
from feedback.analysis.models import Analysis, is_current
from feedback.analysis.queries import is_flagged
from feedback.analysis.search.models import SearchedComment
from feedback.analysis.search.queries import says, time_of
from feedback.analysis.search.queries import waiting as waiting_for_index
from feedback.analysis.search.sought import sought
from feedback.insights.dimensions.belonging import answered, holds, mentions
from feedback.insights.queries import counts_at
from feedback.insights.selection import Selection
from surveys.brand.models import Brand
from surveys.cursor import Page, decode, page_of
from surveys.customers.models import Customer, Purchase
from surveys.database import db, read_once
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response
from surveys.responses.queries import held_back
from surveys.scales import SCALES, Mood, groups_in

Shape = TypeVar("Shape")
BATCH = 500
A_LONG_DAY = timedelta(hours=25)
MOST_FOUND = 10_000  # comments with words in them, counted; of more it is only said that there are more
ANY_FLAG = "any"


@dataclass(frozen=True)
class Wanted:
    """Which responses a list shows.

    `group` is one of a scale's groups, `mood` that of all groups that are wanted; `words` are in the comment as
    lists show it (see `analysis.search.sought`); `theme` is mentioned there, one of its details will do; `flag` is a
    way in which words and score disagree, or ANY_FLAG; `answer` was given to a question ("size.m", "size.-" for none);
    `is_refused` keeps those who do not want to be contacted; `is_counted` those that the numbers count; `has_comment`
    those with one; `updated_since` those saved or read by the analyser since. Check-backs are listed only when their
    survey is named.
    """

    selection: Selection = field(default_factory=Selection)
    group: str | None = None
    mood: Mood | None = None
    words: str | None = None
    theme: str | None = None
    flag: str | None = None
    answer: str | None = None
    is_refused: bool = False
    is_counted: bool = False
    has_comment: bool = False
    updated_since: datetime | None = None


class Listed(NamedTuple):
    """One response and the reading of its comment, None while it is not read or there is nothing to read."""

    response: Response
    analysis: Analysis | None

    @property
    def at(self) -> datetime:
        """When it was submitted, else last saved."""
        return self.response.submitted_at or self.response.saved_at


def responses(wanted: Wanted, now: datetime, limit: int, cursor: str | None = None) -> Page[Listed]:
    """Return one page of up to `limit` responses, the newest first; refuse a damaged cursor."""
    after = decode(cursor, datetime, int) if cursor else None
    finds = all_found(wanted, now) if is_narrow(wanted) else None
    if finds is not None:
        behind = (row_id for at, row_id in finds if after is None or (at, row_id) < after)
        return page_of(_of_finds([*islice(behind, limit + 1)]), limit, _place)
    rows = heapq.merge(
        *(_rows(kind, wanted, now, limit + 1, after) for kind in kinds_of(wanted)), key=_place, reverse=True
    )
    return page_of(list(rows), limit, _place)


def count_responses(wanted: Wanted, now: datetime) -> int:
    """Return how many responses a list has in all; where words are sought, at most one more than MOST_FOUND."""
    if is_narrow(wanted):
        finds = all_found(wanted, now)
        return MOST_FOUND + 1 if finds is None else len(finds)
    if wanted.words is None:
        return sum(_count_of(kind, wanted, now) for kind in kinds_of(wanted))
    kinds = (and_(kind.is_it, *_between(wanted.selection, kind.at)) for kind in kinds_of(wanted))
    found = restricted(select(Response.id), wanted, now).where(*kinds).limit(MOST_FOUND + 1)
    return db.session.scalar(select(func.count()).select_from(found.subquery())) or 0


def is_narrow(wanted: Wanted) -> bool:
    """Return whether words are sought in a part of the answers alone: the newest that have them may be old."""
    return wanted.words is not None and not wanted.selection.is_whole


@read_once
def all_found(wanted: Wanted, now: datetime) -> Sequence[tuple[datetime, int]] | None:
    """Return time and id of all that is found, the newest first; None where they are more than MOST_FOUND.

    A list and how long it is are known from one look then, and nobody looks for the newest among all answers.
    """
    read = restricted(select(FOUND.at, FOUND.id).select_from(Response), wanted, now)
    read = read.where(*_between(wanted.selection, FOUND.at)).limit(MOST_FOUND + 1)
    found = db.session.execute(read).tuples().all()
    return sorted(found, reverse=True) if len(found) <= MOST_FOUND else None


def every_response(wanted: Wanted, now: datetime) -> Iterator[Listed]:
    """Yield all responses of a list, a batch at a time, so that a million never stand in memory at once."""
    return every_shaped(lambda row: row, wanted, now)


def every_shaped(
    shape: Callable[[Listed], Shape], wanted: Wanted, now: datetime, rest: Callable[[], object] = lambda: None
) -> Iterator[Shape]:
    """Yield `shape(row)` of all responses; `rest` is called after each batch, when no row is needed any more."""
    kinds = (_every(kind, wanted, now, shape, rest) for kind in kinds_of(wanted))
    return (shaped for _place_of_it, shaped in heapq.merge(*kinds, key=itemgetter(0), reverse=True))


def attribute_names(survey: str | None) -> list[str]:
    """Return the names of all that open links noted with answers, to one survey or to all."""
    if db.engine.dialect.name == "postgresql":
        keys = func.json_object_keys(Response.attributes)
        name: ColumnElement[str] = keys.column_valued("noted_name", joins_implicitly=True)
    else:
        name = func.json_each(Response.attributes).table_valued("key", joins_implicitly=True).c.key
    noted = select(name).select_from(Response).where(Response.link_id.is_not(None)).distinct()
    if survey is not None:
        noted = noted.join(Survey, Response.survey_id == Survey.id).where(Survey.key == survey)
    return sorted(db.session.scalars(noted))


AT_HAND = (
    joinedload(Response.survey),
    joinedload(Response.brand),
    joinedload(Response.customer),
    joinedload(Response.purchase),
    selectinload(Analysis.mentions),
)


class Kind(NamedTuple):
    """Responses that have their time in the same column."""

    at: InstrumentedAttribute[Any]
    is_it: ColumnElement[bool]
    id: InstrumentedAttribute[Any]


KINDS = (
    Kind(Response.submitted_at, Response.submitted_at.is_not(None), Response.id),
    Kind(Response.saved_at, Response.submitted_at.is_(None), Response.id),
)
FOUND = Kind(SearchedComment.at, true(), SearchedComment.id)


def kinds_of(wanted: Wanted) -> Sequence[Kind]:
    """Return the columns that have the times of what is wanted."""
    return KINDS if wanted.words is None else (FOUND,)


def _count_of(kind: Kind, wanted: Wanted, now: datetime) -> int:
    """Return how many there are of one kind: both in one go would be looked for through all answers of the period."""
    counted = restricted(select(func.count()).select_from(Response), wanted, now)
    return db.session.scalar(counted.where(kind.is_it, *_between(wanted.selection, kind.at))) or 0


def _rows(
    kind: Kind, wanted: Wanted, now: datetime, limit: int, after: tuple[datetime, int] | None
) -> list[Listed]:
    """Return up to `limit` responses of one kind that come behind `after`, the newest first."""
    if kind is FOUND:
        # First which ones, then these: whoever sorts ten thousand finds shall not carry all about each of them along.
        ids = restricted(select(kind.id).select_from(Response), wanted, now)
        return _of_finds(db.session.scalars(_newest(ids, kind, wanted, limit, after)).all())
    read = select(Response, Analysis).outerjoin(Analysis, is_current()).options(*AT_HAND)
    read = _newest(restricted(read, wanted, now), kind, wanted, limit, after)
    return [Listed(*row) for row in db.session.execute(read).tuples()]


def _of_finds(ids: Sequence[int]) -> list[Listed]:
    """Return what was found, the newest first."""
    read = select(Response, Analysis).outerjoin(Analysis, is_current()).options(*AT_HAND)
    read = read.join(SearchedComment, SearchedComment.id == Response.id).where(Response.id.in_(ids))
    ordered = read.order_by(FOUND.at.desc(), FOUND.id.desc())
    return [Listed(*row) for row in db.session.execute(ordered).tuples()]


def _newest(
    read: Select[Any], kind: Kind, wanted: Wanted, limit: int, after: tuple[datetime, int] | None
) -> Select[Any]:
    """Return `read` with the newest rows of one kind in the wanted period, behind `after`."""
    read = read.where(kind.is_it, *_between(wanted.selection, kind.at), *_behind(after, kind))
    at = time_of(sought(wanted.words or "")) if kind is FOUND else kind.at
    return read.order_by(at.desc(), kind.id.desc()).limit(limit)


def _every(
    kind: Kind, wanted: Wanted, now: datetime, shape: Callable[[Listed], Shape], rest: Callable[[], object]
) -> Iterator[tuple[tuple[datetime, int], Shape]]:
    after = None
    while rows := _rows(kind, wanted, now, BATCH, after):
        shaped = [(_place(row), shape(row)) for row in rows]
        del rows
        rest()
        yield from shaped
        after = shaped[-1][0]


def restricted(read: Select[Any], wanted: Wanted, now: datetime) -> Select[Any]:
    """Return `read` with everything that is wanted but the period; what is held back is never listed."""
    selection = wanted.selection
    read = read.join(Survey, Response.survey_id == Survey.id)
    if selection.survey is not None:
        # By its number, so that an index leads to its answers.
        named = select(Survey.id).where(Survey.key == selection.survey).correlate(None).scalar_subquery()
        read = read.where(Response.survey_id == named)
    else:
        read = read.where(Survey.kind.in_(SCALES))
    if held := held_back():
        read = read.where(Response.survey_id.not_in([survey.id for survey in held]))
    if selection.brand is not None:
        read = read.where(
            Response.brand_id == select(Brand.id).where(Brand.key == selection.brand).scalar_subquery()
        )
    if wanted.words is not None:
        # Never what was written: whoever may not see what is covered could spell it out by counting what is found.
        read = read.join(SearchedComment, SearchedComment.id == Response.id)
        read = read.where(says(sought(wanted.words)), Response.analysed_at.is_not(None))
    if not selection.is_whole:
        read = read.outerjoin(Purchase, Response.purchase_id == Purchase.id)
        read = read.outerjoin(Customer, Response.customer_id == Customer.id)
    conditions: list[tuple[bool, Callable[[], ColumnElement[bool]]]] = [
        (wanted.mood is not None, lambda: Response.group.in_(groups_in(wanted.mood or "unhappy"))),
        (wanted.group is not None, lambda: Response.group == wanted.group),
        (wanted.is_refused, lambda: Response.contact_permission.is_(False)),
        (wanted.is_counted, lambda: counts_at(now)),
        (wanted.has_comment, lambda: Response.comment.is_not(None)),
        (wanted.theme is not None, lambda: mentions(wanted.theme or "")),
        (wanted.flag is not None, lambda: _disagrees(wanted.flag or ANY_FLAG)),
        (wanted.answer is not None, lambda: answered(wanted.answer or "")),
        (wanted.updated_since is not None, lambda: _updated(wanted.updated_since)),
    ]
    read = read.where(*(holds(name, value) for name, value in selection.restricted.items()))
    return read.where(*(condition() for is_asked, condition in conditions if is_asked))


def count_unsearched() -> int:
    """Return how many comments no search finds yet: unread ones, and some for a while after an update."""
    unread = (Response.comment.is_not(None), Response.analysed_at.is_(None))
    waiting = select(func.count()).select_from(Response).where(*unread)
    return (db.session.scalar(waiting) or 0) + waiting_for_index().unfound


def _disagrees(flag: str) -> ColumnElement[bool]:
    return is_flagged(MISMATCHES if flag == ANY_FLAG else [flag])


def _updated(since: datetime | None) -> ColumnElement[bool]:
    # An anonymous answer says only its day: it is told again all that day long, so that nobody misses it.
    day_before = None if since is None else since - A_LONG_DAY
    of_the_day = and_(Response.is_anonymous, Response.saved_at >= day_before)
    return or_(Response.saved_at >= since, Response.analysed_at >= since, of_the_day)


def _between(selection: Selection, at: InstrumentedAttribute[Any]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if selection.since is not None:
        found.append(at >= selection.since)
    if selection.until is not None:
        found.append(at < selection.until)
    return found


def _behind(after: tuple[datetime, int] | None, kind: Kind) -> list[ColumnElement[bool]]:
    if after is None:
        return []
    moment, row_id = after
    return [kind.at <= moment, or_(kind.at < moment, kind.id < row_id)]


def _place(row: Listed) -> tuple[datetime, int]:
    return row.at, row.response.id
