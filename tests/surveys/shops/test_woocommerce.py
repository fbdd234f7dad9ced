from datetime import UTC, datetime

import pytest

from surveys.customers.records import UNSET, ItemRecord, Money
from surveys.errors import Refusal
from surveys.shops import woocommerce
from surveys.shops.told import Event, Shop, Subject
from tests.surveys.shops.payloads import WOO_ORDER, changed

SHOP = Shop("tea.example.test/shop")
AT = datetime(2026, 3, 20, tzinfo=UTC)


def event(topic, payload, at=AT):
    return Event(topic, payload, woocommerce.about(topic, payload, at).told_at)


def modified(when, **values):
    return event("order.updated", changed(WOO_ORDER, date_modified_gmt=when, **values))


def purchase(*events):
    told = sorted(events, key=lambda each: each.told_at)
    orders = [each for each in told if each.topic in woocommerce.ORDER_TOPICS]
    return woocommerce.purchase(told, woocommerce.customer(orders, SHOP), SHOP)


CREATED = event("order.created", WOO_ORDER)


def test_an_order_becomes_a_purchase_field_by_field():
    found = purchase(CREATED)
    assert (found.reference, found.placed_at) == ("727", datetime(2026, 3, 1, 9, tzinfo=UTC))
    assert (found.total, found.ship_country) == (Money(2935, "EUR"), "AT")
    assert found.items == (
        ItemRecord(name="Woo Single #1", quantity=2, price=Money(300, "EUR")),
        ItemRecord(name="Ship Your Idea", sku="Bar3", quantity=1, price=Money(1250, "EUR")),
    )
    assert found.order_url == "https://tea.example.test/shop/wp-admin/post.php?post=727&action=edit"
    assert (found.cancelled_at, found.shipped_at, found.refunded_at) == (None, UNSET, UNSET)
    customer = found.customer
    assert (customer.reference, customer.email, customer.name) == ("26", "pat@example.test", "Pat Promoter")
    assert (customer.locale, customer.country, customer.permission) == ("de", "DE", UNSET)


def test_a_guest_is_known_by_the_address():
    guest = changed(WOO_ORDER, customer_id=0)
    assert woocommerce.customer_key(guest) == "email:pat@example.test"
    assert woocommerce.customer([event("order.created", guest)], SHOP).reference is UNSET
    assert woocommerce.customer_key(changed(guest, billing={})) is None


@pytest.mark.parametrize("status", ["cancelled", "failed", "trash"])
def test_an_order_is_off_since_it_was_first_said(status):
    found = purchase(
        CREATED,
        modified("2026-03-02T09:00:00", status=status),
        modified("2026-03-03T09:00:00", status=status),
    )
    assert found.cancelled_at == datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_an_order_taken_up_again_is_on_again():
    found = purchase(modified("2026-03-02T09:00:00", status="cancelled"), modified("2026-03-03T09:00:00"))
    assert found.cancelled_at is None


def test_a_deleted_order_is_off_and_a_restored_one_on():
    deleted = event("order.deleted", {"id": 727}, datetime(2026, 3, 5, tzinfo=UTC))
    assert purchase(CREATED, deleted).cancelled_at == datetime(2026, 3, 5, tzinfo=UTC)
    restored = event("order.restored", changed(WOO_ORDER, date_modified_gmt="2026-03-06T00:00:00"))
    assert purchase(CREATED, deleted, restored).cancelled_at is None


def test_completed_means_sent_and_the_tracking_extension_knows_better():
    done = modified("2026-03-03T09:00:00", status="completed", date_completed_gmt="2026-03-03T08:59:00")
    assert purchase(CREATED, done).shipped_at == datetime(2026, 3, 3, 8, 59, tzinfo=UTC)
    parcel = {
        "tracking_provider": "dhl",
        "tracking_link": "https://carrier.example.test/1",
        "date_shipped": "1772409600",
    }
    tracked = modified(
        "2026-03-03T09:00:00",
        status="completed",
        meta_data=[{"key": "_wc_shipment_tracking_items", "value": [parcel]}, {"key": ["odd"]}],
    )
    found = purchase(CREATED, tracked)
    assert found.shipped_at == datetime(2026, 3, 2, tzinfo=UTC)  # 1772409600 seconds after 1970
    assert (found.carrier, found.tracking_url) == ("dhl", "https://carrier.example.test/1")


def test_all_the_money_back_is_a_refund_and_a_part_of_it_is_none():
    part = modified("2026-03-04T09:00:00", refunds=[{"id": 1, "total": "-5.00"}])
    assert purchase(CREATED, part).refunded_at is UNSET
    whole = modified("2026-03-05T09:00:00", status="refunded")
    assert purchase(CREATED, part, whole).refunded_at == datetime(2026, 3, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("topic", "payload", "subject"),
    [
        ("order.created", WOO_ORDER, Subject.ORDER),
        ("order.updated", changed(WOO_ORDER, status="checkout-draft"), Subject.OTHER),
        ("order.deleted", {"id": 727}, Subject.ORDER),
        ("customer.updated", {"id": 26}, Subject.CUSTOMER),
        ("customer.deleted", {"id": 26}, Subject.OTHER),
        ("product.updated", {"id": 1}, Subject.OTHER),
    ],
)
def test_the_topic_says_what_an_event_is_about(topic, payload, subject):
    assert woocommerce.about(topic, payload, AT).subject == subject


def test_what_names_nothing_or_has_no_date_is_refused():
    for topic in ("order.updated", "customer.updated"):
        with pytest.raises(Refusal):
            woocommerce.about(topic, {}, AT)
    with pytest.raises(Refusal):
        purchase(Event("order.created", changed(WOO_ORDER, date_created_gmt=None), AT))
    with pytest.raises(Refusal):
        woocommerce.request(Event("customers/redact", {}, AT), SHOP)
