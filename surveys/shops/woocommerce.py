"""What WooCommerce tells: orders and customers, each time whole.

An order is told anew with each change, so the newest one counts; `order.deleted` names only the
number. The system knows no parcels: an order is "completed" when it was sent, and extensions
for tracking (WooCommerce Shipment Tracking) write into `meta_data`.
Source: WooCommerce REST API documentation v3, Orders, Customers and Webhooks.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from surveys.customers import checks
from surveys.customers.records import UNSET, CustomerRecord, ItemRecord, PurchaseRecord
from surveys.errors import N_, Refusal
from surveys.shops import fields
from surveys.shops.fields import Payload
from surveys.shops.told import About, Event, RequestTold, Shop, Subject

ORDER_TOPICS = ("order.created", "order.updated", "order.restored")
DELETED = "order.deleted"
CUSTOMER_TOPICS = ("customer.created", "customer.updated")
CALLED_OFF = ("cancelled", "failed", "trash")
UNFINISHED = ("checkout-draft", "auto-draft")  # a cart at the cash desk, not an order
TRACKING = "_wc_shipment_tracking_items"
LANGUAGES = ("wpml_language", "_wpml_language", "_order_language")
NO_ID = N_("The event names no order; it cannot be brought together with others.")
NO_DATE = N_("The order does not say when it was placed.")


def about(topic: str, payload: Payload, at: datetime) -> About:
    """Return what the event is about; raise Refusal when it should name an order or customer and does not."""
    told_at = _moment(payload, "date_modified") or _moment(payload, "date_created") or at
    number = fields.number(payload.get("id"))
    if topic in (*ORDER_TOPICS, DELETED):
        if payload.get("status") in UNFINISHED:
            return About(Subject.OTHER, told_at)
        if number is None:
            raise Refusal(NO_ID)
        return About(Subject.ORDER, told_at, f"order:{number}", customer_key(payload))
    if topic in CUSTOMER_TOPICS:
        if number is None:
            raise Refusal(N_("The event names no customer."))
        return About(Subject.CUSTOMER, told_at, f"customer:{number}", f"id:{number}")
    return About(Subject.OTHER, told_at)


def customer_key(order: Payload) -> str | None:
    """Return the key of an order's customer: by account, else by address; None when nobody is named."""
    number = fields.number(order.get("customer_id"))
    if number is not None:
        return f"id:{number}"
    email = fields.checked(fields.part(order, "billing").get("email"), checks.email)
    return f"email:{email}" if email else None


def newest_order(told: Sequence[Event]) -> Event | None:
    """Return the event that tells the order whole and newest; None while there is none."""
    orders = [each for each in told if each.topic in ORDER_TOPICS]
    return orders[-1] if orders else None


def purchase(told: Sequence[Event], customer: CustomerRecord, shop: Shop) -> PurchaseRecord:
    """Return the order that all its events tell together.

    Raises Refusal when the order is untold, or does not say when it was placed.
    """
    orders = [each for each in told if each.topic in ORDER_TOPICS]
    if not orders:
        raise Refusal(NO_ID)
    order, number = orders[-1].payload, fields.number(orders[-1].payload.get("id"))
    placed_at = _moment(order, "date_created")
    if placed_at is None:
        raise Refusal(NO_DATE)
    called_off = _since(told, lambda each: each.topic == DELETED or each.payload.get("status") in CALLED_OFF)
    refunded = _since(told, _is_refunded)
    currency = order.get("currency")
    record = PurchaseRecord(
        reference=f"{shop.prefix}{fields.text(order.get('number'), 100) or number}",
        customer=customer,
        placed_at=placed_at,
        items=tuple(_items(order, currency)),
        total=fields.money(order.get("total"), currency),
        ship_country=_country(order, "shipping") or _country(order, "billing"),
        order_url=f"https://{shop.address}/wp-admin/post.php?post={number}&action=edit",
        cancelled_at=called_off,
        refunded_at=refunded if any(_is_refunded(each) for each in orders) else UNSET,
        attributes=_attributes(order),
    )
    return _with_parcel(record, orders)


