"""Languages in the settings: read, noted as read, switched on and off; and surveys that lack them."""

import re

import pytest

from surveys.database import db
from surveys.languages.queries import is_used
from surveys.questionnaires.drafting import start_draft
from surveys.questionnaires.publishing import publish
from surveys.questionnaires.starters import NPS

PAGE = "/settings/languages"


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


@pytest.fixture
def owner(make_today, signed_in):
    return signed_in(make_today.staff("Olga", "owner"))


@pytest.mark.once
def test_a_language_is_not_used_until_somebody_notes_that_it_was_read(owner):
    before = words(owner.get(PAGE))
    owner.post(f"{PAGE}/fr/review", data={"read": "yes"})
    after = words(owner.get(PAGE))

    assert before.count("not reviewed by a native speaker") == 5
    assert after.count("not reviewed by a native speaker") == 4 and "by Olga" in after
    assert is_used("fr")
    owner.post(f"{PAGE}/fr/review", data={"read": "no"})
    assert not is_used("fr")


@pytest.mark.once
def test_it_can_be_used_unread_and_switched_off(owner):
    owner.post(f"{PAGE}/es/use", data={"use": "yes"})
    assert "are written to in it from now on" in owner.get(PAGE).text
    assert is_used("es")
    owner.post(f"{PAGE}/es/use", data={"use": "no"})
    assert not is_used("es")


@pytest.mark.once
def test_all_sentences_can_be_read(owner):
    page = owner.get(f"{PAGE}/it").text

    assert "Quanto è probabile che Lei consigli" in page and "How likely is it" in page
    assert "Com’è andato il Suo ordine" in page and "Grazie per avercelo detto" in page
    for unknown in ("de", "xx"):
        assert owner.get(f"{PAGE}/{unknown}").status_code == 404
        assert owner.post(f"{PAGE}/{unknown}/use", data={"use": "yes"}).status_code == 404


def test_a_survey_speaks_them_once_somebody_publishes_it(make_today, owner):
    survey = make_today.survey("nps")

    assert "Publish a version in all languages" in owner.get(PAGE).text
    owner.post(f"{PAGE}/surveys/nps/publish")
    said = owner.get(PAGE).text

    assert "Version 2 is published." in said
    db.session.refresh(survey)
    assert "pl" in survey.current.definition["texts"]
    assert owner.post(f"{PAGE}/surveys/nps/publish").status_code == 409


@pytest.mark.once
def test_words_of_its_own_are_not_published_over(make_today, owner):
    survey = make_today.survey("nps")
    publish(survey, {"texts": {"en": {**NPS["texts"]["en"], "question": "Well?"}}}, make_today.now)
    db.session.commit()

    assert "It has words of its own" in owner.get(PAGE).text
    assert owner.post(f"{PAGE}/surveys/nps/publish").status_code == 409


def test_a_draft_that_would_take_the_languages_away_again_is_finished_first(make_today, owner):
    survey = make_today.survey("nps")
    start_draft(survey, make_today.staff("Olga"), make_today.now)
    db.session.commit()
    refused = owner.post(f"{PAGE}/surveys/nps/publish")

    assert refused.status_code == 409 and "Somebody is writing this survey" in refused.text
    assert survey.current.number == 1


@pytest.mark.once
@pytest.mark.parametrize("role", ["agent", "analyst"])
def test_only_who_changes_surveys_decides(make_today, signed_in, role):
    browser = signed_in(make_today.staff("Ann", role))

    assert browser.get(PAGE).status_code == 403
    assert browser.post(f"{PAGE}/fr/use", data={"use": "yes"}).status_code == 403
