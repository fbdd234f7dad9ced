import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.customers.models import Customer, OrderEvent, Purchase
from surveys.customers.reading import read_events
from surveys.customers.receiving import receive_event
from surveys.database import db

EVENT = {"reference": "A-1", "customer": {"email": "pat@example.test"}, "placed_at": "2026-03-01T10:00:00Z"}


def take_in(make, told):
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    event = receive_event(make.brand().id, "generic", body, make.now)
    db.session.commit()
    return event


def test_events_are_read_in_the_order_they_came(make, now):
    take_in(make, EVENT)
    take_in(make, EVENT | {"delivered_at": "2026-03-04T15:30:00Z"})
    later = now + timedelta(seconds=2)
    assert read_events(later) == 2
    purchase = db.session.scalars(select(Purchase)).one()
    assert purchase.delivered_at is not None
    assert (purchase.brand.key, purchase.considered_at) == ("demo", None)
    assert {event.read_at for event in db.session.scalars(select(OrderEvent))} == {later}
    assert read_events(later) == 0


def test_the_signing_shop_is_the_brand_even_when_there_are_several(make, now):
    make.brand("second")
    take_in(make, EVENT)
    read_events(now)
    assert db.session.scalars(select(Purchase)).one().brand.key == "demo"


def test_a_batch_is_limited(make, now):
    for number in range(3):
        take_in(make, EVENT | {"reference": f"A-{number}"})
    assert [read_events(now, limit=2), read_events(now, limit=2)] == [2, 1]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (b"", "The body is empty"),
        (b"{", "Not valid JSON at line 1"),
        (b"[]", "/: "),
        (b'{"a": 1, "a": 2}', "stands twice"),
        ({"reference": "A-1"}, "/customer: is missing; send it."),
        (EVENT | {"customer": {"email": "pat"}}, "/customer/email: "),
        (EVENT | {"ship_country": "XX", "customer": {"email": "pat"}}, "/ship_country: "),
        (EVENT | {"surprise": 1}, "/surprise: "),
    ],
)
def test_what_cannot_be_read_is_kept_with_its_problem_and_not_tried_again(make, now, told, words):
    event = take_in(make, told)
    assert read_events(now) == 1
    assert event.read_at == now
    assert words in (event.problem or "")
    assert (db.session.scalar(select(Purchase)), db.session.scalar(select(Customer))) == (None, None)
    assert read_events(now) == 0
