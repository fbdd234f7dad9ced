"""Bring a questionnaire into force: each publication is a new frozen version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from surveys.database import db
from surveys.questionnaires.models import Survey, SurveyVersion
from surveys.questionnaires.starters import STARTERS


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
            publish(survey, definition, now)
