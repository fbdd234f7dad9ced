"""Note that somebody is at a task, that they have left it, and forget it soon."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Delete, Insert, Update, delete, insert, select, update

from feedback.follow_up.presence.models import TaskPresence
from surveys.database import db

LASTS = timedelta(seconds=30)
NOTED_EVERY = timedelta(seconds=10)


def arriving(task_id: int, staff_id: int, writes: str | None, now: datetime) -> Insert | Update | None:
    """Return what notes that somebody is at a task; None where the same was noted within ten seconds."""
    values = {"seen_at": now, "writes": writes}
    last = db.session.scalar(select(TaskPresence).where(*pair(task_id, staff_id)))
    if last is None:
        return insert(TaskPresence).values(task_id=task_id, staff_id=staff_id, **values)
    if last.writes == writes and now - last.seen_at < NOTED_EVERY:
        return None
    return update(TaskPresence).where(TaskPresence.id == last.id).values(values)


def leaving(task_id: int, staff_id: int) -> Delete:
    """Return what notes that somebody has left a task."""
    return delete(TaskPresence).where(*pair(task_id, staff_id))


def sweep(now: datetime) -> int:
    """Delete what nobody is shown any more; return how much."""
    gone = delete(TaskPresence).where(TaskPresence.seen_at <= now - LASTS)
    return db.session.execute(gone).rowcount  # type: ignore[attr-defined, no-any-return]


def pair(task_id: int, staff_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions of the one row of somebody at a task."""
    return TaskPresence.task_id == task_id, TaskPresence.staff_id == staff_id
