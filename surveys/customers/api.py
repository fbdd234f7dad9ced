"""Purchases and customers over the JSON API, and order events over signed hooks."""

from typing import Any

from flask import Response, g, jsonify, request
from pydantic import Field

from surveys.api.door import MachineDoor, listing, problem_response
from surveys.api.shapes import ListQuery, OnePath, written
from surveys.clock import business_now
from surveys.customers import queries
from surveys.customers.door import HookDoor
from surveys.customers.models import Customer, Purchase
from surveys.customers.receiving import brand_named_in, receive_event
from surveys.customers.recording import record_purchase
from surveys.customers.shapes import PurchaseIn
from surveys.database import db

door = MachineDoor("customers_api", __name__, url_prefix="/api/v1")
hooks = HookDoor("order_hooks", __name__, url_prefix="/hooks/orders")


class PurchaseQuery(ListQuery):
    """Which purchases to list."""

    brand: str | None = Field(None, max_length=40)
    reference: str | None = Field(None, max_length=200)


class CustomerQuery(ListQuery):
    """Which customers to list."""

    brand: str | None = Field(None, max_length=40)
    reference: str | None = Field(None, max_length=200)
    email: str | None = Field(None, max_length=254)


@door.post("/purchases")
def post_purchase(body: PurchaseIn) -> tuple[Response, int]:
    """Tell of a purchase: stored when new, else updated where fields are given."""
    brand = queries.brand_for(body.brand)
    purchase, created = record_purchase(brand, body.record(), business_now())
    answer = jsonify(purchase_shape(purchase))
    db.session.commit()
    return answer, 201 if created else 200


@door.get("/purchases")
def list_purchases(query: PurchaseQuery) -> Response:
    """List purchases, the last stored first."""
    page = queries.page_of_purchases(query.limit, query.cursor, brand=query.brand, reference=query.reference)
    return listing([purchase_shape(purchase) for purchase in page.items], page.next)


@door.get("/purchases/<public_id>")
def one_purchase(path: OnePath) -> Response:
    """Return one purchase."""
    return jsonify(purchase_shape(queries.purchase_or_missing(path.public_id)))


@door.get("/customers")
def list_customers(query: CustomerQuery) -> Response:
    """List customers, the last stored first."""
    page = queries.page_of_customers(
        query.limit, query.cursor, brand=query.brand, reference=query.reference, email=query.email
    )
    return listing([customer_shape(customer) for customer in page.items], page.next)


@door.get("/customers/<public_id>")
def one_customer(path: OnePath) -> Response:
    """Return one customer."""
    return jsonify(customer_shape(queries.customer_or_missing(path.public_id)))


@hooks.post("/generic")
def generic_event() -> Response:
    """Take a signed order event; it is acknowledged once it is stored, and read by the loop."""
    body = request.get_data()
    named = brand_named_in(body)
    if named is not None and named != g.hook.brand_key:
        return problem_response(401, "The body names another brand than the one whose secret signed it.")
    receive_event(g.hook.brand_id, "generic", body, business_now())
    db.session.commit()
    return jsonify({"received": True})


def customer_shape(customer: Customer) -> dict[str, Any]:
    """Return the JSON form of a customer."""
    permission = {
        "basis": customer.basis,
        "at": written(customer.basis_at),
        "evidence": customer.basis_evidence,
        "confirmed_at": written(customer.basis_confirmed_at),
    }
    return {
        "id": customer.public_id,
        "brand": customer.brand.key,
        "reference": customer.reference,
        "email": customer.email,
        "name": customer.name,
        "locale": customer.locale,
        "time_zone": customer.time_zone,
        "country": customer.country,
        "permission": permission if customer.basis else None,
        "objected_at": written(customer.objected_at),
    }


def purchase_shape(purchase: Purchase) -> dict[str, Any]:
    """Return the JSON form of a purchase with its customer and items."""
    return {
        "id": purchase.public_id,
        "reference": purchase.reference,
        "brand": purchase.brand.key,
        "customer": customer_shape(purchase.customer),
        "items": [
            {
                "sku": item.sku,
                "name": item.name,
                "category": item.category,
                "quantity": item.quantity,
                "price": money_shape(item.price_amount, item.price_currency),
            }
            for item in purchase.items
        ],
        "total": money_shape(purchase.total_amount, purchase.currency),
        "ship_country": purchase.ship_country,
        "carrier": purchase.carrier,
        "order_url": purchase.order_url,
        "tracking_url": purchase.tracking_url,
        "placed_at": written(purchase.placed_at),
        "promised_at": written(purchase.promised_at),
        "shipped_at": written(purchase.shipped_at),
        "delivered_at": written(purchase.delivered_at),
        "cancelled_at": written(purchase.cancelled_at),
        "returned_at": written(purchase.returned_at),
        "refunded_at": written(purchase.refunded_at),
        "attributes": purchase.attributes,
    }


def money_shape(amount: int | None, currency: str | None) -> dict[str, Any] | None:
    """Return money in minor units, or null when there is none."""
    return None if amount is None else {"amount": amount, "currency": currency}
