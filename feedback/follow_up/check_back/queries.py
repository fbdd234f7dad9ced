"""What is asked about replacements whose customers wait to be asked."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from feedback.follow_up.check_back.spans import REPLACED
from feedback.follow_up.models import Task, TaskEvent
from feedback.follow_up.states import State
from surveys.customers.models import Purchase
from surveys.database import db
from surveys.invitations.models import Invitation
from surveys.responses.models import Response
from surveys.work import not_set_aside


def is_replacement() -> ColumnElement[bool]:
    """Return the condition that a purchase arrived after the task was opened: its own at last, or a later one."""
    sent_anew = or_(Purchase.placed_at > Task.opened_at, Purchase.id == Response.purchase_id)
    return and_(Purchase.customer_id == Task.customer_id, Purchase.delivered_at > Task.opened_at, sent_anew)


def replacement_delivered_at(task: Task) -> datetime | None:
    """Return when something arrived that may be the replacement; the first, None when nothing is known to have."""
    wanted = select(func.min(Purchase.delivered_at)).select_from(Task).join(Task.response)
    return db.session.scalar(wanted.join(Purchase, is_replacement()).where(Task.id == task.id))


def delivered_meanwhile(job: str, limit: int) -> list[int]:
    """Return tasks whose check-back is planned and whose replacement has arrived since."""
    moved = select(TaskEvent.id).where(
        TaskEvent.task_id == Task.id,
        TaskEvent.kind == "check_back_moved",
        TaskEvent.after == Invitation.public_id,
    )
    # News of a delivery may be older than they come.
    is_news = or_(Purchase.delivered_at > Invitation.planned_at, Purchase.changed_at > Invitation.planned_at)
    arrived = select(Purchase.id).where(is_replacement(), is_news)
    query = (
        select(Task.id)
        .join(Task.response)
        .join(Task.verification)
        .where(Task.state == State.VERIFYING, Task.resolution == REPLACED, Invitation.state == "planned")
        .where(arrived.exists(), ~moved.exists(), not_set_aside(job, Task.id))
    )
    return list(db.session.scalars(query.order_by(Task.id).limit(limit)))
