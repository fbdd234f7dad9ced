"""POST /api/v1/responses: told once or often, stored once; every refusal names its field."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from surveys.database import db
from surveys.responses.models import Response
from tests.surveys.responses.links import only_response

pytestmark = pytest.mark.once

PATH = "/api/v1/responses"


@pytest.fixture
def body(make_today):
    brand = make_today.brand()
    purchase = make_today.purchase(make_today.customer(brand=brand, reference="C-7"))
    make_today.survey()
    return {
        "survey": "nps",
        "score": 9,
        "comment": "Schön.",
        "submitted_at": (make_today.now - timedelta(days=1)).isoformat(),
        "locale": "de",
        "customer": {"reference": "C-7", "email": "pat@example.test"},
        "purchase": purchase.reference,
        "external_id": "x-1",
    }


def test_a_response_is_created_then_known(machine, body):
    created, known = machine.post(PATH, json=body), machine.post(PATH, json=body | {"score": 1})
    assert (created.status_code, known.status_code) == (201, 200)
    assert created.json == known.json
    shape = created.json
    assert (shape["survey"], shape["score"], shape["group"], shape["comment"]) == (
        "nps",
        9,
        "promoter",
        "Schön.",
    )
    assert shape["customer"]["email"] == "pat@example.test"
    assert (shape["purchase"], shape["partial"], shape["analysis"]) == (body["purchase"], False, None)
    response = only_response()
    assert response.public_id == shape["id"]
    assert (response.channel, response.invitation_id, response.locale) == ("api", None, "de")


def test_a_sentence_of_ours_stands_by_itself(machine, body):
    refused = machine.post(PATH, json=body | {"comment": "a\x1bb"})

    (error,) = refused.json["errors"]
    assert error["pointer"] == "/comment"
    assert error["detail"].startswith("holds control characters")


def test_only_the_survey_and_an_answer_are_needed(machine, body):
    assert machine.post(PATH, json={"survey": "csat", "score": 2}).json["group"] == "dissatisfied"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"survey": "nosuch"}, "/survey"),
        ({"survey": "check-back"}, "/survey"),
        ({"score": 11}, "/score"),
        ({"score": "9"}, "/score"),
        ({"score": 9.0}, "/score"),
        ({"score": True}, "/score"),
        ({"score": None, "comment": None}, "/score"),
        ({"comment": "x" * 10_001}, "/comment"),
        ({"comment": "a\x1bb"}, "/comment"),
        ({"submitted_at": "2199-01-01T00:00:00Z"}, "/submitted_at"),
        ({"submitted_at": "2026-01-01T00:00:00"}, "/submitted_at"),
        ({"locale": "../../x"}, "/locale"),
        ({"customer": {"name": "Nobody"}}, "/customer"),
        ({"customer": {"email": "a@b\r\nBcc: x@y"}}, "/customer/email"),
        ({"purchase": "never told"}, "/purchase"),
        ({"external_id": ""}, "/external_id"),
        ({"brand": "nosuch"}, "/brand"),
        ({"group": "promoter"}, "/group"),
        ({"id": "own"}, "/id"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_field_and_nothing_is_stored(machine, body, change, pointer):
    answer = machine.post(PATH, json=body | change)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]
    assert db.session.query(Response).count() == 0


def test_strangers_store_nothing(client, body):
    assert client.post(PATH, json=body).status_code == 401
    assert db.session.query(Response).count() == 0


def test_an_anonymous_survey_says_what_to_leave_out(machine, body, make_today):
    make_today.anonymous()

    refused = machine.post(PATH, json=body | {"contact_permission": True})

    assert refused.status_code == 422
    told = {error["pointer"]: error["detail"] for error in refused.json["errors"]}
    assert set(told) == {"/customer", "/purchase", "/contact_permission", "/external_id"}
    assert "without a customer" in told["/customer"]
    assert db.session.scalar(select(func.count(Response.id))) == 0


def test_an_anonymous_answer_is_told_without_customer(machine, body, make_today):
    make_today.anonymous()
    kept = {name: body[name] for name in ("survey", "score", "comment", "submitted_at")}

    created = machine.post(PATH, json=kept)

    assert created.status_code == 201
    assert (created.json["anonymous"], created.json["customer"], created.json["purchase"]) == (
        True,
        None,
        None,
    )
