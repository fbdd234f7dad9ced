"""The choice beside the score: asked of everybody, and worth parting the answers by."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.demo.clearing import start_afresh
from feedback.demo.occasions import KEY, QUESTION, READY_MADE, WITH_OCCASION, is_asked, occasion
from feedback.demo.peopling import open_shops
from surveys.database import db
from surveys.questionnaires.publishing import every_flaw, publish
from surveys.questionnaires.queries import survey_by_key
from surveys.responses.models import Response
from surveys.staff.models import StaffMember


def test_the_questionnaire_is_sound_and_asks_for_whom_it_was(make, now):
    open_shops(now)

    survey = survey_by_key("nps")
    assert survey.current.definition == WITH_OCCASION and is_asked(survey.current.definition)
    assert every_flaw(survey, WITH_OCCASION) == []
    assert not is_asked(READY_MADE)


def test_who_gives_a_present_minds_a_late_parcel_more_than_others_do():
    late = Counter(occasion(number, 2, "DELIVERY") for number in range(800))
    praise = Counter(occasion(number, 10, "DELIVERY") for number in range(800))

    assert late["present"] > 2 * praise["present"]
    assert set(late) == {*QUESTION["choices"], None}
    assert occasion(7, 2, "DELIVERY") == occasion(7, 2, "DELIVERY")


@pytest.mark.once
@pytest.mark.thorough
def test_the_answers_are_there_in_the_lists_and_what_hurts_can_be_parted_by_them(filled, signed_in):
    now = filled(60)
    year = f"survey=nps&since={(now - timedelta(days=365)).date()}&until={now.date()}"
    said = Counter(
        answers.get(KEY) for answers in db.session.scalars(select(Response.answers)) if KEY in answers
    )
    browser = signed_in(db.session.scalars(select(StaffMember).where(StaffMember.role == "analyst")).one())

    heat = browser.get(f"/insights/themes?{year}&by=answer.{KEY}")
    lists = browser.get(f"/responses?{year}&answer={KEY}.present")

    assert set(said) == set(QUESTION["choices"])
    assert f'<option value="answer.{KEY}" selected>Whom did you buy it for?' in heat.text
    assert lists.status_code == 200 and "As a present" in lists.text


def test_who_asks_something_else_already_is_not_asked_for_whom_it_was(make, now):
    survey = make.survey("nps")
    own = {**READY_MADE, "questions": [{**QUESTION, "key": "other"}]}
    publish(survey, own, now)

    open_shops(now)

    assert survey_by_key("nps").current.definition == own


@pytest.mark.once
def test_after_the_demo_the_survey_is_the_ready_made_one_again(app, now):
    open_shops(now)
    db.session.commit()

    start_afresh(now)
    db.session.commit()

    assert survey_by_key("nps").current.definition == READY_MADE
