"""What other rooms and the loop ask about readings."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from surveys.database import db
from surveys.responses.models import Response
from surveys.work import not_set_aside


def unread(job: str, saved_before: datetime, limit: int) -> list[int]:
    """Return ids of responses to be read, oldest first; partial ones only if `saved_before` then."""
    order = select(Response.id).where(to_be_read(job, saved_before)).order_by(Response.id).limit(limit)
    return list(db.session.scalars(order))


def unread_count(job: str, saved_before: datetime) -> int:
    """Return how many responses are still to be read."""
    waiting = select(func.count()).select_from(Response).where(to_be_read(job, saved_before))
    return db.session.scalar(waiting) or 0


def to_be_read(job: str, saved_before: datetime) -> ColumnElement[bool]:
    """Return the condition that a response is unread, complete or left alone, and not set aside."""
    ready = or_(~Response.is_partial, Response.saved_at <= saved_before)
    return and_(Response.analysed_at.is_(None), ready, not_set_aside(job, Response.id))
