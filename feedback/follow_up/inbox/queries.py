"""What the inbox asks: its queues by urgency, how many tasks each holds, and what was solved."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Tuple, and_, false, func, literal, or_, select, tuple_

from feedback.analysis.models import Analysis, is_current
from feedback.follow_up.clocks.timing import calendar_of
from feedback.follow_up.inbox.asking import VIEWS, Asked
from feedback.follow_up.incidents.models import Incident
from feedback.follow_up.models import Task
from feedback.follow_up.queries import with_everything
from feedback.follow_up.service_levels import business_days_back
from feedback.follow_up.states import WAITING_STATES, State
from surveys.brand.models import Brand
from surveys.brand.queries import all_brands, brand_or_missing
from surveys.cursor import Page, decode, page_of
from surveys.customers.finding.queries import customers_called, orders_called
from surveys.database import db
from surveys.responses.models import Response
from surveys.staff.models import StaffMember

LATELY, SOON = timedelta(days=14), timedelta(hours=2)
# Business days after which a task is stuck: without an owner, waiting for a colleague, in work without any deed.
STUCK_DAYS = (1, 3, 5)
LAST_LEVEL = 3
FEW = 2_000  # customers or orders with the same part of a name
# The order of the queue: level (a broken promise lifts by one, what waits for the customer comes last), points with
# ageing, time left, id. All of it is stored, so that an index gives a page.
QUEUE = (Task.standing, Task.calm, Task.queue_at, Task.id)
# An open task has a place in the queue; said so, the index of the queue is all that has to be read.
IN_QUEUE = Task.standing.is_not(None)


class Week(NamedTuple):
    """What was solved in the last seven days, and how many of those the customers confirmed."""

    solved: int
    recovered: int


def views_of(staff: StaffMember | None, now: datetime) -> dict[str, ColumnElement[bool]]:
    """Return the condition of each view of the inbox, of a task, by its name; nobody's own tasks (`staff` None) are none.

    What is snoozed stands in a view of its own and, when nobody cares for it, among the stuck ones.
    """
    in_sight = and_(IN_QUEUE, Task.snoozed_until.is_(None))
    return {
        **{name: and_(in_sight, condition) for name, condition in within_sight(staff, now).items()},
        "snoozed": and_(IN_QUEUE, Task.snoozed_until.is_not(None)),
        "stuck": and_(IN_QUEUE, is_stuck(now)),
        "open": in_sight,
        "resolved": and_(Task.standing.is_(None), Task.changed_at > now - LATELY),
    }


def within_sight(staff: StaffMember | None, now: datetime) -> dict[str, ColumnElement[bool]]:
    """Return what the views of open tasks in sight ask for beyond that."""
    return {
        "mine": owner() == staff.id if staff is not None else false(),
        "unassigned": owner().is_(None),
        "soon": and_(Task.due_at >= now, Task.due_at < now + SOON),
        "late": Task.due_at < now,
        "reopened": Task.reopened > 0,
        "silent": Task.is_silent.is_(True),
        "waiting": Task.state.in_(sorted(WAITING_STATES)),
    }


def owner() -> ColumnElement[int | None]:
    """Return the owner of a task, to be compared along the queue.

    "+ 0" keeps SQLite from an index of owners, which knows no urgency: it would fetch and sort all of theirs, also those
    of years ago.
    """
    return Task.assignee_id + 0


def is_stuck(now: datetime) -> ColumnElement[bool]:
    """Return the condition of an open task that nobody touches it although something is due.

    Nobody owns it for more than a business day of its brand, a colleague is waited for since more than 3, nothing was
    done about it for more than 5, or the last rung of the ladder is told.
    """
    untouched = or_(false(), *(is_untouched(brand, now) for brand in all_brands()))
    return or_(and_(Task.due_at.is_not(None), untouched), Task.escalation_level == LAST_LEVEL)


def is_untouched(brand: Brand, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a task of the brand was left alone for longer than its state allows."""
    one, three, five = (business_days_back(now, days, calendar_of(brand)) for days in STUCK_DAYS)
    ours, left_alone = Task.brand_id == brand.id, Task.touched_at
    our_turn = Task.state != State.WAITING_CUSTOMER
    nobodys = and_(Task.assignee_id.is_(None), our_turn, left_alone < one)
    colleagues = and_(Task.state == State.WAITING_INTERNAL, left_alone < three)
    in_work = and_(Task.state.in_((State.NEW, State.IN_PROGRESS)), left_alone < five)
    return and_(ours, or_(nobodys, colleagues, in_work))


def narrowed(asked: Asked, staff: StaffMember | None, now: datetime) -> ColumnElement[bool]:
    """Return the condition of a queue with its shop and its terms, of a task."""
    found = [views_of(staff, now)[asked.view]]
    if asked.brand:
        found.append(Task.brand_id == brand_or_missing(asked.brand).id)
    if asked.priority:
        found.append(Task.priority == asked.priority)
    if asked.owner:
        theirs = select(StaffMember.id).where(StaffMember.public_id == asked.owner).scalar_subquery()
        found.append(owner() == theirs)
    if asked.reason:
        found.append(or_(Task.reason == asked.reason, Task.reason.startswith(f"{asked.reason}.")))
    if asked.incident:
        its = select(Incident.id).where(Incident.public_id == asked.incident).scalar_subquery()
        found.append(Task.incident_id == its)
    if asked.q:
        found.append(is_about(asked.q))
    return and_(*found)


