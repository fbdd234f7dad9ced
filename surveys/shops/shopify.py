"""What Shopify tells: orders, fulfilments, refunds, customers, and requests about personal data.

Every event of an order is kept, and the order is put together anew from all of them: the newest
whole order, each parcel and each refund in its newest state. So it does not matter in which
order they come in or how often. Moments are taken from the payload, which is signed; the
headers are not, and count only where the payload names no moment.
Source: Shopify, Webhooks reference and REST resources Order, Fulfillment, Refund and Customer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from surveys.customers import checks
from surveys.customers.records import (
    UNSET,
    CustomerRecord,
    ItemRecord,
    Permission,
    PurchaseRecord,
    Unset,
)
from surveys.errors import N_, Refusal
from surveys.shops import fields
from surveys.shops.fields import Payload
from surveys.shops.shopify_parcels import (
    PARCEL_EVENT,
    PARCEL_TOPICS,
    REFUND_TOPIC,
    with_parcels,
    with_refunds,
)
from surveys.shops.told import About, Event, RequestTold, Shop, Subject

REQUESTS = {
    "customers/data_request": "disclosure",
    "customers/redact": "erasure",
    "shop/redact": "shop_erasure",
}
CUSTOMER_TOPICS = ("customers/create", "customers/update", "customers/enable", "customers/disable")
CONSENT_TOPIC = "customers_email_marketing_consent/update"
DELETED = "orders/delete"
ADDRESSES = ("billing_address", "shipping_address")
NO_ID = N_("The event names no order; it cannot be brought together with others.")
NO_NUMBER = N_("The order has no number and no id.")
NO_DATE = N_("The order does not say when it was placed.")


def about(topic: str, payload: Payload, at: datetime) -> About:
    """Return what the event is about; raise Refusal when it should name an order and does not."""
    told_at = fields.moment(payload.get("updated_at")) or fields.moment(payload.get("created_at")) or at
    if topic in REQUESTS:
        return About(Subject.PRIVACY, at)
    if topic in CUSTOMER_TOPICS or topic == CONSENT_TOPIC:
        return _about_customer(topic, payload, told_at)
    if topic.startswith("orders/"):
        if payload.get("test") is True:
            return About(Subject.TEST, told_at)
        return About(Subject.ORDER, told_at, _order_key(payload.get("id")), customer_key(payload))
    if topic in (*PARCEL_TOPICS, PARCEL_EVENT, REFUND_TOPIC):
        return About(Subject.ORDER, told_at, _order_key(payload.get("order_id")))
    return About(Subject.OTHER, told_at)


def _about_customer(topic: str, payload: Payload, told_at: datetime) -> About:
    """Return what an event about a customer, or about their consent, is about."""
    if topic == CONSENT_TOPIC:
        number = fields.number(payload.get("customer_id"))
        consent = fields.part(payload, "email_marketing_consent")
        told_at = fields.moment(consent.get("consent_updated_at")) or told_at
        key = f"consent:{number}"
    else:
        number = fields.number(payload.get("id"))
        key = f"customer:{number}"
    if number is None:
        raise Refusal(N_("The event names no customer."))
    return About(Subject.CUSTOMER, told_at, key, f"id:{number}")


def _order_key(value: Any) -> str:
    """Return the key that all events of one order share."""
    number = fields.number(value)
    if number is None:
        raise Refusal(NO_ID)
    return f"order:{number}"


def customer_key(order: Payload) -> str | None:
    """Return the key of an order's customer: by number, else by address; None when nobody is named."""
    number = fields.number(fields.part(order, "customer").get("id"))
    if number is not None:
        return f"id:{number}"
    email = _email(order)
    return f"email:{email}" if email else None


def newest_order(told: Sequence[Event]) -> Event | None:
    """Return the event that tells the order whole and newest; None while there is none."""
    orders = [each for each in told if each.topic.startswith("orders/") and each.topic != DELETED]
    return orders[-1] if orders else None


def purchase(told: Sequence[Event], customer: CustomerRecord, shop: Shop) -> PurchaseRecord:
    """Return the order that all its events tell together; what is told at all is told whole.

    A parcel that was called off empties `shipped_at` again. Raises Refusal when the order is
    untold, or has no number or no date.
    """
    order = newest_order(told)
    if order is None:
        raise Refusal(NO_ID)
    record = with_refunds(with_parcels(_order(order.payload, customer, shop), told), told)
    gone = [each.told_at for each in told if each.topic == DELETED]
    return replace(record, cancelled_at=gone[0]) if gone and record.cancelled_at is None else record


