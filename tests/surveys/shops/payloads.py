"""Payloads with the fields of the documentation: Shopify's Order, Fulfillment, Refund, Customer; WooCommerce's Order."""

from copy import deepcopy
from typing import Any

CONSENT = {
    "state": "subscribed",
    "opt_in_level": "confirmed_opt_in",
    "consent_updated_at": "2026-02-01T09:00:00+01:00",
}
SHOPIFY_ORDER: dict[str, Any] = {
    "id": 5001,
    "admin_graphql_api_id": "gid://shopify/Order/5001",
    "name": "#1001",
    "order_number": 1001,
    "email": "pat@example.test",
    "contact_email": "pat@example.test",
    "test": False,
    "created_at": "2026-03-01T10:00:00+01:00",
    "processed_at": "2026-03-01T10:00:00+01:00",
    "updated_at": "2026-03-01T10:00:00+01:00",
    "cancelled_at": None,
    "currency": "EUR",
    "total_price": "59.90",
    "financial_status": "paid",
    "fulfillment_status": None,
    "customer_locale": "de-DE",
    "source_name": "web",
    "tags": "vip, spring",
    "buyer_accepts_marketing": True,
    "order_status_url": "https://shop.example.test/5001/orders/secret/authenticate?key=secret",
    "customer": {
        "id": 7001,
        "email": "Pat@example.test",
        "first_name": "Pat",
        "last_name": "Promoter",
        "email_marketing_consent": CONSENT,
        "default_address": {"country_code": "DE"},
    },
    "billing_address": {"first_name": "Pat", "last_name": "Promoter", "country_code": "DE"},
    "shipping_address": {"first_name": "Pat", "last_name": "Promoter", "country_code": "AT"},
    "line_items": [
        {
            "id": 1,
            "title": "Teapot",
            "name": "Teapot - blue",
            "sku": "POT-B",
            "quantity": 1,
            "current_quantity": 1,
            "price": "39.90",
        },
        {"id": 2, "name": "Cup", "sku": "", "quantity": 2, "current_quantity": 2, "price": "10.00"},
        {"id": 3, "name": "Removed", "quantity": 1, "current_quantity": 0, "price": "1.00"},
    ],
    "fulfillments": [],
    "refunds": [],
    "a_field_of_next_year": {"deeply": ["unknown"]},
}
PARCEL: dict[str, Any] = {
    "id": 9001,
    "order_id": 5001,
    "status": "success",
    "created_at": "2026-03-02T08:00:00+01:00",
    "updated_at": "2026-03-02T08:00:00+01:00",
    "tracking_company": "DHL",
    "tracking_number": "JJD1",
    "tracking_url": "https://carrier.example.test/JJD1",
    "shipment_status": None,
}
REFUND: dict[str, Any] = {
    "id": 9901,
    "order_id": 5001,
    "created_at": "2026-03-08T08:00:00+01:00",
    "refund_line_items": [{"quantity": 1, "restock_type": "return", "line_item_id": 1}],
    "transactions": [{"amount": "59.90", "kind": "refund", "status": "success"}],
}
WOO_ORDER: dict[str, Any] = {
    "id": 727,
    "number": "727",
    "status": "processing",
    "currency": "EUR",
    "date_created": "2026-03-01T10:00:00",
    "date_created_gmt": "2026-03-01T09:00:00",
    "date_modified_gmt": "2026-03-01T09:00:00",
    "date_completed_gmt": None,
    "total": "29.35",
    "customer_id": 26,
    "created_via": "checkout",
    "payment_method": "paypal",
    "billing": {"first_name": "Pat", "last_name": "Promoter", "email": "Pat@example.test", "country": "DE"},
    "shipping": {"first_name": "Pat", "last_name": "Promoter", "country": "AT"},
    "meta_data": [{"id": 1, "key": "wpml_language", "value": "de"}],
    "line_items": [
        {"id": 315, "name": "Woo Single #1", "sku": "", "quantity": 2, "price": 3, "total": "6.00"},
        {"id": 316, "name": "Ship Your Idea", "sku": "Bar3", "quantity": 1, "price": 12.5, "total": "12.50"},
    ],
    "refunds": [],
}


def changed(payload: dict[str, Any], **values: Any) -> dict[str, Any]:
    """Return a copy of the payload with other values."""
    return deepcopy(payload) | values
