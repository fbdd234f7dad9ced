import itertools
import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from surveys.customers.models import Customer, OrderEvent, PrivacyRequest, Purchase
from surveys.customers.receiving import Envelope, receive_event
from surveys.database import db
from surveys.shops.connecting import connect
from surveys.shops.reading import read_events
from tests.surveys.shops.payloads import CONSENT, PARCEL, REFUND, SHOPIFY_ORDER, WOO_ORDER, changed

NUMBERS = itertools.count(1)
SECRET = "shpss0123456789abcdef"


@pytest.fixture
def tell(make, now):
    """Return what brings events in: tell(connection, topic, payload)."""

    def one(connection, topic, payload, commit=True):
        envelope = Envelope(connection.id, topic)
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        event = receive_event(connection.brand_id, connection.kind, body, make.now, envelope)
        if commit:
            db.session.commit()
        return event

    return one


def read(now):
    while read_events(now):
        pass


def outcomes():
    return list(db.session.scalars(select(OrderEvent.outcome).order_by(OrderEvent.id)))


def test_a_parcel_told_before_its_order_waits_for_it(now, connected, tell):
    connection = connected()
    tell(connection, "fulfillments/create", PARCEL)
    read(now)
    assert outcomes() == ["waiting"]
    assert db.session.scalar(select(Purchase)) is None
    tell(connection, "orders/create", SHOPIFY_ORDER)
    read(now)
    assert outcomes() == ["recorded", "recorded"]
    assert db.session.scalars(select(Purchase)).one().carrier == "DHL"


def test_an_order_at_the_till_names_nobody_who_could_be_asked(now, connected, tell):
    tell(connected(), "orders/create", changed(SHOPIFY_ORDER, customer=None, email="", contact_email=None))
    read(now)
    assert outcomes() == ["nobody"]
    assert (db.session.scalar(select(Purchase)), db.session.scalar(select(Customer))) == (None, None)


def test_about_somebody_who_has_not_bought_nothing_is_stored(now, connected, tell):
    connection = connected("woocommerce")
    person = {"id": 26, "email": "late@example.test", "date_modified_gmt": "2026-03-05T00:00:00"}
    tell(connection, "customer.created", person)
    read(now)
    assert (outcomes(), db.session.scalar(select(Customer))) == (["waiting"], None)
    tell(connection, "order.created", WOO_ORDER)
    read(now)
    assert outcomes() == ["recorded", "recorded"]
    assert db.session.scalars(select(Customer)).one().email == "late@example.test"


def test_who_unsubscribes_in_the_shop_is_not_asked_any_more(now, connected, tell):
    connection = connected()
    tell(connection, "orders/create", SHOPIFY_ORDER)
    word = {
        "customer_id": 7001,
        "email_marketing_consent": CONSENT
        | {"state": "unsubscribed", "consent_updated_at": "2026-03-05T00:00:00Z"},
    }
    read(now)
    customer = db.session.scalars(select(Customer)).one()
    assert (customer.basis, customer.source) == ("opt_in", "shopify")
    tell(connection, "customers_email_marketing_consent/update", word)
    read(now)
    assert (customer.basis, customer.email) == ("none", "pat@example.test")
    tell(connection, "orders/updated", changed(SHOPIFY_ORDER, updated_at="2026-03-06T00:00:00Z"))
    read(now)  # the order still carries the older word
    assert customer.basis == "none"


def test_an_event_that_cannot_be_used_does_not_spoil_the_others_of_its_order(now, connected, tell):
    connection = connected()
    tell(
        connection,
        "orders/updated",
        changed(SHOPIFY_ORDER, processed_at=None, created_at=None, updated_at="2026-04-01T00:00:00Z"),
    )
    tell(connection, "orders/create", SHOPIFY_ORDER)
    read(now)
    first, second = db.session.scalars(select(OrderEvent).order_by(OrderEvent.id))
    assert "when it was placed" in first.problem
    assert (second.problem, second.outcome) == (None, "recorded")