def customer(told: Sequence[Event], shop: Shop) -> CustomerRecord:
    """Return the customer as the newest events tell of them."""
    newest = told[-1].payload
    is_account = told[-1].topic in CUSTOMER_TOPICS
    number = fields.number(newest.get("id") if is_account else newest.get("customer_id"))
    named = (newest.get("email"), fields.part(newest, "billing").get("email"))
    email = next((found for each in named if (found := fields.checked(each, checks.email))), None)
    orders = [each.payload for each in told if each.topic in ORDER_TOPICS]
    people = (newest, fields.part(newest, "billing"), fields.part(newest, "shipping"))
    return CustomerRecord(
        reference=f"{shop.prefix}{number}" if number else UNSET,
        email=email,
        name=next((name for each in people if (name := fields.full_name(each))), None),
        locale=_language(orders[-1]) if orders else UNSET,
        country=_country(newest, "billing") or _country(newest, "shipping"),
    )


def request(event: Event, shop: Shop) -> RequestTold:
    """Refuse: WooCommerce sends no requests about personal data; they reach the shop by other ways."""
    raise Refusal(N_("WooCommerce sends no such requests."))


def _is_refunded(event: Event) -> bool:
    """Return whether all the money of the order went back; a part of it does not change its status."""
    return event.payload.get("status") == "refunded"


def _since(told: Sequence[Event], is_so: Callable[[Event], bool]) -> datetime | None:
    """Return since when something has been so without a break; None when it is not so now."""
    found = None
    for event in reversed(told):
        if not is_so(event):
            break
        found = event.told_at
    return found


def _with_parcel(record: PurchaseRecord, orders: Sequence[Event]) -> PurchaseRecord:
    """Return the order with its parcel; when no event ever spoke of one, another system may know."""
    if not any(each.payload.get("status") == "completed" or _tracked(each.payload) for each in orders):
        return record
    order = orders[-1].payload
    parcels = _tracked(order)
    sent = [at for each in parcels if (at := _shipped_at(each.get("date_shipped")))]
    if not sent and order.get("status") == "completed":
        sent = [_moment(order, "date_completed") or orders[-1].told_at]
    last = parcels[-1] if parcels else {}
    carrier = last.get("custom_tracking_provider") or last.get("tracking_provider")
    links = (last.get("custom_tracking_link"), last.get("tracking_link"))
    return replace(
        record,
        shipped_at=max(sent, default=None),
        carrier=fields.text(carrier, 100),
        tracking_url=next((link for each in links if (link := fields.checked(each, checks.link))), None),
    )


def _tracked(order: Payload) -> list[Payload]:
    """Return the parcels that the tracking extension noted on the order."""
    values = (each.get("value") for each in fields.parts(order, "meta_data") if each.get("key") == TRACKING)
    found = next((value for value in values if isinstance(value, list)), [])
    return [each for each in found if isinstance(each, dict)]


def _shipped_at(value: Any) -> datetime | None:
    """Return the moment of `date_shipped`: seconds since 1970, or a date."""
    seconds = fields.number(value)
    if seconds is None:
        return fields.moment(value)
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < 2**32 else None


def _moment(order: Payload, name: str) -> datetime | None:
    """Return a moment of the order in UTC; the field without `_gmt` is in the shop's zone, which is not told."""
    return fields.moment(order.get(f"{name}_gmt"))


def _country(order: Payload, name: str) -> str | None:
    """Return the country of one of the addresses."""
    return fields.checked(fields.part(order, name).get("country"), checks.country)


def _language(order: Payload) -> str | None:
    """Return the language that an extension for several languages noted on the order."""
    noted = {
        each.get("key"): each.get("value") for each in fields.parts(order, "meta_data") if _is_named(each)
    }
    found = (fields.checked(noted.get(name), checks.locale) for name in LANGUAGES)
    return next((language for language in found if language), None)


def _is_named(entry: Payload) -> bool:
    """Return whether an entry of `meta_data` has a name."""
    return isinstance(entry.get("key"), str)


def _items(order: Payload, currency: Any) -> list[ItemRecord]:
    """Return the lines of an order."""
    found = []
    for line in fields.parts(order, "line_items")[:200]:
        count, name = fields.quantity(line.get("quantity")), fields.text(line.get("name"), 400)
        if count is not None and name is not None:
            price = fields.money(line.get("price"), currency)
            sku = fields.text(line.get("sku"), 100)
            found.append(ItemRecord(name=name, sku=sku, quantity=count, price=price))
    return found


def _attributes(order: Payload) -> Mapping[str, str]:
    """Return what segments and conditions may want to know of the order beside its fields."""
    told = {
        "channel": fields.text(order.get("created_via"), 100),
        "payment": fields.text(order.get("payment_method"), 100),
        "status": fields.text(order.get("status"), 40),
    }
    return {name: value for name, value in told.items() if value}
