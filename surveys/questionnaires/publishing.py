"""Bring a questionnaire into force: each publication is a new frozen version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from surveys.database import db
from surveys.errors import N_, Conflict
from surveys.questionnaires.languages import can_be_extended, in_every_language
from surveys.questionnaires.models import Survey, SurveyVersion
from surveys.questionnaires.starters import STARTERS


class WordsOfItsOwn(Conflict):
    """The shop has written the questionnaire itself, or nothing is missing."""

    phrase = N_("This survey has words of its own, or speaks every language already. Nothing was changed.")


def publish(survey: Survey, definition: Mapping[str, Any], now: datetime) -> SurveyVersion:
    """Freeze `definition` as the survey's next version and return it."""
    number = len(survey.versions) + 1
    version = SurveyVersion(survey=survey, number=number, definition=dict(definition), published_at=now)
    db.session.add(version)
    db.session.flush()
    return version


def publish_starters(now: datetime) -> None:
    """Make the ready-made surveys where they are missing; those that are there stay as they are."""
    present = set(db.session.scalars(select(Survey.key)))
    for key, name, kind, definition in STARTERS:
        if key not in present:
            survey = Survey(key=key, name=name, kind=kind, created_at=now)
            db.session.add(survey)
            publish(survey, in_every_language(kind, definition), now)


def publish_languages(survey: Survey, now: datetime) -> SurveyVersion:
    """Publish the survey's ready-made questionnaire once more, in every language; return the new version.

    Refuses with WordsOfItsOwn when its words are not the ready-made ones, or none are missing.
    """
    definition = survey.current.definition
    if not can_be_extended(survey.key, survey.kind, definition):
        raise WordsOfItsOwn()
    return publish(survey, in_every_language(survey.kind, definition), now)
