"""Segments put to all answers at once: the same people whom the conditions name one by one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.insights.dimensions.belonging import holds
from feedback.insights.queries import answers as answers_of
from feedback.insights.selection import Selection
from surveys.database import db
from surveys.responses.models import Response
from surveys.segments.conditions import first_unmet, from_data
from surveys.segments.models import Segment
from surveys.segments.queries import facts_for

CONDITIONS = [
    ("country", "one_of", ["at"]),
    ("country", "none_of", ["AT"]),
    ("carrier", "contains", ["post", "%"]),
    ("carrier", "none_of", ["DHL"]),
    ("language", "one_of", ["en"]),
    ("sku", "one_of", ["tea"]),
    ("sku", "none_of", ["TEA"]),
    ("product", "contains", ["ug"]),
    ("category", "one_of", ["M"]),
    ("value", "at_least", ["40"]),
    ("value", "at_most", ["39.99"]),
    ("orders", "at_least", ["2"]),
    ("stage", "one_of", ["active"]),
    ("stage", "none_of", ["new"]),
    ("last_nps", "one_of", ["never"]),
    ("last_nps", "one_of", ["detractor"]),
    ("attribute", "one_of", ["yes"]),
    ("attribute", "none_of", ["yes"]),
    ("segment", "one_of", ["x" * 22]),
    ("segment", "none_of", ["x" * 22]),
]


@pytest.fixture
def responses(make_today, answers):
    answers([2], country="AT", carrier="Postbus", value=9000, products=("MUG", "TEA"))
    answers([3], country=None, carrier=None, value=4000)
    answers([9], products=("TEA",))
    first = make_today.keep(db.session.scalars(select(Response).order_by(Response.id)).first())
    first.purchase.attributes = {"gift": True}
    earlier = make_today.now - timedelta(days=100)
    yen = make_today.purchase(
        first.customer, total_amount=50, currency="JPY", placed_at=earlier, attributes={"gift": "no"}
    )
    again = make_today.response(
        4, customer=first.customer, purchase=yen, submitted_at=make_today.now + timedelta(hours=1)
    )
    make_today.settle()
    return [*db.session.scalars(select(Response).where(Response.id != again.id).order_by(Response.id)), again]


@pytest.mark.parametrize(("field", "op", "value"), CONDITIONS)
def test_one_condition_names_the_same_people_both_ways(make_today, responses, field, op, value):
    stored = {"field": field, "op": op, "value": value} | ({"name": "gift"} if field == "attribute" else {})
    segment = make_today.keep(
        Segment(
            brand=make_today.brand(),
            name="S",
            conditions=[stored],
            created_at=make_today.now,
            changed_at=make_today.now,
        )
    )
    conditions = from_data([stored])
    moment = timedelta(microseconds=1)  # the answer itself is none of the answers before it
    one_by_one = {
        response.id
        for response in responses
        if first_unmet(
            conditions, facts_for(response.purchase, conditions, {}, response.submitted_at - moment), {}
        )
        is None
    }

    inside = answers_of(select(Response.id), Selection("nps"), joined=True).where(
        holds("segment", segment.public_id)
    )
    assert set(db.session.scalars(inside)) == one_by_one
    outside = answers_of(select(Response.id), Selection("nps"), joined=True).where(holds("segment", "-"))
    assert set(db.session.scalars(outside)) == {response.id for response in responses} - one_by_one


def test_a_segment_that_is_gone_has_nobody(responses):
    found = answers_of(select(Response.id), Selection("nps"), joined=True).where(holds("segment", "y" * 22))
    assert not list(db.session.scalars(found))
