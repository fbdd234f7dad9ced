"""What the inbox asks: its queues by urgency, how many tasks each holds, and what was solved."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Tuple, and_, false, func, literal, or_, select, tuple_

from feedback.analysis.models import Analysis, is_current
from feedback.follow_up.clocks.timing import calendar_of
from feedback.follow_up.models import Task
from feedback.follow_up.queries import IS_OPEN, with_everything
from feedback.follow_up.service_levels import business_days_back
from feedback.follow_up.states import REOPENABLE_STATES, WAITING_STATES, State
from surveys.brand.models import Brand
from surveys.brand.queries import all_brands
from surveys.customers.models import Customer
from surveys.database import db
from surveys.responses.models import Response
from surveys.staff.models import StaffMember

LATELY = timedelta(days=14)
# Business days after which a task is stuck: without an owner, waiting for a colleague, in work without any deed.
STUCK_DAYS = (1, 3, 5)
LAST_LEVEL = 3


class Counts(NamedTuple):
    """How many tasks each view of the inbox holds."""

    mine: int
    unassigned: int
    open: int
    waiting: int
    snoozed: int
    stuck: int
    resolved: int


class Week(NamedTuple):
    """What was solved in the last seven days, and how many of those the customers confirmed."""

    solved: int
    recovered: int


def views_of(staff: StaffMember, now: datetime) -> dict[str, ColumnElement[bool]]:
    """Return the condition of each view of the inbox, of a task with its customer, by its name.

    What is snoozed stands in a view of its own and, when nobody cares for it, among the stuck ones.
    """
    in_sight = and_(IS_OPEN, Task.snoozed_until.is_(None))
    return {
        "mine": and_(in_sight, Task.assignee_id == staff.id),
        "unassigned": and_(in_sight, Task.assignee_id.is_(None)),
        "open": in_sight,
        "waiting": and_(in_sight, Task.state.in_(sorted(WAITING_STATES))),
        "snoozed": and_(IS_OPEN, Task.snoozed_until.is_not(None)),
        "stuck": is_stuck(now),
        "resolved": and_(Task.state.in_(sorted(REOPENABLE_STATES)), Task.changed_at > now - LATELY),
    }


# The order of the queue: level (a broken promise lifts by one, what waits for the customer comes last), points with
# ageing, time left, id. All of it is stored, so that an index gives a page.
QUEUE = (Task.standing, Task.calm, Task.queue_at, Task.id)


def is_stuck(now: datetime) -> ColumnElement[bool]:
    """Return the condition, of a task with its customer, that nobody touches it although something is due.

    Nobody owns it for more than a business day of its brand, a colleague is waited for since more than 3, nothing was
    done about it for more than 5, or the last rung of the ladder is told.
    """
    untouched = or_(false(), *(is_untouched(brand, now) for brand in all_brands()))
    return and_(IS_OPEN, or_(and_(Task.due_at.is_not(None), untouched), Task.escalation_level == LAST_LEVEL))


def is_untouched(brand: Brand, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a task of the brand was left alone for longer than its state allows."""
    one, three, five = (business_days_back(now, days, calendar_of(brand)) for days in STUCK_DAYS)
    ours, left_alone = Customer.brand_id == brand.id, Task.touched_at
    our_turn = Task.state != State.WAITING_CUSTOMER
    nobodys = and_(Task.assignee_id.is_(None), our_turn, left_alone < one)
    colleagues = and_(Task.state == State.WAITING_INTERNAL, left_alone < three)
    in_work = and_(Task.state.in_((State.NEW, State.IN_PROGRESS)), left_alone < five)
    return and_(ours, or_(nobodys, colleagues, in_work))


def inbox(
    condition: ColumnElement[bool], brand: Brand | None, limit: int, after: tuple[Any, ...] = ()
) -> list[Any]:
    """Return up to `limit` rows (task, standing, calm, queue_at, id) of a queue of open tasks, most urgent first.

    `after` are the sorting values of the last row of the page before.
    """
    is_queued = and_(condition, Task.standing.is_not(None))
    query = with_everything(select(Task, *QUEUE), is_queued, brand)
    if after:
        query = query.where(tuple_(*QUEUE) > values_for(QUEUE, after))
    return list(db.session.execute(query.order_by(*QUEUE).limit(limit)))


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
