"""What the clocks ask: how long was waited, whose time has come, and what was promised."""

from datetime import datetime

from sqlalchemy import func, or_, select

from feedback.follow_up.models import Task, TaskEvent, TaskPromise
from feedback.follow_up.states import WAITING_STATES, State
from surveys.database import db
from surveys.errors import N_, Missing
from surveys.responses.models import Response
from surveys.work import not_set_aside


def waits_of(task: Task) -> list[tuple[datetime, datetime]]:
    """Return from when to when the customer was waited for, each wait that is over."""
    waiting = or_(TaskEvent.after == State.WAITING_CUSTOMER, TaskEvent.before == State.WAITING_CUSTOMER)
    moves = select(TaskEvent).where(TaskEvent.task_id == task.id, TaskEvent.kind == "moved", waiting)
    waits: list[tuple[datetime, datetime]] = []
    begun: datetime | None = None
    with db.session.no_autoflush:
        rows = db.session.scalars(moves.order_by(TaskEvent.id)).all()
    for row in rows:
        if row.after == State.WAITING_CUSTOMER:
            begun = row.at
        elif begun is not None:
            waits.append((begun, row.at))
            begun = None
    return waits


def waiting_since(task_id: int) -> datetime | None:
    """Return when the task last began to wait for the customer."""
    began = (TaskEvent.kind == "moved", TaskEvent.after == State.WAITING_CUSTOMER)
    return db.session.scalar(select(func.max(TaskEvent.at)).where(TaskEvent.task_id == task_id, *began))


def waited_long_enough(job: str, now: datetime, limit: int) -> list[int]:
    """Return tasks that wait for the customer or a colleague although their date has come."""
    over = (Task.state.in_(WAITING_STATES), Task.waiting_until <= now, not_set_aside(job, Task.id))
    return list(db.session.scalars(select(Task.id).where(*over).order_by(Task.waiting_until).limit(limit)))


def slept_long_enough(job: str, now: datetime, limit: int) -> list[int]:
    """Return snoozed tasks whose time has come, or whose customers have answered something since."""
    answered = select(Response.id).where(
        Response.customer_id == Task.customer_id, Response.saved_at > Task.snoozed_at
    )
    woken = or_(Task.snoozed_until <= now, answered.exists())
    query = select(Task.id).where(Task.snoozed_until.is_not(None), woken, not_set_aside(job, Task.id))
    return list(db.session.scalars(query.order_by(Task.snoozed_until).limit(limit)))


def answered_since(task: Task, since: datetime) -> bool:
    """Return whether the customer of a task has answered anything since then."""
    theirs = (Response.customer_id == task.customer_id, Response.saved_at > since)
    return db.session.scalar(select(Response.id).where(*theirs).limit(1)) is not None


def rungs_to_look_at(job: str, now: datetime, limit: int) -> list[int]:
    """Return tasks of which a clock has reached a rung of the ladder, the longest ago first."""
    past = (Task.next_rung_at < now, not_set_aside(job, Task.id))
    return list(db.session.scalars(select(Task.id).where(*past).order_by(Task.next_rung_at).limit(limit)))


def promise_or_missing(task: Task, public_id: str) -> TaskPromise:
    """Return a promise of the task; refuse as missing."""
    wanted = (TaskPromise.task_id == task.id, TaskPromise.public_id == public_id)
    found = db.session.scalar(select(TaskPromise).where(*wanted))
    if found is None:
        raise Missing(N_("There is no such promise on this task. Load the task anew to see those there are."))
    return found
