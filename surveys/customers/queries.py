"""What is asked about customers, purchases, objections and order events."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from surveys.brand.models import Brand, HookSecret
from surveys.brand.queries import all_brands
from surveys.cursor import Page, decode, page_of
from surveys.customers.models import Customer, CustomerHold, Objection, OrderEvent, PermissionEvent, Purchase
from surveys.database import db
from surveys.errors import N_, Missing, Refusal
from surveys.masking import quoted
from surveys.work import not_set_aside


class BrandMissing(Refusal):
    """There are several brands and nobody said which one is meant."""

    phrase = N_("There are several brands; say which one is meant: %(keys)s.")

    def __init__(self, keys: str):
        super().__init__(field="brand", keys=keys)


class UnknownBrand(Refusal):
    """No brand has this key."""

    phrase = N_("There is no brand with the key %(key)s; there are: %(keys)s.")

    def __init__(self, key: str, keys: str):
        super().__init__(field="brand", key=f"“{quoted(key, 60)}”", keys=keys)


class LivingSecret(NamedTuple):
    """A secret that signs order events now, and whose it is."""

    brand_id: int
    brand_key: str
    secret: str


def brand_for(key: str | None) -> Brand:
    """Return the brand with `key`; None means the only one there is.

    Raises UnknownBrand and BrandMissing, which name those there are.
    """
    brands = sorted(all_brands(), key=lambda brand: brand.id)
    keys = ", ".join(brand.key for brand in brands)
    if key is None:
        if len(brands) == 1:
            return brands[0]
        raise BrandMissing(keys)
    for brand in brands:
        if brand.key == key:
            return brand
    raise UnknownBrand(key, keys)


def customer_known_as(brand: Brand, reference: str | None, email: str | None) -> Customer | None:
    """Return the customer with the reference; without one, the customer known by the address alone."""
    known = Customer.brand_id == brand.id
    if reference is not None:
        return db.session.scalar(select(Customer).where(known, Customer.reference == reference))
    alone = (Customer.reference.is_(None), Customer.email == email)
    return db.session.scalar(select(Customer).where(known, *alone))


def purchase_to_change(brand: Brand, reference: str) -> Purchase | None:
    """Return the purchase with its row locked until the transaction ends, or None."""
    same = (Purchase.brand_id == brand.id, Purchase.reference == reference)
    return db.session.scalar(select(Purchase).where(*same).with_for_update())


def objection_of(brand_id: int, email: str) -> Objection | None:
    """Return the objection made to a brand for an address."""
    same = (Objection.brand_id == brand_id, Objection.email == email)
    return db.session.scalar(select(Objection).where(*same))


def kept_from_asking(customer_ids: list[int], now: datetime) -> tuple[str | None, datetime | None]:
    """Return the reason of the oldest hold on one of the customers, and until when a pause lasts, in one look.

    None stands for no hold, and for no pause; see `paused_until`.
    """
    holds = select(CustomerHold.reason).where(CustomerHold.customer_id.in_(customer_ids))
    oldest = holds.order_by(CustomerHold.id).limit(1).scalar_subquery()
    pause = lasting_pause(customer_ids, now).scalar_subquery()
    reason, until = db.session.execute(select(oldest, pause)).one()
    return reason, until


def paused_until(customer_ids: list[int], now: datetime) -> datetime | None:
    """Return until when one of the customers, or a duplicate of theirs, asked for a pause; None when none lasts."""
    return db.session.scalar(lasting_pause(customer_ids, now))


def lasting_pause(customer_ids: list[int], now: datetime) -> Select[tuple[datetime | None]]:
    """Return the query behind `paused_until`."""
    theirs = or_(Customer.id.in_(customer_ids), Customer.merged_into_id.in_(customer_ids))
    return select(func.max(Customer.paused_until)).where(theirs, Customer.paused_until > now)


def others_at(customer: Customer) -> list[Customer]:
    """Return the brand's other customers with the same address who have not objected themselves."""
    same = (Customer.brand_id == customer.brand_id, Customer.email == customer.email)
    others = (Customer.id != customer.id, Customer.objected_at.is_(None))
    return list(db.session.scalars(select(Customer).where(*same, *others)))


