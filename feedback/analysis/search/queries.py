"""What is asked of the index of comments."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Interval,
    Row,
    column,
    false,
    func,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.sql.expression import cast

from feedback.analysis.search.models import SearchedComment, SearchProgress
from feedback.analysis.search.sought import Sought, for_postgresql, for_sqlite
from feedback.analysis.search.stems import REVISION
from surveys.database import db
from surveys.responses.models import Response

FTS = table("fts_comment", column("rowid"))
OFTEN = 5_000  # comments; what is in more of them is called frequent


def says(wanted: Sought) -> ColumnElement[bool]:
    """Return the condition that a row of the index holds what is sought."""
    if not wanted.terms:
        return false()
    if is_on_postgresql():
        return _matches(wanted)
    found = select(FTS.c.rowid).where(literal_column("fts_comment").bool_op("MATCH")(for_sqlite(wanted)))
    # "+ 0" keeps SQLite from fetching and sorting all rows of what is in many comments.
    few = db.session.execute(found.offset(OFTEN).limit(1)).one_or_none() is None
    return (SearchedComment.id if few else SearchedComment.id + 0).in_(found)


def time_of(wanted: Sought) -> ColumnElement[datetime]:
    """Return what rows of the index are sorted by, the time of the answer.

    What is in many comments is looked for from the newest on; else all that is found is sorted. PostgreSQL cannot guess
    which of the two is quick, as it knows no frequencies of rare words nor of beginnings: "+ 0" tells it to sort.
    """
    at: ColumnElement[datetime] = SearchedComment.at.expression
    if not is_on_postgresql() or not wanted.terms:
        return at
    found = select(SearchedComment.id).where(_matches(wanted)).offset(OFTEN).limit(1)
    return (
        at if db.session.execute(found).one_or_none() is not None else at + literal(timedelta(0), Interval())
    )


def is_on_postgresql() -> bool:
    """Return whether the index is PostgreSQL's."""
    return db.engine.dialect.name == "postgresql"


def _matches(wanted: Sought) -> ColumnElement[bool]:
    return SearchedComment.lexemes.bool_op("@@")(cast(for_postgresql(wanted), TSQUERY))


def progress() -> SearchProgress | None:
    """Return how far the index is built, None before it was begun."""
    return db.session.get(SearchProgress, 1, populate_existing=True)


class Waiting(NamedTuple):
    """How many comments are still to be put into the index; of these, how many at most no search finds meanwhile."""

    waiting: int
    unfound: int


def waiting() -> Waiting:
    """Return how many comments the index waits for; counted only before the loop has begun, afterwards known."""
    row = progress()
    if row is None or row.revision != REVISION:
        return counted()
    return Waiting(0, 0) if row.next_id is None else Waiting(row.waiting, min(row.unfound, row.waiting))


def counted() -> Waiting:
    """Count all comments that were read, and those of them that no index has."""
    is_in = select(SearchedComment.id).where(SearchedComment.id == Response.id).exists()
    read = select(func.count()).select_from(Response).where(*READ)
    return Waiting(db.session.scalar(read) or 0, db.session.scalar(read.where(~is_in)) or 0)


READ = (func.trim(Response.comment) != "", Response.analysed_at.is_not(None))


def to_be_indexed(next_id: int, limit: int) -> Sequence[Row[Any]]:
    """Return up to `limit` responses with comments that were read, from one on down, and let nobody change them."""
    wanted = select(Response.id, Response.submitted_at, Response.saved_at, Response.comment)
    wanted = wanted.where(Response.id <= next_id, *READ).order_by(Response.id.desc()).limit(limit)
    return db.session.execute(wanted.with_for_update()).all()


def moved(since: datetime, limit: int) -> Sequence[Row[Any]]:
    """Return responses submitted since then which the index has at another time, and when they were."""
    wanted = select(Response.id, Response.submitted_at).join(
        SearchedComment, SearchedComment.id == Response.id
    )
    late = (Response.submitted_at >= since, SearchedComment.at != Response.submitted_at)
    return db.session.execute(wanted.where(*late).limit(limit)).all()