def customer(told: Sequence[Event], shop: Shop) -> CustomerRecord:
    """Return the customer as the newest events tell of them.

    When all there is is a word on consent, everything else stays as it is.
    """
    people = [each for each in told if each.topic != CONSENT_TOPIC]
    if not people:
        number = fields.number(told[-1].payload.get("customer_id"))
        return CustomerRecord(reference=f"{shop.prefix}{number}", permission=_permission(told))
    newest = people[-1]
    whole = newest.payload if newest.topic in CUSTOMER_TOPICS else fields.part(newest.payload, "customer")
    orders = [each.payload for each in people if each.topic.startswith("orders/")]
    order = orders[-1] if orders else {}
    number = fields.number(whole.get("id"))
    email = fields.checked(whole.get("email"), checks.email) or _email(order)
    addresses = (fields.part(whole, "default_address"), *(fields.part(order, n) for n in ADDRESSES))
    countries = (fields.checked(each.get("country_code"), checks.country) for each in addresses)
    names = (fields.full_name(each) for each in (whole, *addresses))
    return CustomerRecord(
        reference=f"{shop.prefix}{number}" if number else UNSET,
        email=email,
        name=next((name for name in names if name), None),
        locale=fields.checked(order.get("customer_locale"), checks.locale) if orders else UNSET,
        country=next((country for country in countries if country), None),
        permission=_permission(told),
    )


def request(event: Event, shop: Shop) -> RequestTold:
    """Return the request that an event about personal data makes."""
    person = fields.part(event.payload, "customer")
    number = fields.number(person.get("id"))
    named = event.payload.get("orders_requested") or event.payload.get("orders_to_redact") or []
    orders = [fields.number(each) for each in named] if isinstance(named, list) else []
    return RequestTold(
        kind=REQUESTS[event.topic],
        customer_reference=f"{shop.prefix}{number}" if number else None,
        email=fields.checked(person.get("email"), checks.email),
        orders=tuple(str(each) for each in orders if each),
    )


def _email(order: Payload) -> str | None:
    """Return the address an order's mail goes to."""
    named = (fields.part(order, "customer").get("email"), order.get("email"), order.get("contact_email"))
    return next((found for each in named if (found := fields.checked(each, checks.email))), None)


def _order(order: Payload, customer: CustomerRecord, shop: Shop) -> PurchaseRecord:
    """Return what the order's own fields tell."""
    number = fields.number(order.get("id"))
    name = fields.text(order.get("name"), 100) or (str(number) if number else None)
    if name is None:
        raise Refusal(NO_NUMBER)
    placed_at = fields.moment(order.get("processed_at")) or fields.moment(order.get("created_at"))
    if placed_at is None:
        raise Refusal(NO_DATE)
    currency = order.get("currency")
    destination = fields.part(order, "shipping_address")
    return PurchaseRecord(
        reference=f"{shop.prefix}{name}",
        customer=customer,
        placed_at=placed_at,
        items=tuple(_items(order, currency)),
        total=fields.money(order.get("total_price"), currency),
        ship_country=fields.checked(destination.get("country_code"), checks.country),
        order_url=f"https://{shop.address}/admin/orders/{number}" if number else None,
        cancelled_at=fields.moment(order.get("cancelled_at")),
        attributes=_attributes(order),
    )


def _items(order: Payload, currency: Any) -> list[ItemRecord]:
    """Return the lines of an order; a line of which nothing is left after a change is no line."""
    found = []
    for line in fields.parts(order, "line_items")[:200]:
        left = fields.quantity(line.get("current_quantity", line.get("quantity")))
        name = fields.text(line.get("name"), 400) or fields.text(line.get("title"), 400)
        if left is not None and name is not None:
            price = fields.money(line.get("price"), currency)
            sku = fields.text(line.get("sku"), 100)
            found.append(ItemRecord(name=name, sku=sku, quantity=left, price=price))
    return found


def _attributes(order: Payload) -> Mapping[str, str]:
    """Return what segments and conditions may want to know of the order beside its fields."""
    told = {
        "channel": fields.text(order.get("source_name"), 100),
        "payment": fields.text(order.get("financial_status"), 40),
        "tags": fields.text(order.get("tags"), 500),
    }
    return {name: value for name, value in told.items() if value}


def _permission(told: Sequence[Event]) -> Permission | Unset:
    """Return what the newest word on e-mail marketing means for asking; UNSET when it says nothing.

    Who subscribed agreed to mail; who unsubscribed wants none. "not_subscribed" is neither: then
    the brand's own rule for its customers holds, or what was agreed elsewhere.
    """
    words = []
    for event in told:
        holder = event.payload
        if event.topic.startswith("orders/"):
            holder = fields.part(holder, "customer")
        consent = fields.part(holder, "email_marketing_consent")
        at = fields.moment(consent.get("consent_updated_at"))
        if consent.get("state") in ("subscribed", "unsubscribed", "redacted"):
            words.append((at or event.told_at, consent))
    if not words:
        return UNSET
    at, consent = max(words, key=lambda word: word[0])
    if consent["state"] != "subscribed":
        return Permission("none", at)
    level = fields.text(consent.get("opt_in_level"), 40) or "unknown"
    confirmed_at = at if level == "confirmed_opt_in" else None
    return Permission("opt_in", at, f"Shopify, e-mail marketing: subscribed ({level})", confirmed_at)
