"""Who is at a task just now, besides whoever asks."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, select

from feedback.follow_up.models import Task
from feedback.follow_up.presence.models import LASTS, TaskPresence
from surveys.database import db
from surveys.errors import Missing
from surveys.staff.models import StaffMember


class Present(NamedTuple):
    """Somebody who is at a task, and what they write there: a `mail`, a `note`, or nothing."""

    name: str
    writes: str | None


def task_id_or_missing(public_id: str) -> int:
    """Return the number of a task, without all that its page shows; refuse as missing."""
    task_id = db.session.scalar(select(Task.id).where(Task.public_id == public_id))
    if task_id is None:
        raise Missing()
    return task_id


def present_at(task_id: int, but: int, now: datetime) -> list[Present]:
    """Return who else is at a task: who writes to the customer first, who only looks last."""
    rows = db.session.execute(others(but, now).where(TaskPresence.task_id == task_id))
    return sorted(
        (Present(name, writes) for _, name, writes in rows), key=lambda it: (it.writes or "~", it.name)
    )


def present_among(tasks: Iterable[Task], but: int, now: datetime) -> dict[int, list[str]]:
    """Return the names of who else is at these tasks, by the number of the task, of all of them in one question."""
    found: dict[int, list[str]] = {}
    ids = [task.id for task in tasks]
    if ids:
        for task_id, name, _ in db.session.execute(others(but, now).where(TaskPresence.task_id.in_(ids))):
            found.setdefault(task_id, []).append(name)
    return found


def others(but: int, now: datetime) -> Select[tuple[int, str, str | None]]:
    """Return the question of who besides `but` is at which task just now."""
    return (
        select(TaskPresence.task_id, StaffMember.name, TaskPresence.writes)
        .join(StaffMember, StaffMember.id == TaskPresence.staff_id)
        .where(TaskPresence.seen_at > now - LASTS, TaskPresence.staff_id != but)
        .order_by(StaffMember.name)
    )
