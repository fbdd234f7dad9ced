"""What is known of a purchase when its conditions are judged, and the segments there are."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from babel.numbers import get_currency_precision
from sqlalchemy import func, or_, select

from surveys.customers.models import Purchase
from surveys.database import db
from surveys.segments.conditions import Condition, Facts, fields_of, from_data
from surveys.segments.models import Segment


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
    purchase: Purchase, conditions: Sequence[Condition], segments: Mapping[str, Sequence[Condition]]
) -> Facts:
    """Return what these conditions look at, counting orders only when one of them asks."""
    fields = fields_of(conditions).union(*(fields_of(inner) for inner in segments.values()))
    return facts_of(purchase, orders_until(purchase) if "orders" in fields else None)


def orders_until(purchase: Purchase) -> int:
    """Count the customer's purchases up to and with this one."""
    earlier = or_(
        Purchase.placed_at < purchase.placed_at,
        (Purchase.placed_at == purchase.placed_at) & (Purchase.id <= purchase.id),
    )
    theirs = (Purchase.customer_id == purchase.customer_id, earlier)
    return db.session.scalar(select(func.count()).select_from(Purchase).where(*theirs)) or 0


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
