"""What the inbox asks: its queues by urgency, how many tasks each holds, and what was solved."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Tuple, and_, case, func, literal, select, tuple_

from feedback.analysis.models import Analysis, is_current
from feedback.follow_up.models import Task
from feedback.follow_up.queries import IS_OPEN, with_everything
from feedback.follow_up.states import REOPENABLE_STATES, WAITING_STATES, State
from surveys.brand.models import Brand
from surveys.customers.models import Customer
from surveys.database import db
from surveys.responses.models import Response
from surveys.staff.models import StaffMember

LATELY = timedelta(days=14)


class Counts(NamedTuple):
    """How many tasks each view of the inbox holds."""

    mine: int
    unassigned: int
    open: int
    waiting: int
    resolved: int


class Week(NamedTuple):
    """What was solved in the last seven days, and how many of those the customers confirmed."""

    solved: int
    recovered: int


def views_of(staff: StaffMember, now: datetime) -> dict[str, ColumnElement[bool]]:
    """Return the condition of each view of the inbox, by its name."""
    return {
        "mine": and_(IS_OPEN, Task.assignee_id == staff.id),
        "unassigned": and_(IS_OPEN, Task.assignee_id.is_(None)),
        "open": IS_OPEN,
        "waiting": Task.state.in_(sorted(WAITING_STATES)),
        "resolved": and_(Task.state.in_(sorted(REOPENABLE_STATES)), Task.changed_at > now - LATELY),
    }


def urgency(now: datetime) -> tuple[Any, ...]:
    """Return what the queue is sorted by: broken promises, then priority, then time left.

    Tasks that wait for the customer come last; nothing can be done about them now.
    """
    band = case((Task.due_at < now, 0), (Task.state == State.WAITING_CUSTOMER, 2), else_=1)
    # A task without a running clock is not urgent: the last possible date of its opening stands for it.
    clock = func.coalesce(Task.due_at, Task.waiting_until, Task.opened_at)
    return (band, Task.priority, clock, Task.id)


def inbox(
    condition: ColumnElement[bool],
    brand: Brand | None,
    now: datetime,
    limit: int,
    after: tuple[Any, ...] = (),
) -> list[Any]:
    """Return up to `limit` rows (task, band, priority, clock, id) of a queue, most urgent first.

    `after` are the sorting values of the last row of the page before.
    """
    keys = urgency(now)
    query = with_everything(select(Task, *keys), condition, brand)
    if after:
        query = query.where(tuple_(*keys) > values_for(keys, after))
    return list(db.session.execute(query.order_by(*keys).limit(limit)))


def lately_changed(
    condition: ColumnElement[bool], brand: Brand | None, limit: int, after: tuple[Any, ...] = ()
) -> list[Any]:
    """Return up to `limit` rows (task, changed_at, id), the last changed first."""
    keys = (Task.changed_at, Task.id)
    query = with_everything(select(Task, *keys), condition, brand)
    if after:
        query = query.where(tuple_(*keys) < values_for(keys, after))
    return list(db.session.execute(query.order_by(*(key.desc() for key in keys)).limit(limit)))


def counts(staff: StaffMember, brand: Brand | None, now: datetime) -> Counts:
    """Return how many tasks each view holds."""
    sums = [func.count(Task.id).filter(condition) for condition in views_of(staff, now).values()]
    query = select(*sums).join(Task.customer)
    if brand is not None:
        query = query.where(Customer.brand_id == brand.id)
    return Counts(*db.session.execute(query).one())


def solved_since(since: datetime, brand: Brand | None) -> Week:
    """Return how many tasks were solved since then."""
    recovered = func.count(Task.id).filter(Task.outcome == "recovered")
    query = select(func.count(Task.id), recovered).join(Task.customer).where(Task.resolved_at >= since)
    if brand is not None:
        query = query.where(Customer.brand_id == brand.id)
    return Week(*db.session.execute(query).one())


def mixed_readings(tasks: Iterable[Task]) -> dict[int, Analysis]:
    """Return the readings of comments that praise and complain, by response: their rows begin with the complaint."""
    ids = [task.response_id for task in tasks]
    wanted = select(Analysis).join(Response, is_current())
    wanted = wanted.where(Response.id.in_(ids), Analysis.label == "mixed")
    return {row.response_id: row for row in db.session.scalars(wanted)} if ids else {}


def values_for(keys: tuple[Any, ...], after: tuple[Any, ...]) -> Tuple:
    """Return sorting values as the database compares them with `keys`."""
    return tuple_(*(literal(value, key.type) for key, value in zip(keys, after, strict=True)))