def test_two_shops_of_one_brand_keep_their_orders_apart(now, connected, tell):
    tell(connected(), "orders/create", SHOPIFY_ORDER)
    tell(connected(address="at.myshopify.com", prefix="AT-"), "orders/create", SHOPIFY_ORDER)
    read(now)
    assert set(db.session.scalars(select(Purchase.reference))) == {"#1001", "AT-#1001"}


@pytest.mark.parametrize(
    ("topic", "kind"),
    [
        ("customers/data_request", "disclosure"),
        ("customers/redact", "erasure"),
        ("shop/redact", "shop_erasure"),
    ],
)
def test_a_request_about_personal_data_is_noted_once_and_due_in_30_days(now, connected, tell, topic, kind):
    connection = connected()
    tell(connection, "orders/create", SHOPIFY_ORDER)
    person = {} if kind == "shop_erasure" else {"customer": {"id": 7001, "email": "pat@example.test"}}
    event = tell(connection, topic, person | {"orders_to_redact": [5001], "shop_id": 1})
    read(now)
    event.read_at = None  # as when somebody has it read again
    db.session.commit()
    read(now)
    request = db.session.scalars(select(PrivacyRequest)).one()
    assert (request.kind, request.source, event.outcome) == (kind, "shopify", "request")
    assert request.due_at == now + timedelta(days=30)
    customer = db.session.scalars(select(Customer)).one()
    assert request.customer == (None if kind == "shop_erasure" else customer)


@pytest.mark.parametrize(
    "changes",
    [
        {"total_price": "-5.00", "line_items": []},
        {"currency": "XXY"},
        {"total_price": "1e400"},
        {
            "line_items": [
                {"name": "x" * 5000, "quantity": 1, "price": None},
                {"name": 7, "quantity": "two"},
                None,
            ]
        },
        {"line_items": {"not": "a list"}, "fulfillments": "none", "refunds": 7},
        {"name": "<script>\x00alert(1)</script>", "tags": ["a"], "note": "\ud800"},
        {"shipping_address": {"country_code": "XX"}, "customer_locale": "zz_zz_zz_zz"},
        {"email": "no address", "customer": {"id": 7001, "email": "nor this"}},
        {"processed_at": "1970-01-01T00:00:00Z"},
        {"customer": {"id": 7001, "email": "a@example.test", "first_name": 5, "default_address": []}},
        {"fulfillments": [{"id": "x"}, {"id": 1, "created_at": 5, "tracking_url": "javascript:alert(1)"}]},
        {"id": 820982911946154508},
    ],
)
def test_an_order_with_odd_fields_is_recorded_without_them(now, connected, tell, changes):
    event = tell(connected(), "orders/create", changed(SHOPIFY_ORDER, **changes))
    read(now)
    assert (event.problem, event.outcome) == (None, "recorded")
    assert db.session.scalars(select(Purchase)).one().tracking_url is None


def test_an_order_from_the_future_is_kept_and_not_recorded(now, connected, tell):
    event = tell(connected(), "orders/create", changed(SHOPIFY_ORDER, processed_at="2099-01-01T00:00:00Z"))
    read(now)
    assert "in the future" in event.problem
    assert db.session.scalar(select(Purchase)) is None


def stamped(day, **values):
    return changed(SHOPIFY_ORDER, updated_at=f"2026-03-{day:02}T10:00:00Z", **values)


