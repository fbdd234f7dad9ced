import json

import pytest
from sqlalchemy import select

from surveys.brand.models import ShopConnection
from surveys.clock import real_now
from surveys.customers.models import OrderEvent, Purchase
from surveys.customers.receiving import receive_event
from surveys.database import db
from surveys.shops.reading import read_events
from tests.surveys.shops.payloads import SHOPIFY_ORDER, WOO_ORDER, changed

FIELDS = {
    "brand": "demo",
    "kind": "woocommerce",
    "address": "https://Tea.example.test/",
    "secret": "",
    "prefix": "",
}


@pytest.fixture
def admin(make_today, signed_in):
    return signed_in(make_today.staff("Ada", "admin"))


def read():
    read_events(real_now())
    db.session.commit()


@pytest.mark.once
def test_a_shop_is_connected_on_its_page_and_what_to_paste_stands_there(make_today, admin):
    make_today.brand()
    assert "No shop is connected yet" in admin.get("/settings/shops").text
    answer = admin.post("/settings/shops/new", data=FIELDS)
    connection = db.session.scalars(select(ShopConnection)).one()
    assert (answer.status_code, answer.location) == (303, f"/settings/shops/{connection.public_id}")
    assert (connection.brand.key, connection.kind, connection.address) == (
        "demo",
        "woocommerce",
        "tea.example.test",
    )
    page = admin.get(answer.location).text
    assert f"/hooks/woocommerce/{connection.public_id}" in page
    assert connection.secrets[0].secret in page
    assert "No event yet" in page


@pytest.mark.once
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"address": "no address"}, "such as shop.example.com"),
        ({"kind": "shopify"}, "ends in .myshopify.com"),
        ({"kind": "shopify", "address": "tea.myshopify.com"}, "Shopify makes the secret itself"),
        ({"secret": "not & only letters"}, "letters and digits only"),
        ({"prefix": "a b"}, "letters, digits, dots or hyphens"),
        ({"address": ""}, "required"),
        ({"kind": "magento"}, "Not a valid choice"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(make_today, admin, changes, words):
    make_today.brand()
    answer = admin.post("/settings/shops/new", data=FIELDS | changes)
    assert answer.status_code == 422
    assert words in answer.text
    assert db.session.scalar(select(ShopConnection)) is None


def test_the_last_events_stand_on_the_page_with_what_became_of_them(admin, send, connected):
    connection = connected()
    send(connection, "orders/create", SHOPIFY_ORDER)
    send(connection, "orders/create", changed(SHOPIFY_ORDER, id=5002, created_at=None, processed_at=None))
    send(connection, "products/update", {"id": 1})
    send(connection, "orders/create", changed(SHOPIFY_ORDER, id=5003, test=True))
    place = f"/settings/shops/{connection.public_id}"
    assert "read in a moment" in admin.get(place).text
    read()
    page = admin.get(place).text
    for words in ("used", "does not say when it was placed", "not needed", "a test"):
        assert words in page
    only = admin.get(place + "?show=unusable").text
    assert "does not say when it was placed" in only and "not needed" not in only
    assert "1 event could not be used" in admin.get("/settings/shops").text


def test_an_event_that_could_not_be_used_is_read_again_when_somebody_says_so(admin, send, connected):
    connection = connected()
    send(connection, "orders/create", SHOPIFY_ORDER)
    event = db.session.scalars(select(OrderEvent)).one()
    event.read_at, event.problem = real_now(), "The disk was full."
    db.session.commit()
    place = f"/settings/shops/{connection.public_id}"
    assert admin.post(f"{place}/events/{event.id}/replay").status_code == 303
    read()
    assert (event.problem, event.outcome) == (None, "recorded")
    event.problem = "Again."
    db.session.commit()
    assert admin.post(f"{place}/replay").status_code == 303
    read()
    assert event.problem is None
    assert db.session.scalars(select(Purchase)).one().reference == "#1001"


def test_an_event_of_the_order_hook_can_be_read_again_too(make_today, admin):
    brand = make_today.brand()
    body = json.dumps({"reference": "A-1", "discount in %": 5}).encode()
    event = receive_event(brand.id, "generic", body, real_now())
    db.session.commit()
    read()
    page = admin.get("/settings/shops").text
    assert "could not be used" in page and "/customer: is missing" in page
    assert "/discount in %: is not known here" in page  # the shop's own word, whatever stands in it
    assert "A-1" in admin.get(f"/settings/shops/own/events/{event.id}").text
    assert admin.post(f"/settings/shops/own/events/{event.id}/replay").status_code == 303
    assert admin.post("/settings/shops/own/replay").status_code == 303


@pytest.mark.once
def test_an_event_is_shown_as_it_came_in_whatever_that_is(admin, send, connected):
    connection = connected()
    for body in (b'{"name": "<script>", "half": "\\ud800"}', b"\xff\x00[[", b"[" * 100_000):
        send(connection, "orders/create", body)
    for event in db.session.scalars(select(OrderEvent)).all():
        answer = admin.get(f"/settings/shops/{connection.public_id}/events/{event.id}")
        assert answer.status_code == 200
        assert "<script>" not in answer.text.partition("As it came in")[2]


def test_an_event_of_one_shop_is_not_found_at_another(admin, send, connected, make):
    connection = connected()
    other = connected("woocommerce", brand=make.brand("second"), secret="abcdefgh12345")
    send(connection, "orders/create", SHOPIFY_ORDER)
    event = db.session.scalars(select(OrderEvent)).one()
    for place in (other.public_id, "own", "unknown"):
        assert admin.get(f"/settings/shops/{place}/events/{event.id}").status_code == 404
    for number in (2**31, 10**25):
        assert admin.get(f"/settings/shops/{connection.public_id}/events/{number}").status_code == 404


@pytest.mark.once
def test_a_secret_is_changed_and_the_old_one_counts_another_day(admin, send, connected):
    connection = connected("woocommerce")
    place = f"/settings/shops/{connection.public_id}"
    assert admin.post(place + "/secrets", data={"secret": "§§"}).status_code == 422
    assert admin.post(place + "/secrets", data={"secret": ""}).status_code == 303
    assert "counts until" in admin.get(place).text
    old, new = (each.secret for each in connection.secrets)
    for secret, status in ((old, "1"), (new, "2")):
        answer = send(connection, "order.updated", changed(WOO_ORDER, number=status), secret=secret)
        assert answer.status_code == 200


def test_what_was_turned_away_is_said_with_what_to_compare(admin, send, connected):
    connection = connected()
    send(connection, "orders/create", SHOPIFY_ORDER, secret="wrong-secret")
    assert "Compare the secret here" in admin.get(f"/settings/shops/{connection.public_id}").text


@pytest.mark.once
def test_an_ended_connection_says_so_and_cannot_be_ended_twice(admin, connected):
    connection = connected()
    place = f"/settings/shops/{connection.public_id}"
    assert admin.post(place + "/end").status_code == 303
    assert "ended" in admin.get(place).text
    assert "ended" in admin.get("/settings/shops").text
    assert admin.post(place + "/end").status_code == 409


@pytest.mark.once
@pytest.mark.parametrize("role", ["agent", "analyst"])
def test_secrets_of_shops_are_not_for_everybody(make_today, signed_in, connected, role):
    connection = connected()
    browser = signed_in(make_today.staff("Ben", role))
    for place in ("", "/new", f"/{connection.public_id}"):
        assert browser.get("/settings/shops" + place).status_code == 403