def permission_history(customer: Customer) -> list[PermissionEvent]:
    """Return the customer's consent history, the oldest line first."""
    theirs = select(PermissionEvent).where(PermissionEvent.customer_id == customer.id)
    return list(
        db.session.scalars(theirs.order_by(PermissionEvent.id).options(joinedload(PermissionEvent.actor)))
    )


def customer_or_missing(public_id: str) -> Customer:
    """Return one customer with the brand; refuse as missing."""
    wanted = select(Customer).where(Customer.public_id == public_id).options(joinedload(Customer.brand))
    customer = db.session.scalar(wanted)
    if customer is None:
        raise Missing(
            N_(
                "There is no such customer. The data may have been deleted;"
                " the list of responses leads to all who answered."
            )
        )
    return customer


def purchase_or_missing(public_id: str) -> Purchase:
    """Return one purchase with customer, brand and items; refuse as missing."""
    purchase = db.session.scalar(
        select(Purchase).where(Purchase.public_id == public_id).options(*_whole_purchase())
    )
    if purchase is None:
        raise Missing(
            N_(
                "There is no such purchase. It may have been deleted; the list of purchases shows those there are."
            )
        )
    return purchase


def purchase_by_reference(brand: Brand, reference: str) -> Purchase | None:
    """Return the brand's purchase with the shop's reference, or None."""
    same = (Purchase.brand_id == brand.id, Purchase.reference == reference)
    return db.session.scalar(select(Purchase).where(*same))


def purchases_of(customer: Customer, limit: int = 50) -> list[Purchase]:
    """Return the customer's purchases with their items, the latest first."""
    wanted = select(Purchase).where(Purchase.customer_id == customer.id)
    latest_first = wanted.order_by(Purchase.placed_at.desc(), Purchase.id.desc()).limit(limit)
    return list(db.session.scalars(latest_first.options(selectinload(Purchase.items))))


class Ordered(NamedTuple):
    """An order in the row of its customer's orders, and when it was cancelled or refunded, if it was."""

    placed_at: datetime
    id: int
    off_at: datetime | None


def has_bought_after(customer_ids: list[int], purchase: Purchase) -> bool:
    """Return whether one of the customers placed a later order that was neither cancelled nor refunded."""
    later = or_(
        Purchase.placed_at > purchase.placed_at,
        (Purchase.placed_at == purchase.placed_at) & (Purchase.id > purchase.id),
    )
    stands = (Purchase.cancelled_at.is_(None), Purchase.refunded_at.is_(None))
    theirs = select(Purchase.id).where(Purchase.customer_id.in_(customer_ids), later, *stands)
    return db.session.scalar(theirs.limit(1)) is not None


def orders_by_person(brand_id: int, customers: Collection[Customer]) -> dict[str, list[Ordered]]:
    """Return all orders of these customers and of the brand's others with their addresses, by `person_of`."""
    addresses = {customer.email for customer in customers if customer.email is not None}
    alone = {customer.id for customer in customers if customer.email is None}
    columns = (Purchase.placed_at, Purchase.id, Purchase.cancelled_at, Purchase.refunded_at)
    rows = db.session.execute(
        select(Customer.email, Customer.id, *columns)
        .join(Purchase.customer)
        .where(Customer.brand_id == brand_id, or_(Customer.email.in_(addresses), Customer.id.in_(alone)))
    )
    found: dict[str, list[Ordered]] = defaultdict(list)
    for email, customer_id, *order in rows:
        found[person_of(email, customer_id)].append(ordered(*order))
    return found


