from sqlalchemy import select

from surveys.database import db
from surveys.questionnaires.models import Survey
from surveys.questionnaires.publishing import publish, publish_starters
from surveys.questionnaires.queries import survey_by_key


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
