"""What is known of a purchase when its conditions are judged, and the segments there are."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from babel.numbers import get_currency_precision
from sqlalchemy import CTE, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from surveys.brand.models import Brand
from surveys.customers.models import Customer, Purchase
from surveys.customers.queries import orders_of_customers
from surveys.database import brought, db
from surveys.errors import Missing
from surveys.segments.conditions import PAST, Condition, Facts, fields_of, from_data
from surveys.segments.models import Segment
from surveys.segments.past import LAST, Answered, History, Limits, last_group_at, stage_at

# Answers lie in a room above; it brings what tells of every submitted answer with a group:
# customer_id, kind, group, at, id (docs/decisions/0010).
ANSWERS_GIVEN = "answers_given"


def facts_of(purchase: Purchase, orders: int | None = None) -> Facts:
    """Return what is known of a purchase; `orders` is None where nothing asks for the count."""
    customer = purchase.customer
    value = None
    if purchase.total_amount is not None and purchase.currency is not None:
        value = Decimal(purchase.total_amount).scaleb(-get_currency_precision(purchase.currency))
    return Facts(
        country=purchase.ship_country or customer.country,
        language=(customer.locale or "")[:2] or None,
        carrier=purchase.carrier,
        skus=tuple(item.sku for item in purchase.items if item.sku),
        products=tuple(item.name for item in purchase.items),
        categories=tuple(item.category for item in purchase.items if item.category),
        value=value,
        orders=orders,
        attributes=purchase.attributes,
    )


def facts_for(
    purchase: Purchase,
    conditions: Sequence[Condition],
    segments: Mapping[str, Sequence[Condition]],
    now: datetime,
) -> Facts:
    """Return what these conditions look at, as it is at `now`; only what one of them asks for is looked up."""
    fields = all_fields_of(conditions, segments)
    facts = facts_of(purchase, orders_until(purchase) if "orders" in fields else None)
    if not fields & PAST:
        return facts
    history = histories([purchase.customer_id], fields)[purchase.customer_id]
    return as_of(facts, history, limits_of(purchase.brand), now)


def facts_for_customer(
    customer: Customer,
    latest: Purchase | None,
    conditions: Sequence[Condition],
    segments: Mapping[str, Sequence[Condition]],
    now: datetime,
) -> Facts:
    """Return what these conditions look at where no order is asked about; `latest` is the customer's last one."""
    return facts_of_customers({customer: latest}, all_fields_of(conditions, segments), now)[customer.id]


def facts_of_customers(
    latest: Mapping[Customer, Purchase | None], fields: Collection[str], now: datetime
) -> dict[int, Facts]:
    """Return what is known of customers at `now`, by their ids, without what one order alone says.

    They come with their latest order, which tells the country that orders are sent to.
    """
    ids = [customer.id for customer in latest]
    counts, past = order_counts(ids) if "orders" in fields else {}, histories(ids, fields)
    found = {}
    for customer, order in latest.items():
        facts = Facts(
            country=(order.ship_country if order is not None else None) or customer.country,
            language=(customer.locale or "")[:2] or None,
            orders=counts.get(customer.id, 0),
        )
        found[customer.id] = as_of(facts, past[customer.id], limits_of(customer.brand), now)
    return found


def as_of(facts: Facts, history: History, limits: Limits, now: datetime) -> Facts:
    """Return the facts with what the customer's past says at `now`."""
    return replace(
        facts,
        stage=stage_at(history, limits, now),
        last={field: last_group_at(history, kinds, now) for field, kinds in LAST.items()},
    )


def limits_of(brand: Brand) -> Limits:
    """Return after how long the brand's customers change their stage."""
    return Limits(timedelta(days=brand.active_days), timedelta(days=brand.lapsed_days))


def histories(customer_ids: Collection[int], fields: Collection[str]) -> Mapping[int, History]:
    """Return what the customers did, as far as these fields of conditions look at it."""
    orders: dict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    if "stage" in fields:
        for customer_id, order in orders_of_customers(customer_ids):
            orders[customer_id].append((order.placed_at, order.off_at))
    answers = answers_of(customer_ids) if LAST.keys() & set(fields) else {}
    return {each: History(orders[each], answers.get(each, ())) for each in customer_ids}


def last_groups_at(field: str, now: datetime) -> CTE:
    """Return the group of each customer's last answer on the scales of a field of LAST, as it was at `now`."""
    given = brought(ANSWERS_GIVEN)
    number = func.row_number().over(
        partition_by=given.c.customer_id, order_by=(given.c.at.desc(), given.c.id.desc())
    )
    on_scale = (given.c.kind.in_(LAST[field]), given.c.at <= now)
    ranked = select(given.c.customer_id, given.c.group, number.label("number")).where(*on_scale).subquery()
    return select(ranked.c.customer_id, ranked.c.group).where(ranked.c.number == 1).cte(field)


def answers_of(customer_ids: Collection[int]) -> Mapping[int, list[Answered]]:
    """Return the customers' submitted answers that have a group, by customer."""
    given = brought(ANSWERS_GIVEN)
    columns = (given.c.customer_id, given.c.at, given.c.id, given.c.kind, given.c.group)
    found: dict[int, list[Answered]] = defaultdict(list)
    for customer_id, *answer in db.session.execute(
        select(*columns).where(given.c.customer_id.in_(customer_ids))
    ):
        found[customer_id].append(Answered(*answer))
    return found


