"""Lists of responses, the newest first: for the API, for the pages above, for export.

A response's time is when it was submitted; one left half-way has only the time of its last save. Both kinds are read
in their own order, each from its own index, and merged: sorting by "the one or else the other" would read every row.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload

from feedback.analysis.mismatch import MISMATCHES
from feedback.analysis.models import THEME, Analysis, Mention, is_current
from feedback.analysis.queries import is_flagged
from feedback.insights.queries import COUNTRY, counts_at
from feedback.insights.selection import UNKNOWN, Selection
from surveys.brand.models import Brand
from surveys.code_book.themes import DETAILS
from surveys.cursor import Page, decode, page_of
from surveys.customers.models import Customer, Purchase
from surveys.database import db
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response
from surveys.responses.queries import held_back
from surveys.scales import SCALES, Mood, groups_in

BATCH = 500
A_LONG_DAY = timedelta(hours=25)
ANY_FLAG = "any"


@dataclass(frozen=True)
class Wanted:
    """Which responses a list shows.

    `group` is one of a scale's groups, `mood` that of all groups that are wanted; `words` stand in the comment as
    lists show it, in this order, in any case; `theme` is mentioned there, one of its details will do; `flag` is a
    way in which words and score disagree, or ANY_FLAG; `is_refused` keeps those who do not want to be contacted;
    `is_counted` those that the numbers count; `has_comment` those with one; `updated_since` those saved or read by
    the analyser since. Check-backs are listed only when their survey is named.
    """

    selection: Selection = field(default_factory=Selection)
    group: str | None = None
    mood: Mood | None = None
    words: str | None = None
    theme: str | None = None
    flag: str | None = None
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
    rows = heapq.merge(
        *(_rows(kind, wanted, now, limit + 1, after) for kind in KINDS), key=_place, reverse=True
    )
    return page_of(list(rows), limit, _place)


def count_responses(wanted: Wanted, now: datetime) -> int:
    """Return how many responses a list has in all."""
    submitted, saved = (and_(kind.is_it, *_between(wanted.selection, kind.at)) for kind in KINDS)
    counted = restricted(select(func.count()).select_from(Response), wanted, now).where(or_(submitted, saved))
    return db.session.scalar(counted) or 0


def every_response(wanted: Wanted, now: datetime) -> Iterator[Listed]:
    """Yield all responses of a list, a batch at a time, so that a million never stand in memory at once."""
    return heapq.merge(*(_every(kind, wanted, now) for kind in KINDS), key=_place, reverse=True)


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


KINDS = (
    Kind(Response.submitted_at, Response.submitted_at.is_not(None)),
    Kind(Response.saved_at, Response.submitted_at.is_(None)),
)


def _rows(
    kind: Kind, wanted: Wanted, now: datetime, limit: int, after: tuple[datetime, int] | None
) -> list[Listed]:
    """Return up to `limit` responses of one kind that come behind `after`, the newest first."""
    read = restricted(select(Response, Analysis).outerjoin(Analysis, is_current()), wanted, now).options(
        *AT_HAND
    )
    read = read.where(kind.is_it, *_between(wanted.selection, kind.at), *_behind(after, kind.at))
    read = read.order_by(kind.at.desc(), Response.id.desc()).limit(limit)
    return [Listed(*row) for row in db.session.execute(read).tuples()]


def _every(kind: Kind, wanted: Wanted, now: datetime) -> Iterator[Listed]:
    after = None
    while rows := _rows(kind, wanted, now, BATCH, after):
        yield from rows
        after = _place(rows[-1])


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
    if not selection.is_whole:
        read = read.outerjoin(Purchase, Response.purchase_id == Purchase.id)
        read = read.outerjoin(Customer, Response.customer_id == Customer.id)
    conditions: list[tuple[bool, Callable[[], ColumnElement[bool]]]] = [
        (selection.country is not None, lambda: _equals(COUNTRY, selection.country)),
        (selection.carrier is not None, lambda: _equals(Purchase.carrier, selection.carrier)),
        (selection.language is not None, lambda: _equals(Response.locale, selection.language)),
        (wanted.mood is not None, lambda: Response.group.in_(groups_in(wanted.mood or "unhappy"))),
        (wanted.group is not None, lambda: Response.group == wanted.group),
        (wanted.is_refused, lambda: Response.contact_permission.is_(False)),
        (wanted.is_counted, lambda: counts_at(now)),
        (wanted.has_comment, lambda: Response.comment.is_not(None)),
        (wanted.words is not None, lambda: _says(wanted.words or "")),
        (wanted.theme is not None, lambda: _mentions(wanted.theme or "")),
        (wanted.flag is not None, lambda: _disagrees(wanted.flag or ANY_FLAG)),
        (wanted.updated_since is not None, lambda: _updated(wanted.updated_since)),
    ]
    return read.where(*(condition() for is_asked, condition in conditions if is_asked))


def _says(words: str) -> ColumnElement[bool]:
    """Return the condition that a comment, as lists show it, contains `words` in any case.

    Never what was written: whoever may not see what is covered could spell it out by counting what is found.
    """
    read = aliased(
        Analysis
    )  # Under a name of its own, because the list beside it may have joined the readings already.
    found = read.searched.contains(words.casefold(), autoescape=True)
    return select(read.id).where(is_current(read), found).correlate(Response).exists()


def count_unsearched() -> int:
    """Return how many comments no search finds yet: unread ones, and after an update those that are not covered anew."""
    waiting = select(func.count()).select_from(Response).outerjoin(Analysis, is_current())
    not_covered = and_(Analysis.id.is_not(None), Analysis.searched.is_(None))
    waiting = waiting.where(Response.comment.is_not(None), or_(Response.analysed_at.is_(None), not_covered))
    return db.session.scalar(waiting) or 0


def _mentions(theme: str) -> ColumnElement[bool]:
    """Return the condition that a comment mentions a theme or, of the first level, one of its details."""
    codes = [theme, *(code for code in DETAILS if code.startswith(f"{theme}."))]
    mentioned = select(Analysis.response_id).join(Mention)
    mentioned = mentioned.where(Mention.kind == THEME, Mention.code.in_(codes))
    return and_(Response.analysed_at.is_not(None), Response.id.in_(mentioned))


def _disagrees(flag: str) -> ColumnElement[bool]:
    return is_flagged(MISMATCHES if flag == ANY_FLAG else [flag])


def _updated(since: datetime | None) -> ColumnElement[bool]:
    # An anonymous answer says only its day: it is told again all that day long, so that nobody misses it.
    day_before = None if since is None else since - A_LONG_DAY
    of_the_day = and_(Response.is_anonymous, Response.saved_at >= day_before)
    return or_(Response.saved_at >= since, Response.analysed_at >= since, of_the_day)


def _equals(expression: Any, wanted: str | None) -> ColumnElement[bool]:
    found: ColumnElement[bool] = expression.is_(None) if wanted == UNKNOWN else expression == wanted
    return found


def _between(selection: Selection, at: InstrumentedAttribute[Any]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if selection.since is not None:
        found.append(at >= selection.since)
    if selection.until is not None:
        found.append(at < selection.until)
    return found


def _behind(after: tuple[datetime, int] | None, at: InstrumentedAttribute[Any]) -> list[ColumnElement[bool]]:
    if after is None:
        return []
    moment, row_id = after
    return [at <= moment, or_(at < moment, Response.id < row_id)]


def _place(row: Listed) -> tuple[datetime, int]:
    return row.at, row.response.id
