"""What a person is told about themselves."""

import io
import json
import zipfile

import pytest

from feedback.privacy.disclosing import as_json, gather, zipped
from surveys.invitations.models import ListedCustomer
from surveys.questionnaires.publishing import publish
from surveys.questionnaires.starters import NPS
from tests.feedback.privacy.people import WORDS, wanda
from tests.surveys.questionnaires.asking import row


@pytest.mark.once
def test_all_parts_are_there_and_nothing_of_others(make, now):
    person = wanda(make)
    make.response(9, "Paula's own words", customer=make.customer("Paula"))

    parts = {part.table: part.rows for part in gather(person)}

    assert parts["response"][0]["comment"] == WORDS
    assert parts["order_event"][0]["body"].startswith('{"email"')
    assert "id" not in parts["customer"][0] and "staff_member" not in parts
    assert "Paula" not in as_json(gather(person), now)


def test_further_answers_are_told_with_their_questions(make, now):
    customer, survey = make.customer(), make.survey()
    asked = [row("q1", "many", choices=["c1", "c2"]), row("q2", "contact")]
    publish(survey, {**NPS, "questions": asked}, now)
    given = {"q1": ["c1", "c2"], "q2.email": "dora@private.example"}
    make.response(9, customer=customer, version=survey.current, answers=given)

    parts = {part.table: part.rows for part in gather(customer)}

    assert parts["response"][0]["answers"] == [
        {"question": "About q1?", "answer": "C1, C2"},
        {"question": "About q2?", "answer": "dora@private.example"},
    ]


def test_questions_of_programmes_and_lists_are_told_too(make, now):
    turn = make.turn(state="refused", reason="no_address")
    make.keep(ListedCustomer(touchpoint_id=turn.touchpoint_id, customer_id=turn.customer_id, listed_at=now))
    parts = {part.table: part.rows for part in gather(turn.customer)}

    assert parts["invitation"][0]["reason"] == "no_address"
    assert parts["listed_customer"] == [{"listed_at": now.isoformat()}]


def test_files_are_packed_as_they_are(now):
    packed = zipfile.ZipFile(io.BytesIO(zipped({"a.json": as_json([], now)})))

    assert json.loads(packed.read("a.json")) == {"made_at": now.isoformat()}


def test_what_the_program_found_in_comments_is_told(make, now):
    parts = {part.table: part for part in gather(wanda(make))}

    assert parts["mention"].title == "What our program found that your comments are about"
    assert parts["mention"].rows[0]["code"] == "DELIVERY.NOT_RECEIVED"
