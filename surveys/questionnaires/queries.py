"""What other rooms ask about surveys."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.questionnaires.models import Survey
from surveys.scales import SCALES


class UnknownSurvey(Refusal):
    """No survey has this key."""

    phrase = N_("There is no survey with the key %(key)s; there are: %(keys)s.")


def survey_by_key(key: str) -> Survey:
    """Return one survey; refuse with UnknownSurvey, which names those there are."""
    survey = db.session.scalar(select(Survey).where(Survey.key == key))
    if survey is None:
        known = ", ".join(db.session.scalars(select(Survey.key).order_by(Survey.id)))
        raise UnknownSurvey(field="survey", key=repr(key[:60]), keys=known)
    return survey


def surveys_on_scales() -> list[Survey]:
    """Return the surveys whose answers have a score, in the order they were made."""
    return list(db.session.scalars(select(Survey).where(Survey.kind.in_(SCALES)).order_by(Survey.id)))


def all_surveys() -> list[Survey]:
    """Return every survey with its versions, in the order they were made."""
    return list(db.session.scalars(select(Survey).options(selectinload(Survey.versions)).order_by(Survey.id)))
