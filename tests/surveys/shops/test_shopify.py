from datetime import UTC, datetime

import pytest

from surveys.customers.records import UNSET, ItemRecord, Money, Permission
from surveys.errors import Refusal
from surveys.shops import shopify
from surveys.shops.told import Event, Shop, Subject
from tests.surveys.shops.payloads import CONSENT, PARCEL, REFUND, SHOPIFY_ORDER, changed

SHOP = Shop("tea.myshopify.com")
AT = datetime(2026, 3, 20, tzinfo=UTC)


def event(topic, payload, at=AT):
    told_at = shopify.about(topic, payload, at).told_at
    return Event(topic, payload, told_at)


def purchase(*events, shop=SHOP):
    told = sorted(events, key=lambda each: each.told_at)
    orders = [each for each in told if each.topic.startswith("orders/")]
    return shopify.purchase(told, shopify.customer(orders, shop), shop)


def test_an_order_becomes_a_purchase_field_by_field():
    found = purchase(event("orders/create", SHOPIFY_ORDER))
    assert (found.reference, found.placed_at) == ("#1001", datetime(2026, 3, 1, 9, tzinfo=UTC))
    assert (found.total, found.ship_country) == (Money(5990, "EUR"), "AT")
    assert found.items == (
        ItemRecord(name="Teapot - blue", sku="POT-B", quantity=1, price=Money(3990, "EUR")),
        ItemRecord(name="Cup", sku=None, quantity=2, price=Money(1000, "EUR")),
    )
    assert found.order_url == "https://tea.myshopify.com/admin/orders/5001"
    assert found.attributes == {"channel": "web", "payment": "paid", "tags": "vip, spring"}
    assert (found.cancelled_at, found.shipped_at, found.refunded_at) == (None, UNSET, UNSET)
    customer = found.customer
    assert (customer.reference, customer.email, customer.name) == ("7001", "pat@example.test", "Pat Promoter")
    assert (customer.locale, customer.country) == ("de-DE", "DE")


def test_numbers_get_what_stands_before_them_in_the_connection():
    found = purchase(event("orders/create", SHOPIFY_ORDER), shop=Shop("tea.myshopify.com", "AT-"))
    assert (found.reference, found.customer.reference) == ("AT-#1001", "AT-7001")


@pytest.mark.parametrize(
    ("consent", "permission"),
    [
        (
            CONSENT,
            Permission(
                "opt_in",
                datetime(2026, 2, 1, 8, tzinfo=UTC),
                "Shopify, e-mail marketing: subscribed (confirmed_opt_in)",
                datetime(2026, 2, 1, 8, tzinfo=UTC),
            ),
        ),
        (
            CONSENT | {"opt_in_level": "single_opt_in"},
            Permission(
                "opt_in",
                datetime(2026, 2, 1, 8, tzinfo=UTC),
                "Shopify, e-mail marketing: subscribed (single_opt_in)",
            ),
        ),
        (CONSENT | {"state": "unsubscribed"}, Permission("none", datetime(2026, 2, 1, 8, tzinfo=UTC))),
        (CONSENT | {"state": "not_subscribed"}, UNSET),
        (CONSENT | {"state": "pending"}, UNSET),
        (None, UNSET),
        ("subscribed", UNSET),
    ],
)
def test_the_word_on_marketing_is_the_permission(consent, permission):
    person = changed(SHOPIFY_ORDER["customer"], email_marketing_consent=consent)
    found = purchase(event("orders/create", changed(SHOPIFY_ORDER, customer=person)))
    assert found.customer.permission == permission


def test_who_unsubscribed_after_the_order_wants_no_mail():
    word = {
        "customer_id": 7001,
        "email_address": "pat@example.test",
        "email_marketing_consent": CONSENT
        | {"state": "unsubscribed", "consent_updated_at": "2026-03-05T00:00:00Z"},
    }
    events = [event("orders/create", SHOPIFY_ORDER), event(shopify.CONSENT_TOPIC, word)]
    assert shopify.customer(events, SHOP).permission == Permission("none", datetime(2026, 3, 5, tzinfo=UTC))
    alone = shopify.customer(events[1:], SHOP)
    assert (alone.reference, alone.email, alone.name) == ("7001", UNSET, UNSET)


def test_a_guest_is_known_by_the_address_and_a_till_knows_nobody():
    guest = changed(SHOPIFY_ORDER, customer=None)
    assert shopify.customer_key(guest) == "email:pat@example.test"
    assert shopify.customer([event("orders/create", guest)], SHOP).reference is UNSET
    assert shopify.customer_key(changed(guest, email=None, contact_email="")) is None


def test_an_order_that_was_deleted_is_off():
    found = purchase(event("orders/create", SHOPIFY_ORDER), event("orders/delete", {"id": 5001}))
    assert found.cancelled_at == AT


def test_a_customer_told_later_than_the_order_counts():
    later = changed(SHOPIFY_ORDER["customer"], email="new@example.test", updated_at="2026-03-04T00:00:00Z")
    found = shopify.customer([event("orders/create", SHOPIFY_ORDER), event("customers/update", later)], SHOP)
    assert (found.email, found.locale) == ("new@example.test", "de-DE")


@pytest.mark.parametrize(
    ("topic", "payload", "subject", "key"),
    [
        ("orders/paid", SHOPIFY_ORDER, Subject.ORDER, "order:5001"),
        ("orders/create", changed(SHOPIFY_ORDER, test=True), Subject.TEST, None),
        ("fulfillments/create", PARCEL, Subject.ORDER, "order:5001"),
        ("refunds/create", REFUND, Subject.ORDER, "order:5001"),
        ("customers/update", {"id": 7}, Subject.CUSTOMER, "customer:7"),
        ("customers/redact", {}, Subject.PRIVACY, None),
        ("products/update", {"id": 7}, Subject.OTHER, None),
        ("", {}, Subject.OTHER, None),
    ],
)
def test_the_topic_says_what_an_event_is_about(topic, payload, subject, key):
    about = shopify.about(topic, payload, AT)
    assert (about.subject, about.object_key) == (subject, key)


@pytest.mark.parametrize(
    "topic", ["orders/create", "fulfillments/create", "refunds/create", "customers/update"]
)
def test_an_event_that_names_nothing_is_refused(topic):
    with pytest.raises(Refusal):
        shopify.about(topic, {"id": "x"}, AT)


def test_an_order_without_number_or_date_is_refused():
    for changes in ({"name": None, "id": None}, {"processed_at": None, "created_at": "soon"}):
        with pytest.raises(Refusal):
            purchase(Event("orders/create", changed(SHOPIFY_ORDER, **changes), AT))


def test_a_request_names_the_customer_and_the_orders():
    payload = {
        "shop_id": 954889,
        "shop_domain": "tea.myshopify.com",
        "customer": {"id": 191167, "email": "Pat@example.test", "phone": "555-625-1199"},
        "orders_to_redact": [299938, 280263, None],
    }
    found = shopify.request(Event("customers/redact", payload, AT), SHOP)
    assert (found.kind, found.customer_reference, found.email) == ("erasure", "191167", "pat@example.test")
    assert found.orders == ("299938", "280263")
