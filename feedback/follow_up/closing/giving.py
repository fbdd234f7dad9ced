"""Write down what a customer is given out of goodwill."""

from datetime import datetime

from feedback.follow_up.closing.goodwill import Money, check_limit
from feedback.follow_up.closing.models import Goodwill
from feedback.follow_up.closing.queries import given_with, limits
from feedback.follow_up.models import Task
from feedback.follow_up.moving import record
from surveys.database import db
from surveys.staff.models import StaffMember
from surveys.staff.permissions import KEYS_ACT_AS


def give(
    task: Task, money: Money, now: datetime, *, actor: StaffMember | None, by_key: bool = False
) -> Goodwill:
    """Note money given with the task; refuse with AboveLimit what the actor's role may not give.

    The history row that is written on the way counts the task up, so that two people giving at the same time
    cannot both pass the limit. `actor` is None for a machine, `by_key` says that a machine speaks for them: in an owner's
    name, too, it gives no more than an admin.
    """
    record(task, "gave", now, actor=actor, before=money.currency, after=str(money.amount))
    before = sum(each.amount for each in given_with(task.id) if each.currency == money.currency)
    role = KEYS_ACT_AS if actor is None or (by_key and actor.role == "owner") else actor.role
    check_limit(money, before, role, limits())
    given = Goodwill(task=task, amount=money.amount, currency=money.currency, given_at=now, given_by=actor)
    db.session.add(given)
    db.session.flush()
    return given
