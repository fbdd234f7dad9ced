import pytest
from sqlalchemy import select

from surveys.database import db
from surveys.questionnaires.drafting import change, start_draft
from surveys.questionnaires.models import Survey
from surveys.questionnaires.publishing import (
    NothingToPublish,
    Unsound,
    publish,
    publish_draft,
    publish_starters,
)
from surveys.questionnaires.queries import draft_of, survey_by_key
from surveys.questionnaires.starters import NPS
from surveys.questionnaires.texts import with_texts
from tests.surveys.questionnaires.asking import row, step_of


def test_starters_are_made_once(app, now):
    publish_starters(now)
    publish_starters(now)

    assert list(db.session.scalars(select(Survey.key).order_by(Survey.id))) == [
        "nps",
        "csat",
        "ces",
        "check-back",
    ]
    assert [version.number for version in survey_by_key("nps").versions] == [1]


def test_each_publication_is_a_new_version_and_the_old_one_stays(app, now):
    publish_starters(now)
    survey = survey_by_key("nps")
    before = survey.current.definition

    publish(survey, {"texts": {"en": {"question": "New?"}}}, now)

    assert survey.current.number == 2
    assert survey.versions[0].definition == before


def test_a_draft_becomes_the_version_that_is_asked(make, now):
    olga, survey = make.staff("Olga", "owner"), make.survey()
    written = {**NPS, "questions": [row("q1")]}
    change(survey, written, 0, olga, now)

    assert publish_draft(survey, step_of(survey), now).number == 2
    assert (survey.current.definition, draft_of(survey)) == (written, None)
    with pytest.raises(NothingToPublish):
        publish_draft(survey, step_of(survey), now)


def test_a_draft_with_flaws_is_refused_with_all_of_them(make, now):
    olga, survey = make.staff("Olga", "owner"), make.survey()
    written = with_texts({**NPS, "questions": [row("q1", "one", choices=["a"])]}, {"key.low": {"de": ""}})
    change(survey, written, 0, olga, now)

    with pytest.raises(Unsound) as refused:
        publish_draft(survey, step_of(survey), now)
    assert [refusal.field for refusal in refused.value.refusals] == ["key", "q1"]
    assert survey.current.number == 1


def test_what_is_asked_already_is_not_published_again(make, now):
    olga, survey = make.staff("Olga", "owner"), make.survey()
    start_draft(survey, olga, now)

    with pytest.raises(NothingToPublish):
        publish_draft(survey, step_of(survey), now)


def test_no_other_questionnaire_can_be_stored_under_a_version(make, now):
    survey = make.survey()
    survey.current.definition = {"texts": {"en": {"question": "Another?"}}}

    with pytest.raises(ValueError, match="never changes"):
        db.session.flush()
