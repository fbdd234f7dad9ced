"""Put the demo's customers, orders and questions into rows as the tables want them."""

from datetime import datetime, timedelta
from typing import Any

from feedback.demo.catalogue import SHIPPING
from feedback.demo.story import Order, Shopper
from feedback.demo.year import Asking, known
from surveys.brand.models import Brand
from surveys.invitations.sending import LINK_LIVES

Row = dict[str, Any]


def customer_row(shopper: Shopper, brand: Brand, at: datetime) -> Row:
    """Return one customer."""
    return {
        "brand_id": brand.id,
        "reference": f"C-{shopper.number}",
        "email": shopper.person.email,
        "name": shopper.person.name,
        "locale": shopper.locale,
        "time_zone": shopper.country.time_zone,
        "country": shopper.country.code,
        "made_by_demo": True,
        "created_at": at,
    }


def purchase_row(order: Order, at: datetime) -> Row:
    """Return one purchase as the shop told it `at` that moment, already considered."""
    shop, gone = order.shopper.brand, order.cancelled
    reference = f"{shop.key[0].upper()}-{10_000 + order.number}"
    track = f"https://{order.carrier.lower()}.example/track/{90_000_000 + order.number}"
    return {
        "reference": reference,
        "total_amount": sum(product.price * quantity for product, quantity in order.lines) + SHIPPING,
        "currency": order.shopper.country.currency,
        "ship_country": order.shopper.country.code,
        "carrier": order.carrier,
        "order_url": f"https://{shop.domain}/admin/orders/{reference}",
        "tracking_url": None if gone else track,
        "placed_at": order.placed_at,
        "promised_at": order.promised_at,
        "shipped_at": None if gone else known(order.shipped_at, at),
        "delivered_at": None if gone else known(order.delivered_at, at),
        "cancelled_at": min(at, order.placed_at + timedelta(hours=3)) if gone else None,
        "created_at": at,
        "changed_at": at,
        "considered_at": at,
    }


def item_rows(order: Order, purchase_id: int) -> list[Row]:
    """Return the lines of one order."""
    language = order.shopper.language
    return [
        {
            "purchase_id": purchase_id,
            "position": position,
            "sku": product.sku,
            "name": product.title(language),
            "category": product.category(language),
            "quantity": quantity,
            "price_amount": product.price,
            "price_currency": order.shopper.country.currency,
        }
        for position, (product, quantity) in enumerate(order.lines, start=1)
    ]


def invitation_row(asking: Asking) -> Row:
    """Return one decision, and what became of it."""
    return {
        "locale": asking.order.shopper.language,
        "state": asking.state,
        "reason": asking.reason,
        "planned_at": asking.planned_at,
        "first_due_at": asking.first_due_at,
        "due_at": asking.due_at,
        "sent_at": asking.sent_at,
        "expires_at": asking.sent_at + LINK_LIVES if asking.sent_at else None,
        "answered_at": asking.answered_at,
        "attempts": 1 if asking.sent_at else 0,
    }
