"""The page after an order is quicker than the shop's report of it: the answer is bound when the order arrives."""

from datetime import timedelta

import pytest

from surveys.database import db
from surveys.responses.by_link.binding import bind_late
from surveys.responses.models import CONSIDERED, NEW, Response
from tests.surveys.responses.links import only_response


@pytest.fixture
def early(make):
    """Make an answer by a link whose order we do not know yet."""
    link = make.link()

    def answer(ref="A-1001", **values):
        told = {"attributes": {"ref": ref}, "attributes_verified": True, "channel": "embed"}
        response = make.response(2, "Late", link=link, **(told | {"follow_up_stage": CONSIDERED} | values))
        response.customer = None
        db.session.commit()
        return response

    return answer


def test_an_answer_gets_its_order_and_is_considered_again(make, early, now):
    early()
    assert bind_late(now, 10) == 0

    purchase = make.purchase(reference="A-1001")

    assert (bind_late(now, 10), bind_late(now, 10)) == (1, 0)
    response = only_response()
    assert (response.purchase_id, response.customer_id) == (purchase.id, purchase.customer_id)
    assert response.follow_up_stage == NEW


def test_what_nobody_signed_for_is_never_bound(make, early, now):
    early(attributes_verified=False)
    make.purchase(reference="A-1001")

    assert bind_late(now, 10) == 0
    assert only_response().customer_id is None


@pytest.mark.once
def test_an_order_of_another_brand_is_not_meant(make, early, now):
    early()
    make.purchase(make.customer(brand=make.brand("other", name="Other")), reference="A-1001")

    assert bind_late(now, 10) == 0


def test_an_order_that_comes_too_late_changes_nothing(make, early, now):
    early()
    make.purchase(reference="A-1001")

    assert bind_late(now + timedelta(days=15), 10) == 0


def test_of_two_answers_to_one_order_the_first_gets_it(make, early, now):
    first, second = early(), early()
    purchase = make.purchase(reference="A-1001")

    bind_late(now, 10)
    assert bind_late(now, 10) == 0

    assert db.session.get(Response, first.id).purchase_id == purchase.id
    assert db.session.get(Response, second.id).purchase_id is None
