"""Whom the rules choose from, what they know of a task, and which tasks wait for somebody to be free."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, func, literal, or_, select
from sqlalchemy.orm import joinedload

from feedback.follow_up.assigning.models import Assigning
from feedback.follow_up.assigning.naming import named_in
from feedback.follow_up.assigning.routing import WEIGHTS, Candidate
from feedback.follow_up.models import Signal, Task
from feedback.follow_up.queries import IS_OPEN, TASK_ROLES
from surveys.database import db
from surveys.responses.models import Response
from surveys.staff.models import StaffMember
from surveys.staff.queries import is_absent
from surveys.work import not_set_aside

CONTINUITY = timedelta(days=90)  # methodology 4.5
WEIGHT = case(WEIGHTS, value=Task.priority, else_=0)


class Handled(NamedTuple):
    """Who handled a customer last, and when."""

    staff_id: int
    at: datetime


class Team(NamedTuple):
    """Whom the rules may choose: agents, and by their ids everybody who was asked for."""

    everybody: dict[int, Candidate]
    agents: list[Candidate]


def lock_givers() -> None:
    """Let nobody else give a task by the rules until the commit, so that two do not fill one person's capacity at once.

    The rows of agents are the lock, taken in the order of their ids, after every other lock that is needed.
    """
    agents = select(StaffMember.id).where(StaffMember.role == "agent", StaffMember.is_active)
    db.session.execute(agents.order_by(StaffMember.id).with_for_update(key_share=True))


def team_now(now: datetime, also: Collection[int] = ()) -> Team:
    """Return every active agent, and those of `also` who may work tasks, with what they have open.

    Load and last time are looked up in an index for each of them, so that old tasks cost nothing.
    """
    theirs = Task.assignee_id == StaffMember.id
    load = select(func.coalesce(func.sum(WEIGHT), 0)).where(theirs, IS_OPEN).scalar_subquery()
    last = select(func.max(Task.opened_at)).where(theirs).scalar_subquery()
    away = or_(StaffMember.is_away, is_absent(now))
    able = (StaffMember.is_active, StaffMember.role.in_(TASK_ROLES))
    wanted = or_(StaffMember.role == "agent", StaffMember.id.in_(also))
    query = select(StaffMember, away, load, last).where(*able, wanted).order_by(StaffMember.id)
    everybody, agents = {}, []
    for staff, is_away, points, given_at in db.session.execute(query):
        spoken = frozenset(staff.languages or ())
        one = Candidate(staff.id, bool(is_away), int(points), given_at, staff.capacity, spoken)
        everybody[staff.id] = one
        if staff.role == "agent":
            agents.append(one)
    return Team(everybody, agents)


def handled_before(task: Task, now: datetime) -> Handled | None:
    """Return who had the customer's latest other task of the last 90 days, or None."""
    wanted = (
        Task.customer_id == task.customer_id,
        Task.id != task.id,
        Task.assignee_id.is_not(None),
        Task.touched_at > now - CONTINUITY,
    )
    query = select(Task.assignee_id, Task.touched_at).where(*wanted)
    row = db.session.execute(query.order_by(Task.id.desc()).limit(1)).first()
    return Handled(*row) if row else None


def comments_of(task: Task) -> list[str]:
    """Return what the customer wrote in the answers of a task."""
    # In one list, for with OR PostgreSQL would read all answers there are.
    theirs = select(literal(task.response_id)).union(
        select(Signal.response_id).where(Signal.task_id == task.id)
    )
    query = select(Response.comment).where(Response.id.in_(theirs), Response.comment.is_not(None))
    return [comment for comment in db.session.scalars(query) if comment]


def names_of_staff() -> dict[int, str]:
    """Return the names of everybody who works here, by id."""
    query = select(StaffMember.id, StaffMember.name).where(StaffMember.is_active)
    return dict(db.session.execute(query).tuples().all())


def named_staff(task: Task) -> frozenset[int]:
    """Return the ids of those who work here and whom the customer names in the answers of a task."""
    return named_in(comments_of(task), names_of_staff())


def waiting_tasks(job: str, limit: int, spare: int | None, languages: Collection[str] | None) -> list[int]:
    """Return tasks for which nobody was free, the first of the queue first.

    Only those that weigh at most `spare` (None: any) and are in one of `languages` (None: any): the others would be
    looked at in vain. A task that a person gave back to nobody is none of them.
    """
    query = select(Task.id).where(is_waiting(), not_set_aside(job, Task.id))
    if spare is not None:
        light = [priority for priority, weight in WEIGHTS.items() if weight <= spare]
        query = query.where(Task.priority.in_(light))
    if languages is not None:
        spoken = func.lower(func.substr(Response.locale, 1, 2)).in_(sorted(languages))
        query = query.join(Task.response).where(spoken)
    order = (Task.standing, Task.calm, Task.queue_at, Task.id)
    return list(db.session.scalars(query.order_by(*order).limit(limit)))


def is_waiting() -> ColumnElement[bool]:
    """Return the condition that a task waits for somebody to be free, as its partial index says it."""
    return Task.assignee_id.is_(None) & Task.assigned_because.is_not(None) & Task.standing.is_not(None)


def waiting_for_somebody(_now: datetime) -> int:
    """Count the tasks that wait for somebody to be free; the loop's page shows it."""
    return db.session.scalar(select(func.count(Task.id)).where(is_waiting())) or 0


def running_tasks_of(staff: StaffMember, limit: int | None = None, *, locked: bool = False) -> Sequence[Task]:
    """Return the open tasks of somebody of which a clock runs, the first of the queue first unless `locked`.

    Locked ones are nobody else's to change until the commit; they come by their ids, so that two who lock do not wait
    for each other.
    """
    theirs = (Task.assignee_id == staff.id, IS_OPEN, Task.due_at.is_not(None))
    query = select(Task).where(*theirs).limit(limit)
    if locked:
        query = query.order_by(Task.id).with_for_update(of=Task).execution_options(populate_existing=True)
    else:
        query = query.order_by(Task.standing, Task.calm, Task.queue_at, Task.id)
        query = query.options(joinedload(Task.customer))
    return db.session.scalars(query).all()


def stands_in() -> bool:
    """Return whether late tasks of people who are away go to a free colleague."""
    return bool(db.session.scalar(select(Assigning.stands_in)))


def loads() -> dict[int, int]:
    """Return what each person has open, in points, by their ids."""
    query = select(Task.assignee_id, func.sum(WEIGHT)).where(IS_OPEN, Task.assignee_id.is_not(None))
    found = db.session.execute(query.group_by(Task.assignee_id)).tuples()
    return {staff_id: int(points) for staff_id, points in found if staff_id is not None}