PARCEL_SENT = changed(PARCEL, updated_at="2026-03-02T10:00:00Z")
PARCEL_THERE = changed(PARCEL, updated_at="2026-03-04T10:00:00Z", shipment_status="delivered")
PERSON = changed(
    SHOPIFY_ORDER["customer"],
    updated_at="2026-03-12T00:00:00Z",
    email="moved@example.test",
    email_marketing_consent=CONSENT | {"state": "unsubscribed", "consent_updated_at": "2026-03-05T00:00:00Z"},
)
SHOPIFY_STORY = [
    ("orders/create", stamped(1)),
    ("orders/updated", stamped(2, tags="vip", customer_locale=None)),
    ("fulfillments/create", PARCEL_SENT),
    ("orders/fulfilled", stamped(3, fulfillment_status="fulfilled", fulfillments=[PARCEL_SENT])),
    ("fulfillments/update", PARCEL_THERE),
    ("customers/update", PERSON),
    ("refunds/create", REFUND),
    (
        "orders/updated",
        stamped(9, financial_status="refunded", fulfillment_status="fulfilled", total_price="0.00"),
    ),
    ("orders/create", changed(SHOPIFY_ORDER, id=5002, name="#1002", updated_at="2026-03-05T00:00:00Z")),
    ("orders/updated", b"{"),
]


def woo(day, **values):
    return changed(WOO_ORDER, date_modified_gmt=f"2026-03-{day:02}T10:00:00", **values)


WOO_STORY = [
    ("order.created", woo(1)),
    ("order.updated", woo(2, status="on-hold", total="30.00", meta_data=[])),
    ("order.updated", woo(3, status="completed", date_completed_gmt="2026-03-03T09:59:00")),
    ("order.updated", woo(4, status="cancelled")),
    ("order.updated", woo(5, status="cancelled", total="31.00")),
    (
        "customer.updated",
        {"id": 26, "email": "moved@example.test", "date_modified_gmt": "2026-03-06T00:00:00"},
    ),
    ("order.created", changed(WOO_ORDER, id=728, number="728", billing={"email": "pat@example.test"})),
]


def state_of(brand):
    """Return all that is known of the brand's purchases and their customers."""
    names = [column.key for column in Purchase.__table__.columns]
    left_out = {"id", "public_id", "brand_id", "customer_id", "created_at", "changed_at", "considered_at"}
    people = ("reference", "email", "name", "locale", "country", "basis", "basis_at", "basis_evidence")
    rows = db.session.scalars(
        select(Purchase).where(Purchase.brand_id == brand.id).order_by(Purchase.reference)
    ).all()
    return [
        (
            {name: getattr(row, name) for name in names if name not in left_out},
            [(item.position, item.sku, item.name, item.quantity) for item in row.items],
            {name: getattr(row.customer, name) for name in people},
        )
        for row in rows
    ]


def end_of(make, tell, kind, story):
    """Bring the story into a shop of its own and return the state it ends in."""
    brand = make.brand(f"shop-{next(NUMBERS)}")
    address = "tea.myshopify.com" if kind == "shopify" else "tea.example.test"
    connection = connect(brand, kind, address, "", SECRET, make.staff("Olga", "owner"), make.now)
    for topic, payload, is_read in story:
        tell(connection, topic, payload, commit=is_read)
        if is_read:
            read(make.now)
    db.session.commit()
    read(make.now)
    return state_of(brand)


@pytest.mark.thorough
@pytest.mark.parametrize(("kind", "story"), [("shopify", SHOPIFY_STORY), ("woocommerce", WOO_STORY)])
def test_whatever_the_order_and_however_often_the_end_is_the_same(make, tell, kind, story):
    wanted = end_of(make, tell, kind, [(*each, True) for each in story])
    assert len(wanted) == 2

    @settings(max_examples=8, suppress_health_check=list(HealthCheck), database=None)
    @given(st.permutations(story), st.lists(st.sampled_from(story), max_size=4), st.integers(0, 2**14))
    def any_order(told, again, reads):
        events = [(*each, bool(reads >> place & 1)) for place, each in enumerate([*told, *again])]
        assert end_of(make, tell, kind, events) == wanted

    any_order()
    if kind == "shopify":
        first = wanted[0]
        assert (first[0]["delivered_at"] is not None, first[0]["refunded_at"] is not None) == (True, True)
        assert (first[2]["email"], first[2]["basis"]) == ("moved@example.test", "none")
