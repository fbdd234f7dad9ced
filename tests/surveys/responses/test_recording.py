"""Responses gathered elsewhere are stored once, with what they name, or refused with the field."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from surveys.customers.models import Customer
from surveys.customers.records import CustomerRecord
from surveys.database import db
from surveys.errors import Refusal
from surveys.responses.models import Response
from surveys.responses.recording import record_response
from surveys.responses.records import ResponseRecord
from tests.surveys.responses.links import only_response

TOLD = ResponseRecord(score=3, comment="Late.", external_id="x-1")


@pytest.fixture
def record(make, now):
    brand, survey = make.brand(), make.survey("nps")
    return lambda told, channel="api": record_response(brand, survey, told, channel, now)


def test_a_told_response_is_stored_with_its_group_and_was_never_invited(record, now):
    response, created = record(TOLD)
    assert created
    assert (response.score, response.group, response.comment, response.channel) == (
        3,
        "detractor",
        "Late.",
        "api",
    )
    assert response.invitation_id is None and response.customer is None
    assert response.submitted_at == response.saved_at == now
    assert (response.locale, response.is_partial) == ("en", False)


def test_the_same_external_id_is_the_same_response_and_stays_as_it_is(record):
    first, _ = record(TOLD)
    second, created = record(replace(TOLD, score=9))
    assert (second.id, created, second.score) == (first.id, False, 3)


def test_without_an_external_id_every_telling_is_a_response(record):
    record(replace(TOLD, external_id=None))
    record(replace(TOLD, external_id=None))
    assert db.session.scalar(select(func.count(Response.id))) == 2


def test_a_customer_is_stored_and_found_again(record):
    told = replace(TOLD, customer=CustomerRecord(email="Dora@Example.Test"))
    record(told)
    record(replace(told, external_id="x-2"))
    assert [customer.email for customer in db.session.scalars(select(Customer))] == ["dora@example.test"]


def test_a_purchase_brings_its_customer(record, make):
    purchase = make.purchase()
    response, _ = record(replace(TOLD, purchase=purchase.reference))
    assert (response.purchase_id, response.customer_id) == (purchase.id, purchase.customer_id)


def test_a_language_is_kept_without_its_region(record):
    assert record(replace(TOLD, locale="de_AT"))[0].locale == "de"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"score": 11}, "score"),
        ({"score": -1}, "score"),
        ({"score": None, "comment": None}, "score"),
        ({"purchase": "never told"}, "purchase"),
        ({"locale": "no language"}, "locale"),
        ({"customer": CustomerRecord(email="no address")}, "customer/email"),
    ],
)
def test_what_cannot_be_true_is_refused_by_its_field(record, change, field):
    with pytest.raises(Refusal) as caught:
        record(replace(TOLD, **change))
    assert caught.value.field == field
    assert db.session.scalar(select(func.count(Response.id))) == 0


def test_an_answer_from_the_future_is_refused(record, now):
    record(replace(TOLD, submitted_at=now))
    with pytest.raises(Refusal, match="future"):
        record(replace(TOLD, external_id="x-2", submitted_at=now + timedelta(seconds=1)))


def test_a_check_back_is_answered_by_its_link_only(make, now):
    with pytest.raises(Refusal, match="own link only"):
        record_response(make.brand(), make.survey("check-back"), TOLD, "api", now)


def test_a_comment_alone_is_a_response_without_a_group(record):
    record(replace(TOLD, score=None))
    assert (only_response().score, only_response().group) == (None, None)


@pytest.mark.parametrize(
    "field, value",
    [
        ("customer", CustomerRecord(email="dora@example.test")),
        ("purchase", "A-1"),
        ("contact_permission", False),
        ("external_id", "x-1"),
    ],
)
def test_an_anonymous_survey_takes_nothing_that_names_somebody(make, record, field, value):
    make.anonymous()
    with pytest.raises(Refusal) as refused:
        record(ResponseRecord(score=3, **{field: value}))
    assert refused.value.field == field
    assert db.session.scalar(select(func.count(Customer.id))) == 0


def test_of_a_told_anonymous_answer_the_day_is_kept(make, record, now):
    make.anonymous()
    response, _ = record(ResponseRecord(score=3, comment="Late.", submitted_at=now - timedelta(days=1)))

    assert response.submitted_at == now.replace(day=8, hour=23)  # midnight in Berlin
    assert response.saved_at == now.replace(day=9, hour=23)
    assert (response.is_anonymous, response.comment) == (True, "Late.")
