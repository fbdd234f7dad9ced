"""The one way a purchase comes into the house: told once or often, it is stored once.

Two processes that tell of the same purchase at the same moment meet at the UNIQUE constraint;
the slower one finds what the quicker one stored and updates it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

from surveys.brand.models import Brand
from surveys.customers.checks import checked, checked_customer
from surveys.customers.consenting import take_basis
from surveys.customers.models import Customer, Purchase, PurchaseItem
from surveys.customers.queries import customer_known_as, objection_of, purchase_to_change
from surveys.customers.records import CustomerRecord, ItemRecord, PurchaseRecord, Unset
from surveys.database import db

Found = TypeVar("Found")
PURCHASE_FIELDS = (
    "placed_at",
    "ship_country",
    "carrier",
    "order_url",
    "tracking_url",
    "promised_at",
    "shipped_at",
    "delivered_at",
    "cancelled_at",
    "returned_at",
    "refunded_at",
)
CUSTOMER_FIELDS = ("email", "name", "locale", "time_zone", "country")


def record_purchase(
    brand: Brand, record: PurchaseRecord, now: datetime, source: str = "api"
) -> tuple[Purchase, bool]:
    """Store the purchase, or update the one with its reference; return it and whether it is new.

    `source` is the way it came in, one of `permission.TOLD_BY`; the consent history names it.

    Fields that were left out stay as they are. Any change, of the customer too, lets the
    planning of invitations look at the purchase again; telling the same twice changes nothing.
    Raises Refusal or SeveralRefusals for what cannot be true, before anything is stored.
    """
    record = checked(record)
    known = purchase_to_change(brand, record.reference)
    customer, customer_changed = _upsert_customer(brand, record.customer, now, known, source)

    def add() -> Purchase:
        return _new_purchase(brand, customer, record, now)

    purchase, created = _add_or_find(add, lambda: purchase_to_change(brand, record.reference), known)
    if created:
        return purchase, True
    changed = _update_purchase(purchase, record)
    if purchase.customer_id != customer.id:
        purchase.customer = customer
        changed = True
    if changed or customer_changed:
        purchase.changed_at = now
        purchase.considered_at = None
    db.session.flush()
    return purchase, False


def record_customer(
    brand: Brand, record: CustomerRecord, now: datetime, source: str = "api"
) -> tuple[Customer, bool]:
    """Store the customer, or update the one known as such; return it and whether it is new.

    `source` is as in `record_purchase`.

    Raises Refusal or SeveralRefusals for what cannot be true, before anything is stored.
    """
    record = checked_customer(record)
    known = _known(brand, record)
    customer, _ = _upsert_customer(brand, record, now, None, source)
    return customer, known is None


def _upsert_customer(
    brand: Brand, record: CustomerRecord, now: datetime, purchase: Purchase | None, source: str
) -> tuple[Customer, bool]:
    """Return the customer of the record, stored or updated, and whether anything changed.

    Somebody told without a reference is the customer the purchase already has when the
    address is the same: a reference that was left out stays as it is.
    """
    has_reference = isinstance(record.reference, str)
    if purchase is not None and not has_reference and purchase.customer.email == record.email:
        known: Customer | None = purchase.customer
    else:
        known = _known(brand, record)

    def tell(customer: Customer) -> bool:
        changed = _assign(customer, record, CUSTOMER_FIELDS)
        if not isinstance(record.permission, Unset):
            changed |= take_basis(customer, record.permission, source, now)
        return _honour_objection(brand, customer) or changed

    def add() -> Customer:
        reference, _ = _names(record)
        customer = Customer(brand=brand, reference=reference, source=source, created_at=now)
        tell(customer)
        return customer

    customer, created = _add_or_find(add, lambda: _known(brand, record), known)
    if created:
        return customer, True
    changed = tell(customer)
    db.session.flush()
    return customer, changed


def _known(brand: Brand, record: CustomerRecord) -> Customer | None:
    """Return the customer that the record names, by reference, else by address alone."""
    return customer_known_as(brand, *_names(record))


def _names(record: CustomerRecord) -> tuple[str | None, str | None]:
    """Return the reference and the address of the record, None where it has none."""
    reference, email = record.reference, record.email
    return reference if isinstance(reference, str) else None, email if isinstance(email, str) else None


def _add_or_find(
    add: Callable[[], Found], find: Callable[[], Found | None], known: Found | None
) -> tuple[Found, bool]:
    """Return what is `known`, else store what `add` makes, and whether that was done.

    When another process was quicker, what it stored is returned by `find`.
    """
    if known is not None:
        return known, False
    try:
        with db.session.begin_nested():
            thing = add()
            db.session.add(thing)
            db.session.flush()
        return thing, True
    except IntegrityError:
        found = find()
        if found is None:
            raise
        return found, False


def _new_purchase(brand: Brand, customer: Customer, record: PurchaseRecord, now: datetime) -> Purchase:
    """Return the purchase as a row that is not stored yet."""
    purchase = Purchase(
        brand=brand, customer=customer, reference=record.reference, created_at=now, changed_at=now
    )
    _assign(purchase, record, PURCHASE_FIELDS)
    if record.total is not None and not isinstance(record.total, Unset):
        purchase.total_amount, purchase.currency = record.total.amount, record.total.currency
    if not isinstance(record.attributes, Unset):
        purchase.attributes = dict(record.attributes)
    if not isinstance(record.items, Unset):
        purchase.items = _rows(record.items)
    return purchase


def _update_purchase(purchase: Purchase, record: PurchaseRecord) -> bool:
    """Bring what was told into the stored purchase; return whether that changed anything."""
    changed = _assign(purchase, record, PURCHASE_FIELDS)
    if not isinstance(record.total, Unset):
        told = (record.total.amount, record.total.currency) if record.total else (None, None)
        if told != (purchase.total_amount, purchase.currency):
            purchase.total_amount, purchase.currency = told
            changed = True
    if not isinstance(record.attributes, Unset) and purchase.attributes != dict(record.attributes):
        purchase.attributes = dict(record.attributes)
        changed = True
    if not isinstance(record.items, Unset):
        rows = _rows(record.items)
        if [_contents(row) for row in rows] != [_contents(row) for row in purchase.items]:
            purchase.items.clear()
            db.session.flush()  # The old lines must go before new ones take their positions.
            purchase.items.extend(rows)
            changed = True
    return changed


def _rows(items: tuple[ItemRecord, ...]) -> list[PurchaseItem]:
    """Return the lines of an order as rows that are not stored yet, numbered from 1."""
    return [
        PurchaseItem(
            position=position,
            sku=item.sku,
            name=item.name,
            category=item.category,
            quantity=item.quantity,
            price_amount=item.price.amount if item.price else None,
            price_currency=item.price.currency if item.price else None,
        )
        for position, item in enumerate(items, start=1)
    ]


def _contents(row: PurchaseItem) -> tuple[object, ...]:
    """Return what makes two lines the same."""
    return (
        row.position,
        row.sku,
        row.name,
        row.category,
        row.quantity,
        row.price_amount,
        row.price_currency,
    )


def _assign(row: object, record: object, names: tuple[str, ...]) -> bool:
    """Copy the fields that were given; return whether any of them is different now."""
    changed = False
    for name in names:
        value = getattr(record, name)
        if not isinstance(value, Unset) and getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed


def _honour_objection(brand: Brand, customer: Customer) -> bool:
    """Let an objection that was made for the address hold for the customer; return whether it is news."""
    if customer.email is None or customer.objected_at is not None:
        return False
    objection = objection_of(brand.id, customer.email)
    if objection is None:
        return False
    customer.objected_at = objection.objected_at
    return True
