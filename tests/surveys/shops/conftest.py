import json
from datetime import timedelta

import pytest

from surveys.clock import real_now
from surveys.customers.signatures import sign_in_base64
from surveys.shops.connecting import connect

SECRET = "shpss0123456789abcdef"
ADDRESS = {"shopify": "tea.myshopify.com", "woocommerce": "tea.example.test/shop"}


@pytest.fixture
def connected(make):
    """Return a shop that was connected yesterday: connected("shopify")."""

    def one(kind="shopify", brand=None, address=None, prefix="", secret=SECRET):
        made_at = real_now() - timedelta(days=1)
        owner = make.staff("Olga", "owner")
        brand = brand or make.brand()
        found = connect(brand, kind, address or ADDRESS[kind], prefix, secret, owner, made_at)
        make.settle()
        return found

    return one


@pytest.fixture
def send(client):
    """Return what posts an event as the shop does: send(connection, topic, payload)."""

    def post(connection, topic, payload, secret=SECRET, **headers):
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        signature = sign_in_base64(body, secret)
        if connection.kind == "shopify":
            own = {
                "X-Shopify-Hmac-Sha256": signature,
                "X-Shopify-Topic": topic,
                "X-Shopify-Webhook-Id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
                "X-Shopify-Shop-Domain": connection.address,
            }
        else:
            own = {
                "X-WC-Webhook-Signature": signature,
                "X-WC-Webhook-Topic": topic,
                "X-WC-Webhook-Delivery-ID": "9a6b1f",
            }
        sent = {name: value for name, value in (own | headers).items() if value is not None}
        address = f"/hooks/{connection.kind}/{connection.public_id}"
        return client.post(address, data=body, content_type="application/json", headers=sent)

    return post
