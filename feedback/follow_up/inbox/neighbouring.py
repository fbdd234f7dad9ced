"""The queue beside an opened task: its neighbours, and which task comes next."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from feedback.follow_up.inbox import queries
from feedback.follow_up.inbox.asking import Asked
from feedback.follow_up.models import Task
from surveys.staff.models import StaffMember

ROWS, BEFORE = 40, 5


class Beside(NamedTuple):
    """The rows around a task in its queue; `before` and `next` are its neighbours, None at the ends."""

    tasks: Sequence[Task]
    before: Task | None
    next: Task | None


def place_of(task: Task) -> tuple[Any, ...]:
    """Return the sorting values of an open task; empty for another, which stands in no queue."""
    if task.standing is None:
        return ()
    return (task.standing, task.calm, task.queue_at, task.id)


def beside(task: Task, asked: Asked, staff: StaffMember, now: datetime) -> Beside:
    """Return a queue around a task: its first rows if the task is among them, else some before it and those after."""
    condition = queries.narrowed(asked, staff, now)
    find = queries.lately_changed if asked.view == "resolved" else queries.inbox
    rows = [row[0] for row in find(condition, ROWS + 1)]
    at = next((n for n, each in enumerate(rows) if each.id == task.id), None)
    here = place_of(task)
    if here and (at is None or at == ROWS):
        above = [row[0] for row in queries.inbox(condition, BEFORE, here, backwards=True)]
        below = [row[0] for row in queries.inbox(condition, ROWS - BEFORE, here)]
        rows, at = [*reversed(above), task, *below], len(above)
    return _around(rows[: max(ROWS, (at or 0) + 2)], at)


def next_in(
    here: tuple[Any, ...], task: Task, asked: Asked, staff: StaffMember, now: datetime
) -> Task | None:
    """Return the task that comes after the place `here` of one that was dealt with, from the top again at the end."""
    condition = queries.narrowed(asked, staff, now)
    if asked.view == "resolved":
        return None
    for after in (here, ()):
        for row in queries.inbox(condition, 2, after):
            if row[0].id != task.id:
                found: Task = row[0]
                return found
    return None


def _around(rows: Sequence[Task], at: int | None) -> Beside:
    """Return rows with the neighbours of one of them; without it, the first comes next."""
    if at is None:
        return Beside(rows, None, rows[0] if rows else None)
    return Beside(rows, rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None)
