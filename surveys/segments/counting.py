"""How many orders conditions mean, and of how many customers.

Conditions on a customer's past are counted in the database, over all orders in one statement; that says
the same as `past` does of one customer, and a property holds both to it.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Subquery, and_, case, func, or_, select, true

from surveys.brand.models import Brand
from surveys.customers.models import Purchase
from surveys.database import db
from surveys.segments.conditions import PAST, Condition, fields_of, first_unmet
from surveys.segments.past import LAST, NEVER
from surveys.segments.queries import (
    as_of,
    facts_of,
    histories,
    last_groups_at,
    limits_of,
    orders_so_far,
    purchases_since,
)

BATCH, SAMPLE = 500, 5


class Match(NamedTuple):
    """How many of `orders` meet conditions, of how many customers, and one order of some of these."""

    orders: int
    meeting: int
    customers: int
    sample: list[tuple[str, str]]


def matching(brand: Brand, conditions: Sequence[Condition], most: int, now: datetime) -> Match:
    """Return how many of a brand's orders meet the conditions, with some of their numbers.

    The database counts all of them where it can; else the newest `most` are looked at one by one.
    """
    return counted(brand, conditions, now) if can_count(conditions) else judged(brand, conditions, most, now)


def judged(brand: Brand, conditions: Sequence[Condition], most: int, now: datetime) -> Match:
    """Return how many of the newest `most` orders meet the conditions, each judged by itself."""
    orders, meeting = 0, 0
    customers: set[int] = set()
    sample: list[tuple[str, str]] = []
    fields, limits = fields_of(conditions), limits_of(brand)
    for batch in purchases_since(brand.id, datetime(1970, 1, 1, tzinfo=UTC), now, most, BATCH):
        theirs = {row.customer_id for row in batch}
        counts = orders_so_far(list(theirs)) if "orders" in fields else {}
        past = histories(theirs, fields)
        orders += len(batch)
        for row in batch:
            facts = as_of(facts_of(row, counts.get(row.id)), past[row.customer_id], limits, now)
            if first_unmet(conditions, facts, {}) is None:
                meeting += 1
                if len(sample) < SAMPLE and row.customer_id not in customers:
                    sample.append((row.public_id, row.reference))
                customers.add(row.customer_id)
    return Match(orders, meeting, len(customers), sample)


def can_count(conditions: Sequence[Condition]) -> bool:
    """Return whether the database can judge these conditions: all of them look at a customer's past."""
    return fields_of(conditions) <= PAST


def counted(brand: Brand, conditions: Sequence[Condition], now: datetime) -> Match:
    """Return how many of all the brand's orders meet the conditions, with the newest of a few customers."""
    pasts = pasts_at(brand, fields_of(conditions), now)
    are_meant = and_(pasts.c.orders > 0, *(is_met(each, pasts.c[each.field]) for each in conditions))
    totals = select(
        func.coalesce(func.sum(pasts.c.orders), 0).label("orders"),
        func.coalesce(func.sum(pasts.c.orders).filter(are_meant), 0).label("meeting"),
        func.count().filter(are_meant).label("customers"),
    ).cte("totals")
    sample = select(pasts.c.newest).where(are_meant).order_by(pasts.c.newest.desc()).limit(SAMPLE)
    shown = select(Purchase.public_id, Purchase.reference, Purchase.id)
    few = shown.where(Purchase.id.in_(sample.scalar_subquery())).subquery()
    # One statement, so that the pasts are gathered once.
    rows = db.session.execute(
        select(totals, few.c.public_id, few.c.reference).outerjoin(few, true()).order_by(few.c.id.desc())
    ).all()
    named = [(row.public_id, row.reference) for row in rows if row.public_id is not None]
    return Match(int(rows[0].orders), int(rows[0].meeting), rows[0].customers, named)


def is_met(condition: Condition, found: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return whether what is found meets the condition; NULL is *none of* everything."""
    if condition.op == "one_of":
        return found.in_(condition.values)
    return or_(found.is_(None), found.not_in(condition.values))


def pasts_at(brand: Brand, fields: Collection[str], now: datetime) -> CTE:
    """Return for each customer who bought from the brand what they placed, their stage and last groups at `now`."""
    bought = buying_at(brand, now)
    source, columns = select(bought), []
    for field in sorted(LAST.keys() & set(fields)):
        last = last_groups_at(field, now)
        source = source.outerjoin(last, last.c.customer_id == bought.c.customer_id)
        columns.append(func.coalesce(last.c.group, NEVER).label(field))
    return source.add_columns(*columns).cte("pasts")


def buying_at(brand: Brand, now: datetime) -> Subquery:
    """Return for each customer who bought from the brand how much they placed, and their stage at `now`."""
    limits = limits_of(brand)
    stands = and_(
        Purchase.placed_at <= now,
        *(or_(off_at.is_(None), off_at > now) for off_at in (Purchase.cancelled_at, Purchase.refunded_at)),
    )
    last, standing = func.max(Purchase.placed_at).filter(stands), func.count().filter(stands)
    stage = case(
        (last < now - limits.lapsed, "lapsed"),
        (last < now - limits.active, "at_risk"),
        (standing == 1, "new"),
        (standing > 1, "active"),
    )
    is_placed = Purchase.placed_at < now
    columns = (
        func.count().filter(is_placed).label("orders"),
        func.max(Purchase.id).filter(is_placed).label("newest"),
        stage.label("stage"),
    )
    return (
        select(Purchase.customer_id, *columns)
        .where(Purchase.brand_id == brand.id)
        .group_by(Purchase.customer_id)
        .subquery("bought")
    )
