"""The one way a purchase comes into the house: told once or often, it is stored once.

Two processes that tell of the same purchase at the same moment meet at the UNIQUE constraint;
the slower one finds what the quicker one stored and updates it.
"""

from datetime import datetime

from surveys.brand.models import Brand
from surveys.customers.checks import checked_customer
from surveys.customers.consenting import take_basis
from surveys.customers.looking_up import Known, OneByOne, names
from surveys.customers.models import Customer, Purchase, PurchaseItem
from surveys.customers.records import CustomerRecord, ItemRecord, PurchaseRecord, Unset
from surveys.database import db

ASKING = OneByOne()
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
    brand: Brand, record: PurchaseRecord, now: datetime, source: str = "api", known: Known = ASKING
) -> tuple[Purchase, bool]:
    """Store the purchase, or update the one with its reference; return it and whether it is new.

    `source` is the way it came in, one of `permission.TOLD_BY`; the consent history names it.
    `known` says how to find and store; many at once are stored by whoever brings a `Fetched`.

    Fields that were left out stay as they are. Any change, of the customer too, lets the
    planning of invitations look at the purchase again; telling the same twice changes nothing.
    Raises Refusal or SeveralRefusals for what cannot be true, before anything is stored.
    """
    record = known.checked(record)
    purchase = known.purchase(brand, record.reference)
    customer, customer_changed = _upsert_customer(brand, record.customer, now, purchase, source, known)
    customer = customer.merged_into or customer

    def make() -> Purchase:
        return _new_purchase(brand, customer, record, now)

    if purchase is None:
        purchase, created = known.add(make, lambda: known.purchase(brand, record.reference))
        if created:
            return purchase, True
    changed = _update_purchase(purchase, record)
    if purchase.customer is not customer:
        purchase.customer = customer
        changed = True
    if changed or customer_changed:
        purchase.changed_at = now
        purchase.considered_at = None
    known.settle()
    return purchase, False


def record_customer(
    brand: Brand, record: CustomerRecord, now: datetime, source: str = "api", known: Known = ASKING
) -> tuple[Customer, bool]:
    """Store the customer, or update the one known as such; return it and whether it is new.

    `source` and `known` are as in `record_purchase`.

    Raises Refusal or SeveralRefusals for what cannot be true, before anything is stored.
    """
    record = checked_customer(record)
    is_new = known.customer(brand, record) is None
    customer, _ = _upsert_customer(brand, record, now, None, source, known)
    return customer, is_new


def _upsert_customer(
    brand: Brand, record: CustomerRecord, now: datetime, purchase: Purchase | None, source: str, known: Known
) -> tuple[Customer, bool]:
    """Return the customer of the record, stored or updated, and whether anything changed.

    Somebody told without a reference is the customer the purchase already has when the
    address is the same: a reference that was left out stays as it is.
    """
    has_reference = isinstance(record.reference, str)
    if purchase is not None and not has_reference and purchase.customer.email == record.email:
        customer: Customer | None = purchase.customer
    else:
        customer = known.customer(brand, record)

    def tell(customer: Customer) -> bool:
        changed = _assign(customer, record, CUSTOMER_FIELDS)
        if not isinstance(record.permission, Unset):
            changed |= take_basis(customer, record.permission, source, now)
        return _honour_objection(brand, customer, known) or changed

    def make() -> Customer:
        reference, _ = names(record)
        customer = Customer(brand=brand, reference=reference, source=source, created_at=now)
        tell(customer)
        return customer

    if customer is None:
        customer, created = known.add(make, lambda: known.customer(brand, record))
        if created:
            return customer, True
    changed = tell(customer)
    known.settle()
    return customer, changed


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


def _honour_objection(brand: Brand, customer: Customer, known: Known) -> bool:
    """Let an objection that was made for the address hold for the customer; return whether it is news."""
    if customer.email is None or customer.objected_at is not None:
        return False
    objection = known.objection(brand, customer.email)
    if objection is None:
        return False
    customer.objected_at = objection.objected_at
    return True
