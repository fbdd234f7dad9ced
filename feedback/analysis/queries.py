"""What other rooms and the loop ask about readings."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from feedback.analysis.models import Analysis
from surveys.database import db
from surveys.responses.models import Response
from surveys.responses.queries import is_settled
from surveys.work import not_set_aside


def unread(job: str, now: datetime, limit: int) -> list[int]:
    """Return ids of responses to be read, oldest first; partial ones when they have rested."""
    order = select(Response.id).where(to_be_read(job, now)).order_by(Response.id).limit(limit)
    return list(db.session.scalars(order))


def unread_count(job: str, now: datetime) -> int:
    """Return how many responses are still to be read."""
    waiting = select(func.count()).select_from(Response).where(to_be_read(job, now))
    return db.session.scalar(waiting) or 0


def to_be_read(job: str, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a response is unread, complete or left alone, and not set aside."""
    return and_(Response.analysed_at.is_(None), is_settled(now), not_set_aside(job, Response.id))


def read_by_another(job: str, analyzer: str, limit: int) -> list[int]:
    """Return ids of responses with a comment that another reader than `analyzer` has read, newest first.

    Erased comments keep the reading they had: there is nothing left to read.
    """
    order = (
        select(Analysis.response_id)
        .join(Response, Response.id == Analysis.response_id)
        .where(by_another(analyzer), Response.comment.is_not(None), not_set_aside(job, Response.id))
        .order_by(Analysis.response_id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(order))


def read_by_another_count(analyzer: str) -> int:
    """Return how many comments are still to be read again."""
    waiting = (
        select(func.count())
        .select_from(Analysis)
        .join(Response, Response.id == Analysis.response_id)
        .where(by_another(analyzer), Response.comment.is_not(None))
    )
    return db.session.scalar(waiting) or 0


def by_another(analyzer: str) -> ColumnElement[bool]:
    """Return the condition that a reading is another reader's; two ranges, which an index can answer."""
    return or_(Analysis.analyzer < analyzer, Analysis.analyzer > analyzer)


def newest_analyzer() -> str | None:
    """Return the name of the reader that read last, or None before the first reading."""
    last = (
        select(Analysis.analyzer).group_by(Analysis.analyzer).order_by(func.max(Analysis.analysed_at).desc())
    )
    return db.session.scalar(last.limit(1))
