"""Note that somebody is at a task, that they have left it, and forget it soon."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Insert, Update, delete, insert, select, update

from feedback.follow_up.presence.models import LASTS, TaskPresence
from surveys.database import db

NOTED_EVERY = timedelta(seconds=10)
ENDS_IN = timedelta(seconds=7)  # longer than from one sign of a page to the next


def arriving(task_id: int, staff_id: int, writes: str | None, now: datetime) -> Insert | Update | None:
    """Return what notes that somebody is at a task; None where the same was noted within ten seconds."""
    values = {"seen_at": now, "writes": writes}
    last = db.session.scalar(select(TaskPresence).where(*pair(task_id, staff_id)))
    if last is None:
        return insert(TaskPresence).values(task_id=task_id, staff_id=staff_id, **values)
    if last.writes == writes and now - last.seen_at < NOTED_EVERY:
        return None
    return update(TaskPresence).where(TaskPresence.id == last.id).values(values)


def leaving(task_id: int, staff_id: int, now: datetime) -> Update:
    """Return what notes that somebody has left a task: without another sign they are forgotten in a few seconds.

    Not at once: every deed opens the page anew, whose first sign may be quicker than this word of the old one.
    """
    almost = now - LASTS + ENDS_IN
    here = (*pair(task_id, staff_id), TaskPresence.seen_at > almost)
    return update(TaskPresence).where(*here).values(seen_at=almost)


def sweep(now: datetime) -> int:
    """Delete what nobody is shown any more; return how much."""
    gone = delete(TaskPresence).where(TaskPresence.seen_at <= now - LASTS)
    return db.session.execute(gone).rowcount  # type: ignore[attr-defined, no-any-return]


def pair(task_id: int, staff_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions of the one row of somebody at a task."""
    return TaskPresence.task_id == task_id, TaskPresence.staff_id == staff_id
