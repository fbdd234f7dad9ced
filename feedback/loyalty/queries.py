"""What the page of repeat purchases asks: sums over customers and orders, never single ones.

An order counts unless it was cancelled; its money, unless it was refunded as well. Money is told per currency.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, select

from feedback.follow_up.models import Task
from feedback.follow_up.queries import IS_OPEN
from feedback.insights.queries import answers, counts_at
from feedback.insights.selection import Selection
from feedback.loyalty.churn import ENOUGH_GAPS, LAPSED_AT, Lapse, rank_of
from surveys.brand.models import Brand
from surveys.customers.models import Customer, Purchase
from surveys.database import db, minutes_between
from surveys.responses.models import Response

ORDERS_WITHIN = timedelta(days=90)
DAY = 24 * 60
YEAR = timedelta(days=365)
# How long back gaps between orders are learnt from.
LEARNT_FROM = timedelta(days=2 * 365)


class Ordered(NamedTuple):
    """Customers of a group: how many, and how many of them ordered again."""

    n: int
    again: int


class Cohort(NamedTuple):
    """Customers who were active at the start of a period, how many of them lapsed, and what they spent in it."""

    at_start: int
    lost: int
    spent: int


class Stake(NamedTuple):
    """Money of the customers of open tasks, in minor units: what they spent in a year, and the orders in question."""

    customers: int
    spent: int
    orders: int
    in_question: int


def ordered_again(selection: Selection, now: datetime) -> dict[str, Ordered]:
    """Return by the group of their first answer of the period how many customers ordered again within 90 days of it.

    Each customer counts once, and only if those days are over.
    """
    # Numbered by customer, so that the first of each need not be looked up again.
    nth = func.row_number().over(partition_by=Response.customer_id, order_by=Response.id).label("nth")
    numbered = answers(select(Response.customer_id, Response.group, Response.submitted_at, nth), selection)
    known = (Response.customer_id.is_not(None), Response.submitted_at <= now - ORDERS_WITHIN)
    answer = numbered.where(counts_at(now), *known).subquery("answer").c
    again = exists().where(
        Purchase.customer_id == answer.customer_id,
        Purchase.placed_at > answer.submitted_at,
        Purchase.cancelled_at.is_(None),
        minutes_between(answer.submitted_at, Purchase.placed_at) < ORDERS_WITHIN.days * DAY,
    )
    one = select(answer.group, again.label("again")).where(answer.nth == 1).subquery()
    read = select(one.c.group, func.count(), _number_of(one.c.again)).group_by(one.c.group)
    return {group: Ordered(n, k) for group, n, k in db.session.execute(read).tuples()}


def lapse_of(brand: Brand, now: datetime) -> Lapse | None:
    """Return after how many days without an order a customer of a shop counts as lapsed; None where too little is known.

    It is the 95th percentile of the gaps between one order and the next; two orders on one day are one.
    """
    before = func.lag(Purchase.placed_at).over(
        partition_by=Purchase.customer_id, order_by=(Purchase.placed_at, Purchase.id)
    )
    of_brand = (Purchase.brand_id == brand.id, Purchase.cancelled_at.is_(None))
    steps = select(Purchase.placed_at.label("at"), before.label("before")).where(
        *of_brand, Purchase.placed_at > now - LEARNT_FROM, Purchase.placed_at <= now
    )
    step = steps.subquery()
    gap = minutes_between(step.c.before, step.c.at)
    gaps = select(gap.label("gap")).where(step.c.before.is_not(None), gap >= DAY).subquery()
    n = db.session.scalar(select(func.count()).select_from(gaps)) or 0
    if n < ENOUGH_GAPS:
        return None
    place = select(gaps.c.gap).order_by(gaps.c.gap).offset(rank_of(LAPSED_AT, n) - 1).limit(1)
    minutes = db.session.scalar(place) or 0
    return Lapse(-(-minutes // DAY), n)


def cohort(brand: Brand, lapse: Lapse, start: datetime, end: datetime) -> Cohort:
    """Return the customers of a shop who were active at `start`, and how many of them had lapsed at `end`."""
    one = _orders_by(Purchase.customer_id, brand, lapse, start, end).subquery()
    lost = one.c.last <= end - timedelta(days=lapse.days)
    read = select(func.count(), _number_of(lost)).where(one.c.before.is_not(None))
    at_start, gone = db.session.execute(read).one()
    return Cohort(at_start, gone, 0)


def cohorts_by_currency(brand: Brand, lapse: Lapse, start: datetime, end: datetime) -> dict[str, Cohort]:
    """Return the same by the currency customers pay in, with what they spent between `start` and `end`."""
    by = (Purchase.customer_id, Purchase.currency)
    one = _orders_by(by, brand, lapse, start, end).where(Purchase.currency.is_not(None)).subquery()
    lost = one.c.last <= end - timedelta(days=lapse.days)
    sums = (func.count(), _number_of(lost), func.coalesce(func.sum(one.c.spent), 0))
    read = select(one.c.currency, *sums).where(one.c.before.is_not(None)).group_by(one.c.currency)
    found = db.session.execute(read.order_by(one.c.currency)).tuples()
    return {currency: Cohort(n, gone, int(spent)) for currency, n, gone, spent in found}


def _orders_by(by: Any, brand: Brand, lapse: Lapse, start: datetime, end: datetime) -> Any:
    """Return for each customer the last order up to `start`, the last one up to `end`, and what was spent in between.

    Orders before those that make somebody active at the start are left out.
    """
    keys = by if isinstance(by, tuple) else (by,)
    before = func.max(case((Purchase.placed_at <= start, Purchase.placed_at)))
    paid = and_(Purchase.placed_at > start, Purchase.refunded_at.is_(None))
    spent = func.sum(case((paid, func.coalesce(Purchase.total_amount, 0)), else_=0))
    counted = (
        Purchase.brand_id == brand.id,
        Purchase.cancelled_at.is_(None),
        Purchase.placed_at > start - timedelta(days=lapse.days),
        Purchase.placed_at <= end,
    )
    last = func.max(Purchase.placed_at)
    read = select(*keys, before.label("before"), last.label("last"), spent.label("spent"))
    return read.where(*counted).group_by(*keys)


def at_stake(brand_key: str | None, now: datetime) -> dict[str, Stake]:
    """Return by currency what the customers of open tasks spent in the last twelve months, and the orders in question."""
    stands = (Purchase.cancelled_at.is_(None), Purchase.refunded_at.is_(None))
    open_tasks = select(Task.customer_id).join(Task.customer).where(IS_OPEN)
    asked = select(Response.purchase_id).join(Task, Task.response_id == Response.id).join(Task.customer)
    asked = asked.where(IS_OPEN, Response.purchase_id.is_not(None))
    if brand_key is not None:
        brand = select(Brand.id).where(Brand.key == brand_key).scalar_subquery()
        open_tasks = open_tasks.where(Customer.brand_id == brand)
        asked = asked.where(Customer.brand_id == brand)
    is_recent = and_(Purchase.placed_at > now - YEAR, Purchase.placed_at <= now)
    is_asked = Purchase.id.in_(asked)
    total = func.coalesce(Purchase.total_amount, 0)
    read = (
        select(
            Purchase.currency,
            func.count(func.distinct(Purchase.customer_id)),
            func.sum(case((is_recent, total), else_=0)),
            _number_of(is_asked),
            func.sum(case((is_asked, total), else_=0)),
        )
        .where(Purchase.customer_id.in_(open_tasks), Purchase.currency.is_not(None), *stands)
        .where(is_recent | is_asked)
        .group_by(Purchase.currency)
        .order_by(Purchase.currency)
    )
    found = db.session.execute(read).tuples()
    return {currency: Stake(n, int(spent), k, int(money)) for currency, n, spent, k, money in found}


def open_tasks_count(brand_key: str | None) -> int:
    """Return how many tasks are open."""
    read = select(func.count(Task.id)).join(Task.customer).where(IS_OPEN)
    if brand_key is not None:
        read = read.join(Brand, Customer.brand_id == Brand.id).where(Brand.key == brand_key)
    return db.session.scalar(read) or 0


def _number_of(condition: ColumnElement[Any]) -> ColumnElement[int]:
    """Return how many rows meet a condition; 0 where there are none."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
