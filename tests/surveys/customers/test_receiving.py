import pytest

from surveys.customers.receiving import brand_named_in, receive_event
from surveys.database import db


def test_the_same_body_is_one_event_per_brand_and_source(make, now):
    demo, second = make.brand(), make.brand("second")
    first = receive_event(demo.id, "generic", b"{}", now)
    assert receive_event(demo.id, "generic", b"{}", now).id == first.id
    others = [
        receive_event(second.id, "generic", b"{}", now).id,
        receive_event(demo.id, "shopify", b"{}", now).id,
        receive_event(demo.id, "generic", b"{ }", now).id,
    ]
    db.session.commit()
    assert len({first.id, *others}) == 4


@pytest.mark.parametrize(
    ("body", "brand"),
    [
        (b'{"brand": "demo"}', "demo"),
        (b'{"brand": " demo "}', "demo"),
        (b'{"brand": 7}', None),
        (b'{"reference": "A"}', None),
        (b"[]", None),
        (b"{", None),
        (b"\xff", None),
    ],
)
def test_the_brand_of_a_body_is_read_without_fail(body, brand):
    assert brand_named_in(body) == brand
