"""Read the events of connected shops: an order is put together anew from all that was told of it.

So events may come late, twice or in any order. An event about a parcel whose order is untold
waits; the order's own event brings it in.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from surveys.brand.models import ShopConnection
from surveys.customers import reading
from surveys.customers.models import OrderEvent, PrivacyRequest
from surveys.customers.queries import customer_known_as
from surveys.customers.reading import OWN_READERS, Reader
from surveys.customers.recording import record_customer, record_purchase
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.shops import fields, shopify, woocommerce
from surveys.shops.queries import connection_to_lock, family_of, newest_of_customer, request_of
from surveys.shops.told import Dialect, Event, Outcome, Shop, Subject, in_order

TIME_FOR_REQUESTS = timedelta(days=30)  # Shopify, Privacy law compliance: "complete within 30 days".
A_DAY = timedelta(days=1)
FROM_THE_FUTURE = N_("The order says that it is placed in the future; set the clock of the shop right.")
DIALECTS: Mapping[str, Dialect] = {"shopify": shopify, "woocommerce": woocommerce}


def read_shop_event(event: OrderEvent, now: datetime) -> None:
    """Use one event of a connected shop and note what became of it; raise what says why it cannot be used."""
    assert event.connection_id is not None
    connection = connection_to_lock(event.connection_id)
    dialect = DIALECTS[connection.kind]
    shop = Shop(connection.address, connection.prefix)
    about = dialect.about(event.topic or "", fields.read(event.body), event.triggered_at or event.received_at)
    event.told_at, event.object_key, event.customer_key = about.told_at, about.object_key, about.customer_key
    event.outcome = None
    db.session.flush()
    if about.subject is Subject.ORDER:
        record_order(event, connection, dialect, shop, now)
    elif about.subject is Subject.CUSTOMER:
        event.outcome = tell_customer(event, connection, dialect, shop, now)
    elif about.subject is Subject.PRIVACY:
        note_request(event, dialect, shop)
    else:
        event.outcome = Outcome.TEST if about.subject is Subject.TEST else Outcome.UNUSED


def record_order(
    event: OrderEvent, connection: ShopConnection, dialect: Dialect, shop: Shop, now: datetime
) -> None:
    """Record the order of the event as all its events tell it; those that waited for it are used too."""
    family = family_of(event)
    told = in_order([as_told(each) for each in family])
    order = dialect.newest_order(told)
    key = dialect.customer_key(order.payload) if order else None
    used: Sequence[OrderEvent] = family
    if order is None or key is None:
        outcome = Outcome.NOBODY if order else Outcome.WAITING
    else:
        people = newest_of_customer(connection.id, key)
        customer = dialect.customer(in_order([as_told(each) for each in people]), shop)
        record = dialect.purchase(told, customer, shop)
        if record.placed_at > now + A_DAY:
            raise Refusal(FROM_THE_FUTURE)
        with db.session.begin_nested():
            record_purchase(connection.brand, record, now, connection.kind)
        outcome, used = Outcome.RECORDED, [*family, *people]
    for each in used:
        each.outcome = outcome


def tell_customer(
    event: OrderEvent, connection: ShopConnection, dialect: Dialect, shop: Shop, now: datetime
) -> Outcome:
    """Bring news of a customer in; about those who have not bought nothing is stored before they do."""
    assert event.customer_key is not None
    people = newest_of_customer(connection.id, event.customer_key)
    record = dialect.customer(in_order([as_told(each) for each in people]), shop)
    if customer_known_as(connection.brand, str(record.reference), None) is None:
        return Outcome.WAITING
    with db.session.begin_nested():
        record_customer(connection.brand, record, now, connection.kind)
    return Outcome.RECORDED


def note_request(event: OrderEvent, dialect: Dialect, shop: Shop) -> None:
    """Note that somebody's data is to be shown or deleted, once per event, due in 30 days."""
    event.outcome = Outcome.REQUEST
    if request_of(event) is not None:
        return
    told = dialect.request(as_told(event), shop)
    customer = None
    if told.customer_reference or told.email:
        customer = customer_known_as(event.brand, told.customer_reference, told.email)
    request = PrivacyRequest(
        brand=event.brand,
        customer=customer,
        kind=told.kind,
        source=event.source,
        event_id=event.id,
        customer_reference=told.customer_reference,
        email=told.email,
        told={"orders": list(told.orders)},
        received_at=event.received_at,
        due_at=event.received_at + TIME_FOR_REQUESTS,
    )
    db.session.add(request)
    db.session.flush()


def as_told(event: OrderEvent) -> Event:
    """Return a stored event as the dialects know it."""
    at = event.told_at or event.triggered_at or event.received_at
    return Event(event.topic or "", fields.read(event.body), at, event.body_hash)


READERS: Mapping[str, Reader] = {**OWN_READERS, **dict.fromkeys(DIALECTS, read_shop_event)}


def read_events(now: datetime, limit: int = 100) -> int:
    """Read up to `limit` events of all sources; return how many."""
    return reading.read_events(now, limit, READERS)
