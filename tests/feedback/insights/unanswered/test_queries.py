"""Surveys that nobody has answered yet, told on the first screen instead of silence."""

from datetime import timedelta

import pytest

from feedback.insights.unanswered.queries import unanswered
from surveys.database import db
from surveys.questionnaires.models import Survey
from tests.test_costs import counted_questions


def steps(brand, now):
    return {each.survey.key: each.step.missing for each in unanswered(brand, now, drafts=True)}


def test_a_survey_stands_there_until_somebody_answers(make_today):
    now = make_today.now
    touchpoint = make_today.touchpoint(is_on=False)
    assert steps(None, now)["nps"] == "off" and steps(None, now)["ces"] == "nobody_asks"
    touchpoint.is_on = True
    db.session.commit()
    assert steps(None, now)["nps"] == "no_order" and steps("elsewhere", now)["nps"] == "nobody_asks"
    first = make_today.invitation(state="planned", due_at=now + timedelta(days=2))
    make_today.invitation(state="planned", due_at=now + timedelta(days=3))
    step = next(each.step for each in unanswered(None, now, drafts=True) if each.survey.key == "nps")
    assert (step.missing, step.by.due_at) == ("leaves", first.due_at)
    make_today.invitation(is_test=True)
    assert steps(None, now)["nps"] == "leaves", "a test is no invitation to a customer"
    make_today.invitation()
    assert steps(None, now)["nps"] == "answer"
    make_today.response(9)
    assert "nps" not in steps(None, now)


def test_more_surveys_are_no_more_questions(make_today):
    now, asked = make_today.now, []
    make_today.touchpoint(is_on=False)
    for more in ("", "one", "two"):
        if more:
            make_today.keep(Survey(key=more, name=more, kind="csat", created_at=now))
        db.session.expunge_all()
        with counted_questions() as questions:
            unanswered(None, now, drafts=True)
        asked.append(len(questions))
    assert len(set(asked)) == 1


def test_drafts_are_told_and_what_is_over_is_not(make_today):
    now, survey = make_today.now, make_today.survey("ces")
    make_today.keep(Survey(key="new", name="New one", kind="csat", created_at=now))
    survey.closes_at = now - timedelta(days=1)
    db.session.commit()
    assert steps(None, now)["new"] == "draft" and "ces" not in steps(None, now)


@pytest.mark.once
def test_the_first_screen_says_what_is_missing_and_leads_there(make_today, signed_in):
    make_today.touchpoint(is_on=False)
    owner, analyst = make_today.staff("Olga", "owner"), make_today.staff("Ada", role="analyst")
    page = signed_in(owner).get("/insights").text
    assert "Not answered yet" in page and "“After delivery” is switched off" in page
    assert "/settings/touchpoints/" in page
    seen = signed_in(analyst).get("/insights").text
    assert "is switched off" in seen and "/settings/touchpoints/" not in seen
    make_today.responses([9] * 6, make_today.customer())
    assert "Not answered yet" in signed_in(owner).get("/insights?survey=nps").text, "of the others it is told"


@pytest.mark.once
def test_only_who_writes_surveys_is_told_of_drafts(make_today, signed_in):
    make_today.touchpoint(is_on=False)
    make_today.keep(Survey(key="new", name="Secret plan", kind="csat", created_at=make_today.now))
    for role, is_told in (("owner", True), ("admin", True), ("analyst", False), ("agent", False)):
        page = signed_in(make_today.staff(f"Who is {role}", role=role)).get("/insights").text
        assert "Not answered yet" in page and ("Secret plan" in page) is is_told, role