def orders_of_customers(customer_ids: Collection[int]) -> list[tuple[int, Ordered]]:
    """Return all orders of the customers, each with the id of its customer."""
    columns = (Purchase.placed_at, Purchase.id, Purchase.cancelled_at, Purchase.refunded_at)
    rows = db.session.execute(
        select(Purchase.customer_id, *columns).where(Purchase.customer_id.in_(customer_ids))
    )
    return [(customer_id, ordered(*order)) for customer_id, *order in rows]


def ordered(
    placed_at: datetime, id_: int, cancelled_at: datetime | None, refunded_at: datetime | None
) -> Ordered:
    """Return an order with the moment at which it was called off, by whichever came first."""
    off_at = min((at for at in (cancelled_at, refunded_at) if at is not None), default=None)
    return Ordered(placed_at, id_, off_at)


def person_of(email: str | None, customer_id: int) -> str:
    """Return the word that stands for all customers of one address."""
    return email or f"#{customer_id}"


def page_of_purchases(
    limit: int, cursor: str | None, *, brand: str | None = None, reference: str | None = None
) -> Page[Purchase]:
    """Return purchases, the last stored first, narrowed to a brand's key and a reference."""
    wanted = select(Purchase).order_by(Purchase.id.desc()).limit(limit + 1).options(*_whole_purchase())
    if cursor is not None:
        wanted = wanted.where(Purchase.id < decode(cursor, int)[0])
    if brand is not None:
        wanted = wanted.where(Purchase.brand_id == brand_for(brand).id)
    if reference is not None:
        wanted = wanted.where(Purchase.reference == reference)
    return page_of(list(db.session.scalars(wanted)), limit, lambda row: (row.id,))


def page_of_customers(
    limit: int,
    cursor: str | None,
    *,
    brand: str | None = None,
    reference: str | None = None,
    email: str | None = None,
) -> Page[Customer]:
    """Return customers, the last stored first, narrowed to a brand's key, a reference, an address."""
    wanted = (
        select(Customer).order_by(Customer.id.desc()).limit(limit + 1).options(joinedload(Customer.brand))
    )
    if cursor is not None:
        wanted = wanted.where(Customer.id < decode(cursor, int)[0])
    if brand is not None:
        wanted = wanted.where(Customer.brand_id == brand_for(brand).id)
    if reference is not None:
        wanted = wanted.where(Customer.reference == reference)
    if email is not None:
        wanted = wanted.where(Customer.email == email.lower())
    return page_of(list(db.session.scalars(wanted)), limit, lambda row: (row.id,))


def living_secrets(now: datetime) -> list[LivingSecret]:
    """Return every secret that signs order events at `now`; one that retires later still does."""
    lives = or_(HookSecret.retired_at.is_(None), HookSecret.retired_at > now)
    rows = db.session.execute(
        select(HookSecret.brand_id, Brand.key, HookSecret.secret).join(HookSecret.brand).where(lives)
    )
    return [LivingSecret(*row) for row in rows]


def event_like(brand_id: int, source: str, body_hash: str) -> OrderEvent | None:
    """Return the event that came in with the same body, or None."""
    same = (OrderEvent.brand_id == brand_id, OrderEvent.source == source, OrderEvent.body_hash == body_hash)
    return db.session.scalar(select(OrderEvent).where(*same))


def unread_events(job: str, limit: int) -> list[int]:
    """Return the ids of order events that nobody has read yet, the oldest first."""
    waiting = (OrderEvent.read_at.is_(None), not_set_aside(job, OrderEvent.id))
    return list(
        db.session.scalars(select(OrderEvent.id).where(*waiting).order_by(OrderEvent.id).limit(limit))
    )


def _whole_purchase() -> tuple[ExecutableOption, ...]:
    """Return the options that load a purchase with all that its JSON form shows."""
    return (
        joinedload(Purchase.brand),
        joinedload(Purchase.customer).joinedload(Customer.brand),
        selectinload(Purchase.items),
    )
