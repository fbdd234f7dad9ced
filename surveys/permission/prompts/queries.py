"""Whose opt-in waits for its confirmation, and whom the house may ask for it by itself.

The mail that asks is lawful only as the second half of an opt-in that somebody has just given: so
the opt-in and an order of theirs are at most seven days old. An opt-in that is only declared for
a whole way in is nobody's own and is never asked about.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from surveys.brand.models import Brand
from surveys.customers.models import Customer, Objection, PermissionEvent, Purchase
from surveys.customers.permission import country_of, zones_where
from surveys.database import db
from surveys.permission.models import ConsentRequest
from surveys.work import not_set_aside

FRESH = timedelta(days=7)
JOB = "ask_to_confirm_by_itself"
Condition = ColumnElement[bool]


class Confirmations(NamedTuple):
    """How many opt-ins of a brand must be confirmed and are not, by what becomes of them.

    `waiting` may be asked for by itself, `late` have missed that and were never asked for;
    `asked` have a link that is good.
    """

    waiting: int
    late: int
    asked: int


def confirmations(brand: Brand, now: datetime) -> Confirmations:
    """Count the brand's opt-ins that must be confirmed and are not."""
    in_all = number_of(*unasked(brand), has_order(brand, None))
    waiting = number_of(*waits(brand, now))
    good = and_(ConsentRequest.customer_id == Customer.id, ConsentRequest.expires_at > now)
    asked = number_of(*unconfirmed(brand), exists().where(good, ConsentRequest.state != "refused"))
    return Confirmations(waiting, in_all - waiting, asked)


def number_of(*conditions: Condition) -> int:
    """Return how many customers meet the conditions."""
    return db.session.scalar(select(func.count()).select_from(Customer).where(*conditions)) or 0


def meets(customer: Customer, condition: Condition) -> bool:
    """Return whether one customer meets a condition."""
    return number_of(Customer.id == customer.id, condition) > 0


def to_ask(now: datetime, limit: int) -> list[int]:
    """Return whom the house is to ask by itself: those whose opt-in is oldest, and so runs out of time first."""
    found: list[int] = []
    for brand in asking_brands():
        wanted = (
            select(Customer.id)
            .where(*waits(brand, now), not_set_aside(JOB, Customer.id))
            .order_by(Customer.basis_at, Customer.id)
        )
        found += db.session.scalars(wanted.limit(limit - len(found)))
        if len(found) >= limit:
            break
    return found


def backlog(now: datetime) -> int:
    """Return how many customers wait for the mail that asks them by itself."""
    return sum(number_of(*waits(brand, now)) for brand in asking_brands())


def asking_brands() -> Sequence[Brand]:
    """Return the brands that have switched it on."""
    return db.session.scalars(select(Brand).where(Brand.asks_to_confirm.is_(True)).order_by(Brand.id)).all()


def waits(brand: Brand, now: datetime) -> tuple[Condition, ...]:
    """Return what is so of customers who may be asked by itself, whether the brand has switched it on or not."""
    return (*unasked(brand), is_fresh(now), has_order(brand, now - FRESH))


def unconfirmed(brand: Brand) -> tuple[Condition, ...]:
    """Return what is so of customers who gave an opt-in of their own that is not confirmed, and may be written to."""
    same = and_(Objection.brand_id == Customer.brand_id, Objection.email == Customer.email)
    return (
        Customer.brand_id == brand.id,
        Customer.basis == "opt_in",
        Customer.basis_confirmed_at.is_(None),
        Customer.email.is_not(None),
        Customer.merged_into_id.is_(None),
        Customer.objected_at.is_(None),
        ~exists().where(same),
    )


def unasked(brand: Brand) -> tuple[Condition, ...]:
    """Return what is so of those who, besides, were never asked to confirm."""
    return (*unconfirmed(brand), ~was_asked())


def was_asked() -> Condition:
    """Return whether a customer, or anybody of the brand with the same address, was ever asked to confirm."""
    other = aliased(Customer)
    whose = and_(other.id == ConsentRequest.customer_id, other.brand_id == Customer.brand_id)
    by_address = exists().where(ConsentRequest.email == Customer.email, whose)
    return or_(exists().where(ConsentRequest.customer_id == Customer.id), by_address)


def is_fresh(now: datetime) -> Condition:
    """Return whether the opt-in is known to be at most seven days old.

    One told without its day holds from when it was told, and may be older: it counts as fresh
    only when it came along with a new order, and never when it came in a file.
    """
    came_along = and_(Purchase.customer_id == Customer.id, Purchase.created_at == Customer.basis_at)
    without_day = and_(
        PermissionEvent.customer_id == Customer.id,
        PermissionEvent.kind == "told",
        PermissionEvent.at == Customer.basis_at,
        or_(PermissionEvent.source == "import", ~exists().where(came_along)),
    )
    return and_(Customer.basis_at > now - FRESH, Customer.basis_at <= now, ~exists().where(without_day))


def has_order(brand: Brand, since: datetime | None) -> Condition:
    """Return whether a customer has an order, placed after `since`, to ask about which takes the confirmation."""
    country = func.coalesce(Customer.country, Purchase.ship_country)
    theirs = [
        Purchase.customer_id == Customer.id,
        Purchase.cancelled_at.is_(None),
        lies_in_strict(brand, country),
    ]
    if since is not None:
        theirs.append(Purchase.placed_at > since)
    return exists().where(*theirs)


def lies_in_strict(brand: Brand, country: ColumnElement[str]) -> Condition:
    """Return whether a customer counts as living in a strict country; see `customers.permission.country_of`."""
    strict = brand.strict_countries
    if not strict:
        return false()
    zone: InstrumentedAttribute[str | None] = Customer.time_zone
    home = country_of((), (brand.time_zone,))
    if home is None or home in strict:
        by_zone = or_(zone.is_(None), zone.not_in(zones_where(lambda found: found not in strict)))
    else:
        by_zone = zone.in_(zones_where(lambda found: found in strict))
    return or_(country.in_(strict), and_(country.is_(None), by_zone))
