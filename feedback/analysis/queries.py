"""What other rooms and the loop ask about readings."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

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
