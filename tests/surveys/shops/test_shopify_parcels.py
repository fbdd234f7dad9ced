from datetime import UTC, datetime

from surveys.customers.records import UNSET, CustomerRecord, PurchaseRecord
from surveys.shops.shopify_parcels import with_parcels, with_refunds
from surveys.shops.told import Event
from tests.surveys.shops.payloads import PARCEL, REFUND, SHOPIFY_ORDER, changed

AT = datetime(2026, 3, 20, tzinfo=UTC)
RECORD = PurchaseRecord(reference="#1001", customer=CustomerRecord(reference="7001"), placed_at=AT)
DELIVERED = changed(PARCEL, shipment_status="delivered", updated_at="2026-03-04T12:00:00+01:00")
SECOND = changed(
    PARCEL, id=9002, created_at="2026-03-03T08:00:00+01:00", updated_at="2026-03-03T08:00:00+01:00"
)


def parcels(*payloads, topic="fulfillments/update"):
    return with_parcels(RECORD, [Event(topic, each, AT) for each in payloads])


def test_without_a_word_on_parcels_nothing_is_said_of_them():
    found = with_parcels(RECORD, [Event("orders/create", SHOPIFY_ORDER, AT)])
    assert (found.shipped_at, found.delivered_at, found.carrier) == (UNSET, UNSET, UNSET)


def test_a_parcel_says_when_it_was_sent_by_whom_and_when_it_arrived():
    found = parcels(PARCEL)
    assert (found.shipped_at, found.delivered_at) == (datetime(2026, 3, 2, 7, tzinfo=UTC), None)
    assert (found.carrier, found.tracking_url) == ("DHL", "https://carrier.example.test/JJD1")
    assert parcels(DELIVERED, PARCEL).delivered_at == datetime(2026, 3, 4, 11, tzinfo=UTC)


def test_parcels_inside_the_order_count_as_well():
    order = changed(SHOPIFY_ORDER, fulfillments=[DELIVERED], fulfillment_status="fulfilled")
    assert parcels(order, topic="orders/fulfilled").delivered_at == datetime(2026, 3, 4, 11, tzinfo=UTC)


def test_a_later_word_on_a_parcel_that_arrived_does_not_move_its_arrival():
    again = changed(DELIVERED, updated_at="2026-03-09T12:00:00+01:00")
    assert parcels(again, DELIVERED).delivered_at == datetime(2026, 3, 4, 11, tzinfo=UTC)


def test_of_two_parcels_the_last_one_counts():
    assert parcels(DELIVERED, SECOND).delivered_at is None
    assert parcels(DELIVERED, SECOND).shipped_at == datetime(2026, 3, 3, 7, tzinfo=UTC)
    both = parcels(DELIVERED, changed(SECOND, shipment_status="delivered", updated_at="2026-03-05T00:00:00Z"))
    assert both.delivered_at == datetime(2026, 3, 5, tzinfo=UTC)


def test_while_something_is_yet_to_be_sent_the_order_has_not_arrived():
    order = Event("orders/updated", changed(SHOPIFY_ORDER, fulfillment_status="partial"), AT)
    found = with_parcels(RECORD, [order, Event("fulfillments/update", DELIVERED, AT)])
    assert found.delivered_at is None


def test_a_parcel_that_was_called_off_was_never_sent():
    off = changed(PARCEL, status="cancelled", updated_at="2026-03-03T00:00:00Z")
    found = parcels(off, PARCEL)
    assert (found.shipped_at, found.carrier) == (None, None)


def test_the_carriers_own_report_knows_best():
    report = {
        "id": 1,
        "order_id": 5001,
        "fulfillment_id": 9001,
        "status": "delivered",
        "happened_at": "2026-03-04T09:30:00+01:00",
        "estimated_delivery_at": "2026-03-05T18:00:00+01:00",
    }
    told = [Event("fulfillments/update", DELIVERED, AT), Event("fulfillment_events/create", report, AT)]
    found = with_parcels(RECORD, told)
    assert found.delivered_at == datetime(2026, 3, 4, 8, 30, tzinfo=UTC)
    assert found.promised_at == datetime(2026, 3, 5, 17, tzinfo=UTC)


def test_goods_that_came_back_and_money_that_went_back_are_two_things():
    back = with_refunds(RECORD, [Event("refunds/create", REFUND, AT)])
    assert (back.returned_at, back.refunded_at) == (datetime(2026, 3, 8, 7, tzinfo=UTC), None)
    goodwill = changed(REFUND, refund_line_items=[])
    some = with_refunds(RECORD, [Event("refunds/create", goodwill, AT)])
    assert (some.returned_at, some.refunded_at) == (None, None)
    order = Event("orders/updated", changed(SHOPIFY_ORDER, financial_status="refunded", refunds=[REFUND]), AT)
    assert with_refunds(RECORD, [order]).refunded_at == datetime(2026, 3, 8, 7, tzinfo=UTC)


def test_an_order_without_refunds_says_nothing_of_them():
    found = with_refunds(RECORD, [Event("orders/create", SHOPIFY_ORDER, AT)])
    assert (found.returned_at, found.refunded_at) == (UNSET, UNSET)
