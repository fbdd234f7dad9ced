"""Bring a questionnaire into force: each publication is a new frozen version."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from sqlalchemy import select

from surveys.database import db
from surveys.errors import N_, Conflict, Refusal, SeveralRefusals
from surveys.questionnaires.anonymity import flaws_of_anonymity
from surveys.questionnaires.definition import THANKS
from surveys.questionnaires.drafting import drop_draft, hold_draft, refuse_unless_editable
from surveys.questionnaires.languages import can_be_extended, in_every_language
from surveys.questionnaires.models import Survey, SurveyVersion
from surveys.questionnaires.queries import draft_of
from surveys.questionnaires.soundness import Flaw, flaws_of
from surveys.questionnaires.starters import STARTERS
from surveys.questionnaires.texts import flaws_of_key
from surveys.scales import SCALES


class NothingToPublish(Conflict):
    """Nothing is being written, or it is what is asked already."""

    phrase = N_("There is nothing new to publish.")


class Unsound(SeveralRefusals):
    """The draft has flaws; each names its place."""

    phrase = N_("This cannot be published yet.")

    def __init__(self, flaws: Sequence[Flaw]):
        super().__init__([Refusal(flaw.phrase, field=flaw.where, **flaw.values) for flaw in flaws])
        self.flaws = flaws


class WordsOfItsOwn(Conflict):
    """The shop has written the questionnaire itself, or nothing is missing."""

    phrase = N_("This survey has words of its own, or speaks every language already. Nothing was changed.")


class BeingWritten(Conflict):
    """There is a draft."""

    phrase = N_("Somebody is writing this survey. Publish or discard the draft first, under “Surveys”.")


def publish(survey: Survey, definition: Mapping[str, Any], now: datetime) -> SurveyVersion:
    """Freeze `definition` as the survey's next version and return it."""
    version = add_version(survey, definition, now)
    db.session.flush()
    return version


def add_version(survey: Survey, definition: Mapping[str, Any], now: datetime) -> SurveyVersion:
    """Freeze `definition` as the survey's next version, which is not stored yet."""
    number = len(survey.versions) + 1
    version = SurveyVersion(
        survey=survey, number=number, definition=deepcopy(dict(definition)), published_at=now
    )
    db.session.add(version)
    return version


def every_flaw(survey: Survey, definition: Mapping[str, Any]) -> list[Flaw]:
    """Return everything that stands in the way of publishing a questionnaire for this survey, endings last."""
    found = [*flaws_of_key(definition), *flaws_of(definition, SCALES.get(survey.kind))]
    if survey.is_anonymous:
        found += flaws_of_anonymity(definition)
    return sorted(found, key=lambda flaw: flaw.where.startswith(THANKS))


def publish_draft(survey: Survey, seen: int, now: datetime) -> SurveyVersion:
    """Make the draft, whose newest step was `seen`, what is asked from now on; refuses with Unsound, telling every flaw.

    Who was asked before answers the version they were asked with.
    """
    refuse_unless_editable(survey, now)
    draft = hold_draft(survey, seen)
    # Whoever makes it anonymous holds the same row: it is looked at as it is now.
    db.session.refresh(survey, ["is_anonymous"])
    if draft is None or (survey.versions and draft.definition == survey.current.definition):
        raise NothingToPublish()
    flaws = every_flaw(survey, draft.definition)
    if flaws:
        raise Unsound(flaws)
    version = publish(survey, draft.definition, now)
    drop_draft(survey)
    return version


def publish_starters(now: datetime) -> None:
    """Make the ready-made surveys where they are missing; those that are there stay as they are."""
    present = set(db.session.scalars(select(Survey.key)))
    for key, name, kind, definition in STARTERS:
        if key not in present:
            survey = Survey(key=key, name=name, kind=kind, created_at=now)
            db.session.add(survey)
            add_version(survey, definition, now)
    db.session.flush()


def publish_languages(survey: Survey, now: datetime) -> SurveyVersion:
    """Publish the survey's ready-made questionnaire once more, in every language; return the new version.

    Refuses with WordsOfItsOwn when its words are not the ready-made ones, or none are missing; with BeingWritten
    when there is a draft, which would take the languages away again once it is published.
    """
    db.session.refresh(survey, with_for_update={"key_share": True})
    if draft_of(survey) is not None:
        raise BeingWritten()
    definition = survey.current.definition
    if not can_be_extended(survey.key, survey.kind, definition):
        raise WordsOfItsOwn()
    return publish(survey, in_every_language(survey.kind, definition), now)
