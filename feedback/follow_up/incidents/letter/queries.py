"""What a letter to everybody asks: the open tasks of an incident, what speaks against writing, earlier letters."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from feedback.follow_up.clocks.timing import TOO_URGENT
from feedback.follow_up.inbox.models import BulkDeed, BulkItem
from feedback.follow_up.incidents.models import Incident
from feedback.follow_up.models import Task
from feedback.follow_up.queries import IS_OPEN
from surveys.customers.models import Customer
from surveys.database import db
from surveys.permission.queries import barred_among
from surveys.responses.models import Response

AT_ONCE = 500


class Candidate(NamedTuple):
    """A task whose customer may be written to, with what speaks against it.

    `barred` is a reason of invitations why nobody writes to them; `has_urgent` says that an open task of theirs, or
    of another customer of the shop with their address, is P0 or P1.
    """

    task: Task
    barred: str | None
    has_urgent: bool


class Letters(NamedTuple):
    """A letter to everybody, with how many were written, how many left out, and how many of the written taken back."""

    deed: BulkDeed
    waiting: int
    written: int
    left_out: int
    taken_back: int

    @property
    def reached(self) -> int:
        """How many have the letter, or get it in a moment."""
        return self.written - self.taken_back


def is_open_in(incident: Incident) -> ColumnElement[bool]:
    """Return the condition of an open task of an incident."""
    return and_(Task.incident_id == incident.id, IS_OPEN)


def open_tasks_of(incident: Incident) -> Sequence[Task]:
    """Return the open tasks of an incident with their customers and answers, the first opened first."""
    query = select(Task).where(is_open_in(incident)).order_by(Task.id)
    return db.session.scalars(
        query.options(
            joinedload(Task.customer).joinedload(Customer.brand),
            joinedload(Task.response).joinedload(Response.survey),
        )
    ).all()


def candidates(tasks: Sequence[Task]) -> list[Candidate]:
    """Return these tasks with what speaks against writing to their customers."""
    barred = barred_among([task.customer for task in tasks])
    urgent: set[int] = set()
    ids = sorted({task.customer_id for task in tasks})
    for start in range(0, len(ids), AT_ONCE):
        urgent |= urgent_among(ids[start : start + AT_ONCE])
    return [Candidate(it, barred.get(it.customer_id), it.customer_id in urgent) for it in tasks]


def urgent_among(ids: Sequence[int]) -> set[int]:
    """Return which of these customers have an urgent open task, of their own or under their address in the shop."""
    other = aliased(Customer)
    same = and_(other.brand_id == Customer.brand_id, other.email == Customer.email)
    pressing = (Task.customer_id == other.id, IS_OPEN, Task.priority.in_(TOO_URGENT))
    own = select(Task.customer_id).where(Task.customer_id.in_(ids), IS_OPEN, Task.priority.in_(TOO_URGENT))
    namesake = select(Customer.id).join(other, same).join(Task, and_(*pressing)).where(Customer.id.in_(ids))
    return set(db.session.scalars(own.union(namesake)))


def is_written_to(deed: BulkDeed, task: Task) -> bool:
    """Tell whether the customer of a task, or somebody with their address, got the letter in another task."""
    customer = task.customer
    same = [Customer.id == customer.id]
    if customer.email:
        same.append(and_(Customer.brand_id == customer.brand_id, Customer.email == customer.email))
    done = select(BulkItem.id).join(BulkItem.task).join(Task.customer)
    done = done.where(BulkItem.deed_id == deed.id, BulkItem.state == "done", Task.id != task.id, or_(*same))
    return bool(db.session.scalar(select(exists(done))))


def missed_letter(task: Task) -> BulkItem | None:
    """Return the place of a task in the newest letter to everybody of its incident, if it was not written in this task.

    A letter that somebody has taken back is none.
    """
    if task.incident_id is None:
        return None
    undo = aliased(BulkDeed)
    theirs = (BulkDeed.incident_id == task.incident_id, BulkDeed.kind == "write", BulkItem.task_id == task.id)
    query = (
        select(BulkItem).join(BulkItem.deed).where(*theirs, ~exists().where(undo.undoes_id == BulkDeed.id))
    )
    last = db.session.scalar(query.order_by(BulkItem.id.desc()).limit(1))
    return last if last is not None and last.state == "refused" else None


def letters_to(incident: Incident) -> list[Letters]:
    """Return the letters to everybody of an incident, the newest first."""
    states = ("waiting", "done", "refused")
    counts = (func.count(BulkItem.id).filter(BulkItem.state == state) for state in states)
    undo, undone = aliased(BulkDeed), aliased(BulkItem)
    taken_back = select(func.count(undone.id)).join(undo, undone.deed_id == undo.id)
    taken_back = taken_back.where(undo.undoes_id == BulkDeed.id, undone.state == "done")
    query = select(BulkDeed, *counts, taken_back.scalar_subquery()).join(
        BulkItem, BulkItem.deed_id == BulkDeed.id, isouter=True
    )
    query = query.where(BulkDeed.incident_id == incident.id, BulkDeed.kind == "write").group_by(BulkDeed.id)
    rows = db.session.execute(query.options(selectinload(BulkDeed.staff)).order_by(BulkDeed.id.desc()))
    return [Letters(*row) for row in rows]


def count_letters(incident: Incident) -> int:
    """Count the letters to everybody of an incident, with none other begun until the commit."""
    db.session.execute(select(Incident.id).where(Incident.id == incident.id).with_for_update(key_share=True))
    wanted = select(func.count()).where(BulkDeed.incident_id == incident.id, BulkDeed.kind == "write")
    return db.session.scalar(wanted) or 0