def is_about(words: str) -> ColumnElement[bool]:
    """Return the condition that the customer or the order of a task is called like that.

    What few are called leads to their tasks. What many are called is looked for along the queue, whose index holds both.
    """
    customers, orders = customers_called(words), orders_called(words)
    answers = select(Response.id).where(Response.purchase_id.in_(orders))
    if any(db.session.execute(each.offset(FEW).limit(1)).first() for each in (customers, orders)):
        return or_((Task.customer_id + 0).in_(customers), (Task.response_id + 0).in_(answers))
    of_them = select(Task.id).where(Task.customer_id.in_(customers))
    return Task.id.in_(of_them.union(select(Task.id).where(Task.response_id.in_(answers))))


def inbox(
    condition: ColumnElement[bool], limit: int, after: tuple[Any, ...] = (), *, backwards: bool = False
) -> list[tuple[Any, ...]]:
    """Return up to `limit` rows (task, standing, calm, queue_at, id) of a queue of open tasks, most urgent first.

    `after` are the sorting values of the row before them; `backwards` gives those before it, nearest first.
    """
    query = select(*QUEUE).where(condition, IN_QUEUE)
    if after:
        here, given = tuple_(*QUEUE), values_for(QUEUE, after)
        query = query.where(here < given if backwards else here > given)
    order = [key.desc() for key in QUEUE] if backwards else QUEUE
    return with_tasks(query.order_by(*order).limit(limit))


def lately_changed(
    condition: ColumnElement[bool], limit: int, after: tuple[Any, ...] = ()
) -> list[tuple[Any, ...]]:
    """Return up to `limit` rows (task, changed_at, id), the last changed first."""
    keys = (Task.changed_at, Task.id)
    query = select(*keys).where(condition)
    if after:
        query = query.where(tuple_(*keys) < values_for(keys, after))
    return with_tasks(query.order_by(*(key.desc() for key in keys)).limit(limit))


def page_of_queue(
    asked: Asked, condition: ColumnElement[bool], limit: int, cursor: str | None
) -> Page[tuple[Any, ...]]:
    """Return up to `limit` rows of a queue, each a task and its sorting values; `cursor` is the mark of the page before.

    Open tasks come as the queue has them, those done lately with the last changed first.
    """
    if asked.view == "resolved":
        begin = decode(cursor, datetime, int) if cursor else ()
        found = lately_changed(condition, limit + 1, begin)
    else:
        begin = decode(cursor, int, int, datetime, int) if cursor else ()
        found = inbox(condition, limit + 1, begin)
    return page_of(found, limit, lambda row: tuple(row[1:]))


def with_tasks(places: Select[Any]) -> list[tuple[Any, ...]]:
    """Return each row of places in a list, whose last value is the id, behind its task with all that a row shows.

    The places come from an index alone; only then the tasks of this one page are fetched.
    """
    rows = [tuple(row) for row in db.session.execute(places)]
    wanted = with_everything(select(Task), Task.id.in_([row[-1] for row in rows]), None)
    tasks = {task.id: task for task in db.session.scalars(wanted)} if rows else {}
    return [(tasks[row[-1]], *row) for row in rows if row[-1] in tasks]


def counts(staff: StaffMember | None, brand: Brand | None, now: datetime) -> dict[str, int]:
    """Return how many tasks each view holds.

    The open ones in sight are counted in one go through the index of the queue, the few others through small indexes.
    """
    of_brand = [Task.brand_id == brand.id] if brand is not None else []
    asked = within_sight(staff, now) | {"stuck": is_stuck(now)}
    tasks = select(func.count(), *(func.count().filter(each) for each in asked.values())).select_from(Task)
    in_sight = tasks.where(IN_QUEUE, Task.snoozed_until.is_(None), *of_brand)
    put_off = tasks.where(IN_QUEUE, Task.snoozed_until.is_not(None), *of_brand)
    done = select(func.count()).select_from(Task).where(views_of(staff, now)["resolved"], *of_brand)
    names = ("open", *asked)
    found = dict(zip(names, db.session.execute(in_sight).one(), strict=True))
    asleep = dict(zip(names, db.session.execute(put_off).one(), strict=True))
    found["snoozed"], found["stuck"] = asleep["open"], found["stuck"] + asleep["stuck"]
    found["resolved"] = db.session.scalar(done) or 0
    return {view: found[view] for view in VIEWS}


def count_of(condition: ColumnElement[bool]) -> int:
    """Return how many tasks a narrowed queue holds."""
    return db.session.scalar(select(func.count()).select_from(Task).where(condition)) or 0


def has_own(staff: StaffMember, brand: Brand | None, now: datetime) -> bool:
    """Tell whether somebody has a task to work on, of one brand or of any."""
    of_brand = [Task.brand_id == brand.id] if brand is not None else []
    query = select(Task.id).where(views_of(staff, now)["mine"], *of_brand)
    return db.session.scalar(query.limit(1)) is not None


def solved_since(since: datetime, brand: Brand | None) -> Week:
    """Return how many tasks were solved since then."""
    recovered = func.count(Task.id).filter(Task.outcome == "recovered")
    # What was solved since then was changed since then: said so, the index of what is done is all that has to be read.
    query = select(func.count(Task.id), recovered).where(
        Task.standing.is_(None), Task.changed_at >= since, Task.resolved_at >= since
    )
    if brand is not None:
        query = query.where(Task.brand_id == brand.id)
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
