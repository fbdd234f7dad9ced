"""What pages ask about causes and goodwill."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from feedback.follow_up.closing.causes import Own
from feedback.follow_up.closing.goodwill import USUAL_LIMITS
from feedback.follow_up.closing.models import Goodwill, GoodwillLimit, OwnDetail
from feedback.follow_up.models import Task
from surveys.code_book.themes import Label
from surveys.customers.models import Purchase
from surveys.database import db

NO_ORDER_YET = "EUR"


class Given(NamedTuple):
    """What a task has cost out of goodwill in one currency, in minor units."""

    amount: int
    currency: str


def own_details() -> list[Own]:
    """Return the shop's own second-level causes, by key."""
    rows = db.session.scalars(select(OwnDetail).order_by(OwnDetail.key))
    return [Own(row.key, Label(row.en, row.de), row.is_retired) for row in rows]


def use_of_details() -> dict[str, int]:
    """Return how many tasks carry each second-level cause."""
    query = select(Task.cause_detail, func.count()).where(Task.cause_detail.is_not(None))
    return dict(db.session.execute(query.group_by(Task.cause_detail)).tuples().all())  # type: ignore[arg-type]


def limits() -> dict[str, int]:
    """Return the most whole units that a role may give with one task; a role that is not named has no limit."""
    said = dict(db.session.execute(select(GoodwillLimit.role, GoodwillLimit.most)).tuples().all())
    return USUAL_LIMITS | said


def given_with(task_id: int) -> list[Given]:
    """Return what the task has cost out of goodwill, a sum for each currency."""
    return _sums(Goodwill.task_id == task_id).get(task_id, [])


def given_with_each(tasks: Iterable[Task]) -> dict[int, list[Given]]:
    """Return the same for many tasks, by their ids; those that cost nothing are left out."""
    return _sums(Goodwill.task_id.in_([task.id for task in tasks]))


def _sums(condition: ColumnElement[bool]) -> dict[int, list[Given]]:
    """Return sums by task and currency."""
    query = select(Goodwill.task_id, func.sum(Goodwill.amount), Goodwill.currency).where(condition)
    found: dict[int, list[Given]] = {}
    rows = db.session.execute(query.group_by(Goodwill.task_id, Goodwill.currency).order_by(Goodwill.currency))
    for task_id, amount, currency in rows:
        found.setdefault(task_id, []).append(Given(int(amount), currency))
    return found


def currency_of(task: Task) -> str:
    """Return the currency that goodwill of this task is given in: the order's, else that of the shop's last order."""
    order = task.response.purchase
    if order is not None and order.currency is not None:
        return order.currency
    latest = (
        select(Purchase.currency)
        .where(Purchase.brand_id == task.brand_id, Purchase.currency.is_not(None))
        .order_by(Purchase.id.desc())
        .limit(1)
    )
    return db.session.scalar(latest) or NO_ORDER_YET
