"""Segments as conditions of the database: who belongs, judged for each answer as it was when it was given.

Conditions are data (`surveys.segments.conditions`) and are judged there one purchase at a time. Here the same sentence
is put to all answers at once. What nobody told is not *one of* anything, and *none of* everything. A segment inside a
segment contains nobody, there as here.
"""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from babel.core import get_global
from sqlalchemy import ColumnElement, String, and_, cast, exists, false, func, not_, or_, select
from sqlalchemy.orm import aliased

from feedback.insights.dimensions.queries import COUNTRY, Anchor, stage, tables_of
from surveys.customers.models import Customer, Purchase, PurchaseItem
from surveys.database import brought, db
from surveys.questionnaires.conditions import AT_LEAST, CONTAINS, NONE_OF, number_of
from surveys.segments.conditions import Condition, from_data
from surveys.segments.models import Segment
from surveys.segments.past import LAST, NEVER
from surveys.segments.queries import ANSWERS_GIVEN

USUAL_DIGITS = 2
YES, NO = ("yes", "true", "1"), ("no", "false", "0")
ITEM = {"sku": PurchaseItem.sku, "product": PurchaseItem.name, "category": PurchaseItem.category}


def belongs_to(key: str, anchor: Anchor) -> ColumnElement[bool]:
    """Return the condition that something belongs to the segment with this public id; one that is gone has nobody."""
    found = db.session.execute(
        select(Segment.brand_id, Segment.conditions).where(Segment.public_id == key)
    ).first()
    if found is None:
        return false()
    brand_id, stored = found
    return and_(anchor.brand_id == brand_id, *(met(condition, anchor) for condition in from_data(stored)))


def met(condition: Condition, anchor: Anchor) -> ColumnElement[bool]:
    """Return one condition as the database judges it; what is unknown meets only *none of*."""
    is_found = func.coalesce(_found(condition, anchor), false())
    return not_(is_found) if condition.op == NONE_OF else is_found


def _found(condition: Condition, anchor: Anchor) -> ColumnElement[bool]:
    """Return whether what is known has one of the values, whatever the condition makes of it."""
    field = condition.field
    if field in ITEM:
        item = exists().where(PurchaseItem.purchase_id == anchor.purchase_id).correlate(*tables_of(anchor))
        return item.where(_says(ITEM[field], condition))
    if field == "value":
        return _value(condition)
    if field == "orders":
        return _number(_orders(anchor), condition)
    if field == "stage":
        return _says(stage(anchor), condition)
    if field in LAST:
        return _says(func.coalesce(_last(field, anchor), NEVER), condition)
    if field == "attribute":
        return _attribute(condition)
    words: dict[str, Any] = {
        "country": COUNTRY,
        "language": func.substr(Customer.locale, 1, 2),
        "carrier": Purchase.carrier,
    }
    return _says(words[field], condition) if field in words else false()


def _says(expression: Any, condition: Condition) -> ColumnElement[bool]:
    """Return whether a text is one of the values, or contains one; capital letters do not matter."""
    values = [value.lower() for value in condition.values]
    if condition.op == CONTAINS:
        return or_(*(func.lower(expression).contains(value, autoescape=True) for value in values))
    return or_(func.lower(expression).in_(values), expression.in_(condition.values))


def _attribute(condition: Condition) -> ColumnElement[bool]:
    told = cast(Purchase.attributes[condition.name or ""].as_string(), String)
    same = [pair for value in condition.values for pair in (YES, NO) if value.lower() in pair]
    return _says(
        told,
        Condition("attribute", condition.op, (*condition.values, *(each for pair in same for each in pair))),
    )


def _number(expression: Any, condition: Condition, digits: int = 0) -> ColumnElement[bool]:
    bound = number_of(condition.values[0])
    if bound is None:
        return false()
    scaled = float(bound * Decimal(10) ** digits)
    found: ColumnElement[bool] = expression >= scaled if condition.op == AT_LEAST else expression <= scaled
    return found


def _value(condition: Condition) -> ColumnElement[bool]:
    """Return whether the order's value, in whole units of its own currency, is as large as the condition says."""
    unusual: dict[int, list[str]] = defaultdict(list)
    for currency, fractions in get_global("currency_fractions").items():
        if fractions[0] != USUAL_DIGITS and len(currency) == 3:
            unusual[fractions[0]].append(currency)
    every: Sequence[str] = [currency for currencies in unusual.values() for currency in currencies]
    usual = and_(Purchase.currency.not_in(every), _number(Purchase.total_amount, condition, USUAL_DIGITS))
    others = (
        and_(Purchase.currency.in_(currencies), _number(Purchase.total_amount, condition, digits))
        for digits, currencies in unusual.items()
    )
    return or_(usual, *others)


def _orders(anchor: Anchor) -> ColumnElement[Any]:
    """Return how many orders the customer had made, up to and with this one, else up to the anchor's moment."""
    other = aliased(Purchase)
    until = or_(
        other.placed_at < Purchase.placed_at,
        and_(other.placed_at == Purchase.placed_at, other.id <= Purchase.id),
        and_(Purchase.id.is_(None), other.placed_at <= anchor.at),
    )
    counted = select(func.count(other.id)).where(other.customer_id == anchor.customer_id, until)
    return counted.correlate(Purchase, *tables_of(anchor)).scalar_subquery()


def _last(field: str, anchor: Anchor) -> ColumnElement[Any]:
    """Return the group of the customer's last answer on these scales before the anchor's moment."""
    given = brought(ANSWERS_GIVEN)
    theirs = (
        given.c.customer_id == anchor.customer_id,
        given.c.kind.in_(LAST[field]),
        given.c.at < anchor.at,
    )
    newest = select(given.c.group).where(*theirs).order_by(given.c.at.desc(), given.c.id.desc()).limit(1)
    return newest.correlate(*tables_of(anchor)).scalar_subquery()
