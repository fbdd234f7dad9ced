import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.clock import real_now
from surveys.customers.models import OrderEvent, Purchase
from surveys.customers.signatures import sign_in_base64
from surveys.database import db
from surveys.shops.connecting import end, new_secret
from surveys.shops.reading import read_events
from tests.surveys.shops.payloads import SHOPIFY_ORDER, WOO_ORDER, changed


def events():
    return list(db.session.scalars(select(OrderEvent).order_by(OrderEvent.id)))


@pytest.mark.parametrize(
    ("kind", "topic", "payload", "reference"),
    [
        ("shopify", "orders/create", SHOPIFY_ORDER, "#1001"),
        ("woocommerce", "order.created", WOO_ORDER, "727"),
    ],
)
def test_a_signed_order_is_acknowledged_kept_and_becomes_a_purchase(
    send, connected, kind, topic, payload, reference
):
    connection = connected(kind)
    answer = send(connection, topic, payload)
    assert (answer.status_code, answer.json) == (200, {"received": True})
    (event,) = events()
    assert (event.source, event.topic, event.brand.key, event.read_at) == (kind, topic, "demo", None)
    read_events(real_now())
    db.session.commit()
    assert (event.outcome, event.problem) == ("recorded", None)
    purchase = db.session.scalars(select(Purchase)).one()
    assert (purchase.reference, purchase.customer.email) == (reference, "pat@example.test")


@pytest.mark.once
@pytest.mark.parametrize("kind", ["shopify", "woocommerce"])
def test_without_a_valid_signature_nothing_is_stored_and_the_connection_says_so(send, connected, kind):
    connection = connected(kind)
    name = {"shopify": "X-Shopify-Hmac-Sha256", "woocommerce": "X-WC-Webhook-Signature"}[kind]
    right = sign_in_base64(b"{}", "shpss0123456789abcdef")
    for wrong in (None, "", "=", "ü", right[:-2], right.lower(), "sha256=" + right, "A" * 44):
        answer = send(connection, "orders/create", b"{}", **{name: wrong})
        assert (answer.status_code, answer.mimetype) == (401, "application/problem+json"), wrong
    assert events() == []
    assert (connection.refused_why, connection.refused_at is not None) == ("signature", True)


def test_the_body_counts_as_it_came_and_not_as_it_reads(send, connected):
    connection = connected()
    signature = sign_in_base64(b'{"id":1}', "shpss0123456789abcdef")
    assert send(connection, "x", b'{"id": 1}', **{"X-Shopify-Hmac-Sha256": signature}).status_code == 401


def test_another_shop_with_the_same_secret_of_an_app_is_turned_away(send, connected):
    connection = connected()
    answer = send(connection, "orders/create", SHOPIFY_ORDER, **{"X-Shopify-Shop-Domain": "x.myshopify.com"})
    assert answer.status_code == 401
    assert (events(), connection.refused_why) == ([], "other_shop")


def test_at_an_address_nobody_gave_out_the_answer_is_that_of_a_wrong_signature(send, connected, client):
    connection = connected()
    wrong = send(connection, "orders/create", b"{}", secret="a-wrong-secret")
    for place in ("/hooks/shopify/unknown", f"/hooks/woocommerce/{connection.public_id}"):
        answer = client.post(place, data=b"{}")
        assert (answer.status_code, answer.json["detail"]) == (401, wrong.json["detail"])
    assert client.get(f"/hooks/shopify/{connection.public_id}").status_code == 405


def test_two_mebibytes_go_in_and_no_more(send, connected):
    connection = connected()
    body = json.dumps(SHOPIFY_ORDER).encode()
    body += b" " * (2 * 1024 * 1024 - len(body))
    assert send(connection, "orders/create", body).status_code == 200
    assert send(connection, "orders/create", body + b" ").status_code == 413


def test_during_a_change_both_secrets_count_for_a_day(send, connected):
    connection = connected()
    new_secret(connection, "another-secret", real_now())
    db.session.commit()
    assert send(connection, "orders/create", SHOPIFY_ORDER).status_code == 200
    assert send(connection, "orders/create", SHOPIFY_ORDER, secret="another-secret").status_code == 200
    for each in connection.secrets:
        each.ends_at = each.ends_at and real_now() - timedelta(seconds=1)
    db.session.commit()
    assert send(connection, "orders/create", SHOPIFY_ORDER).status_code == 401
    assert send(connection, "orders/create", SHOPIFY_ORDER, secret="another-secret").status_code == 200


def test_the_ping_of_woocommerce_is_unsigned_and_wants_200(client, connected):
    connection = connected("woocommerce")
    address = f"/hooks/woocommerce/{connection.public_id}"
    assert client.post(address, data={"webhook_id": "12"}).status_code == 200
    assert client.post(address, data={"webhook_id": "12", "more": "x"}).status_code == 401
    assert client.post(address, data=b"webhook_id=x").status_code == 401
    assert events() == []


def test_the_same_delivery_again_is_acknowledged_and_kept_once(send, connected):
    connection = connected()
    assert [send(connection, "orders/updated", SHOPIFY_ORDER).status_code for _ in range(3)] == [200] * 3
    assert len(events()) == 1
    send(connection, "orders/paid", SHOPIFY_ORDER)  # the same order, said of something else
    assert len(events()) == 2


def test_what_looks_alike_and_is_news_is_told_apart_by_the_delivery(send, connected):
    connection = connected("woocommerce")
    for delivery in ("one", "one", "two"):
        send(connection, "order.deleted", {"id": 727}, **{"X-WC-Webhook-Delivery-ID": delivery})
    assert [event.delivery_key for event in events()] == ["one", "two"]


def test_after_the_end_only_requests_about_personal_data_come_in(send, connected):
    connection = connected()
    end(connection, real_now())
    db.session.commit()
    assert send(connection, "orders/create", SHOPIFY_ORDER).status_code == 410
    assert send(connection, "shop/redact", {"shop_id": 1}).status_code == 200
    assert [event.topic for event in events()] == ["shop/redact"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'{"id": 1e999}', b"9" * 5000])
def test_a_signed_body_that_cannot_be_read_is_kept_with_its_problem(send, connected, body):
    connection = connected()
    assert send(connection, "orders/create", body).status_code == 200
    read_events(real_now())
    db.session.commit()
    (event,) = events()
    assert (event.read_at is not None, bool(event.problem)) == (True, True)


def test_a_purchase_follows_its_later_events(send, connected):
    connection = connected()
    send(connection, "orders/create", SHOPIFY_ORDER)
    read_events(real_now())
    gone = changed(
        SHOPIFY_ORDER, cancelled_at="2026-03-01T12:00:00+01:00", updated_at="2026-03-01T12:00:00+01:00"
    )
    send(connection, "orders/cancelled", gone)
    read_events(real_now())
    db.session.commit()
    assert db.session.scalars(select(Purchase)).one().cancelled_at is not None
