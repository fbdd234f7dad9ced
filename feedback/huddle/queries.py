"""What the page of a huddle asks: tasks, promises, decisions, and who gets it by mail."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from feedback.follow_up.models import Task, TaskEvent, TaskPromise
from feedback.follow_up.queries import IS_OPEN, with_everything
from feedback.follow_up.states import REOPEN_WITHIN, State
from feedback.huddle.models import HuddleDecision, HuddleMail, HuddleReader
from surveys.brand.models import Brand
from surveys.customers.models import Customer
from surveys.database import db
from surveys.errors import Missing
from surveys.staff.models import StaffMember

LISTED = 30  # so many of a kind stand on the page; of more it gives the number
LAST_LEVEL = 3
LEADS = ("admin", "owner")


class Some(NamedTuple):
    """The first tasks of a kind, and how many there are in all."""

    tasks: Sequence[Task]
    number: int


def late(now: datetime, brand: Brand | None) -> Some:
    """Return the open tasks of which a promised time has passed, the longest ago first."""
    return some_tasks(and_(IS_OPEN, Task.due_at < now), Task.due_at, brand)


def waiting_for_a_decision(brand: Brand | None) -> Some:
    """Return the open tasks that wait for somebody inside, or have climbed the whole ladder."""
    waits = or_(Task.state == State.WAITING_INTERNAL, Task.escalation_level == LAST_LEVEL)
    return some_tasks(and_(IS_OPEN, waits), Task.opened_at, brand)


def ended(since: datetime, until: datetime, brand: Brand | None) -> Some:
    """Return the tasks that were closed within a time, the last first."""
    return some_tasks(and_(Task.closed_at >= since, Task.closed_at < until), Task.closed_at.desc(), brand)


def not_solved(now: datetime, brand: Brand | None) -> Some:
    """Return the tasks that ended with the customer's "no" and may still be taken up again, the last first.

    One stays until an admin or an owner has done something about it, a note being enough (methodology 4.3: the lead
    looks at it, it does not go round once more by itself).
    """
    said_no = and_(TaskEvent.task_id == Task.id, TaskEvent.kind == "answered")
    last_word = select(func.max(TaskEvent.at)).where(said_no).correlate(Task).scalar_subquery()
    since = aliased(TaskEvent)
    looked_at = (
        select(since.id)
        .join(since.actor)
        .where(since.task_id == Task.id, since.at > last_word, StaffMember.role.in_(LEADS))
    )
    lately = and_(Task.outcome == "not_recovered", Task.closed_at > now - REOPEN_WITHIN)
    return some_tasks(and_(lately, ~looked_at.correlate(Task).exists()), Task.closed_at.desc(), brand)


def some_tasks(condition: ColumnElement[bool], order: Any, brand: Brand | None) -> Some:
    """Return the first tasks that fit, of one brand or of all, and how many do."""
    query = with_everything(select(Task), condition, brand).order_by(order, Task.id).limit(LISTED)
    counted = select(func.count()).select_from(Task).join(Task.customer).where(condition)
    if brand is not None:
        counted = counted.where(Customer.brand_id == brand.id)
    return Some(db.session.scalars(query).unique().all(), db.session.scalar(counted) or 0)


def promises_until(moment: datetime, brand: Brand | None) -> Sequence[TaskPromise]:
    """Return the promises that are neither kept nor withdrawn and end before then, the first first; at most 30."""
    query = select(TaskPromise).join(TaskPromise.task).join(Task.customer)
    if brand is not None:
        query = query.where(Customer.brand_id == brand.id)
    query = query.where(TaskPromise.settled_at.is_(None), TaskPromise.until < moment)
    query = query.options(
        contains_eager(TaskPromise.task).contains_eager(Task.customer).joinedload(Customer.brand),
        contains_eager(TaskPromise.task).joinedload(Task.assignee),
    )
    return db.session.scalars(query.order_by(TaskPromise.until, TaskPromise.id).limit(LISTED)).all()


def decisions(since: datetime) -> Sequence[HuddleDecision]:
    """Return the decisions that are open, and those that were done since then; the oldest first, at most 100."""
    wanted = or_(HuddleDecision.done_at.is_(None), HuddleDecision.done_at >= since)
    query = select(HuddleDecision).where(wanted).options(joinedload(HuddleDecision.made_by))
    return db.session.scalars(query.order_by(HuddleDecision.day, HuddleDecision.id).limit(100)).all()


def decision_or_missing(public_id: str) -> HuddleDecision:
    """Return one decision, locked until the commit; refuse as missing."""
    query = select(HuddleDecision).where(HuddleDecision.public_id == public_id).with_for_update()
    found = db.session.scalar(query)
    if found is None:
        raise Missing()
    return found


def oldest_brand() -> Brand | None:
    """Return the oldest brand, whose calendar counts where none is chosen; None before there is any."""
    return db.session.scalar(select(Brand).order_by(Brand.id).limit(1))


def reader_of(staff_id: int) -> HuddleReader | None:
    """Return when somebody gets the page by mail, None when not."""
    return db.session.get(HuddleReader, staff_id)


def readers_without(day: date) -> Sequence[HuddleReader]:
    """Return the people who get the page by mail and have none of that day yet."""
    made = select(HuddleMail.id).where(HuddleMail.staff_id == HuddleReader.staff_id, HuddleMail.day == day)
    query = select(HuddleReader).join(HuddleReader.staff).where(StaffMember.is_active, ~made.exists())
    return db.session.scalars(query.order_by(HuddleReader.staff_id)).all()


def has_mail(staff_id: int, day: date) -> bool:
    """Return whether somebody has the mail of that day; nobody else makes one until the commit."""
    db.session.execute(select(StaffMember.id).where(StaffMember.id == staff_id).with_for_update())
    theirs = (HuddleMail.staff_id == staff_id, HuddleMail.day == day)
    return db.session.scalar(select(HuddleMail.id).where(*theirs)) is not None


def due_mails(now: datetime) -> int:
    """Count mails with the page that should have left by now."""
    return (
        db.session.scalar(select(func.count()).select_from(HuddleMail).where(HuddleMail.due_at <= now)) or 0
    )