def orders_until(purchase: Purchase) -> int:
    """Count the customer's purchases up to and with this one."""
    earlier = or_(
        Purchase.placed_at < purchase.placed_at,
        (Purchase.placed_at == purchase.placed_at) & (Purchase.id <= purchase.id),
    )
    theirs = (Purchase.customer_id == purchase.customer_id, earlier)
    return db.session.scalar(select(func.count()).select_from(Purchase).where(*theirs)) or 0


def all_fields_of(
    conditions: Sequence[Condition], segments: Mapping[str, Sequence[Condition]]
) -> frozenset[str]:
    """Return what conditions look at, also inside the `segments` that they name."""
    return fields_of(conditions).union(*(fields_of(inner) for inner in segments.values()))


def segments_named_by(conditions: Sequence[Condition]) -> dict[str, list[Condition]]:
    """Return the conditions of the segments that these conditions name, by public id; no look for none."""
    keys = [key for condition in conditions if condition.field == "segment" for key in condition.values]
    if not keys:
        return {}
    rows = db.session.execute(
        select(Segment.public_id, Segment.conditions).where(Segment.public_id.in_(keys))
    )
    return {key: from_data(stored) for key, stored in rows.tuples()}


def segments_of(brand_id: int) -> list[Segment]:
    """Return a brand's segments by name."""
    return list(
        db.session.scalars(select(Segment).where(Segment.brand_id == brand_id).order_by(Segment.name))
    )


def segment_names(brand_id: int) -> dict[str, str]:
    """Return the names of a brand's segments by their public ids."""
    return {segment.public_id: segment.name for segment in segments_of(brand_id)}


def count_purchases_since(brand_id: int, since: datetime, until: datetime) -> int:
    """Count the brand's purchases placed from `since` until before `until`."""
    placed = (Purchase.brand_id == brand_id, Purchase.placed_at >= since, Purchase.placed_at < until)
    return db.session.scalar(select(func.count()).select_from(Purchase).where(*placed)) or 0


def purchases_since(
    brand_id: int, since: datetime, until: datetime, most: int, batch: int
) -> Iterator[list[Purchase]]:
    """Yield the brand's purchases of a period with customers and items, the last stored first, in batches.

    What a batch loaded is forgotten with it, so that the memory does not grow; nothing may have
    been changed meanwhile.
    """
    # Plus nothing: else SQLite takes the index of the brand, and sorts all its orders for every batch.
    placed = (Purchase.brand_id + 0 == brand_id, Purchase.placed_at >= since, Purchase.placed_at < until)
    wanted = select(Purchase).where(*placed).order_by(Purchase.id.desc())
    wanted = wanted.options(
        joinedload(Purchase.customer).joinedload(Customer.brand), selectinload(Purchase.items)
    )
    last: int | None = None
    while most > 0:
        following = wanted if last is None else wanted.where(Purchase.id < last)
        rows = list(db.session.scalars(following.limit(min(batch, most))))
        if not rows:
            return
        yield rows
        last, most = rows[-1].id, most - len(rows)


def orders_so_far(customer_ids: list[int]) -> dict[int, int]:
    """Return for each purchase of the customers the how many-th of its customer it is."""
    number = func.row_number().over(
        partition_by=Purchase.customer_id, order_by=(Purchase.placed_at, Purchase.id)
    )
    theirs = select(Purchase.id, number).where(Purchase.customer_id.in_(set(customer_ids)))
    return dict(db.session.execute(theirs).tuples().all())


def order_counts(customer_ids: list[int]) -> dict[int, int]:
    """Return how many orders each of these customers made; without those who made none."""
    counted = select(Purchase.customer_id, func.count()).where(Purchase.customer_id.in_(customer_ids))
    return dict(db.session.execute(counted.group_by(Purchase.customer_id)).tuples().all())


def latest_orders(customer_ids: list[int]) -> dict[int, Purchase]:
    """Return the latest order of each of these customers, by customer."""
    number = func.row_number().over(
        partition_by=Purchase.customer_id, order_by=(Purchase.placed_at.desc(), Purchase.id.desc())
    )
    theirs = (
        select(Purchase.id, number.label("place")).where(Purchase.customer_id.in_(customer_ids)).subquery()
    )
    wanted = select(Purchase).where(Purchase.id.in_(select(theirs.c.id).where(theirs.c.place == 1)))
    return {row.customer_id: row for row in db.session.scalars(wanted)}


def segment_or_missing(public_id: str) -> Segment:
    """Return one segment by public id; refuse as missing."""
    segment = db.session.scalar(select(Segment).where(Segment.public_id == public_id))
    if segment is None:
        raise Missing()
    return segment


def segment_called(brand_id: int, name: str) -> Segment | None:
    """Return the brand's segment with this name, or None."""
    return db.session.scalar(select(Segment).where(Segment.brand_id == brand_id, Segment.name == name))
