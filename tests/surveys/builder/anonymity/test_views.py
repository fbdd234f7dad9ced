"""An owner makes a survey anonymous, is told what it costs, and cannot take it back once somebody relies on it."""

import pytest

from surveys.audit.models import AuditEvent
from surveys.database import db
from surveys.questionnaires.models import Survey

COSTS = "What it costs: nobody can follow up an unhappy answer"
FIXED = "This cannot be changed any more"


def switch(desk, said):
    answer = desk.post("/anonymity", anonymous=said)
    assert answer.status_code == 303 and answer.location.endswith("#anonymity")
    return desk.get().text


@pytest.mark.once
def test_a_survey_is_made_anonymous_and_back_on_its_page(desk):
    assert COSTS in desk.get().text

    page = switch(desk, "yes")
    assert "Anonymous from now on" in page and COSTS in page and desk.survey.is_anonymous
    assert "Question whether the shop may write" not in page
    assert "Not anonymous any more" in switch(desk, "no")
    assert not desk.survey.is_anonymous


@pytest.mark.once
def test_after_the_first_answer_the_page_offers_no_switch_and_the_verb_refuses(desk, make_today):
    make_today.response(3)

    page = desk.get().text
    assert FIXED in page and "/anonymity" not in page
    assert "Somebody has answered this survey already" in switch(desk, "yes")
    assert not desk.survey.is_anonymous


@pytest.mark.once
def test_a_mail_that_promised_it_keeps_it(desk, make_today):
    invitation = make_today.invitation()
    switch(desk, "yes")

    assert invitation.version.survey is not None
    assert "Mails have left that promise an anonymous survey" in switch(desk, "no")
    assert FIXED in desk.get().text and desk.survey.is_anonymous


def test_a_new_survey_can_begin_anonymous(browser, make_today):
    make_today.brand()
    assert COSTS in browser.get("/surveys/new").text
    fields = {"name": "Quietly", "start": "kind:nps", "is_anonymous": "y"}
    assert browser.post("/surveys/new", data=fields).status_code == 303

    made = db.session.query(Survey).filter_by(name="Quietly").one()
    assert made.is_anonymous
    assert ">anonymous<" in browser.get("/surveys").text
    assert "Your answer is anonymous" in browser.get(f"/surveys/{made.public_id}/preview").text


@pytest.mark.once
def test_contact_details_are_refused_at_publishing_with_the_reason(desk):
    switch(desk, "yes")
    desk.ask("contact", "Who are you?")

    refused = desk.post("/publish")

    assert refused.status_code == 422
    assert "It asks for name, e-mail or telephone, and the survey is anonymous." in refused.text


def test_the_switch_is_noted(desk):
    switch(desk, "yes")

    [row] = db.session.query(AuditEvent).filter_by(action="builder_anonymity.switch")
    assert row.changes[0]["fields"]["is_anonymous"] == [False, True]
