"""Take back what a deed on many did with one task, as long as nobody has touched the task since."""

from datetime import datetime
from typing import Any

from feedback.follow_up.models import Task
from feedback.follow_up.moving import check_seen, put_back, record
from feedback.follow_up.queries import staff_named
from feedback.follow_up.states import OPEN_STATES
from feedback.follow_up.triaging import give
from surveys.staff.models import StaffMember


def before_deed(task: Task) -> dict[str, Any]:
    """Return what an undo has to restore: state, owner and snooze, as JSON can hold them."""
    return {
        "state": task.state,
        "assignee": task.assignee.public_id if task.assignee else None,
        "waiting_until": written(task.waiting_until),
        "snoozed_at": written(task.snoozed_at),
        "snoozed_until": written(task.snoozed_until),
    }


def undo(
    task: Task, before: dict[str, Any], left_at: int | None, kind: str, now: datetime, *, actor: StaffMember
) -> None:
    """Restore what the task was before; refuse with ChangedMeanwhile when somebody has changed it since.

    `left_at` is the last change when the deed `kind` was done. A snooze whose time has passed meanwhile stays over.
    """
    check_seen(task, left_at)
    put_back(task, before["state"], read(before["waiting_until"]), now, actor=actor)
    give(task, staff_named(before["assignee"]) if before["assignee"] else None, now, actor=actor)
    until = read(before["snoozed_until"])
    if task.state in OPEN_STATES:
        holds = until is not None and until > now
        task.snoozed_at = read(before["snoozed_at"]) if holds else None
        task.snoozed_until = until if holds else None
    record(task, "undone", now, actor=actor, text=kind)


def written(at: datetime | None) -> str | None:
    """Return a time as JSON holds it."""
    return at.isoformat() if at else None


def read(text: str | None) -> datetime | None:
    """Return the time that `written` was given."""
    return datetime.fromisoformat(text) if text else None
