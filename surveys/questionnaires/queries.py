"""What other rooms ask about surveys."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import selectinload

from surveys.database import brought, db, read_once
from surveys.errors import N_, Missing, Refusal
from surveys.questionnaires.models import Survey, SurveyDraft, SurveyVersion
from surveys.scales import SCALES

# What the responses' room brings: one row for each submitted answer that counts, with its survey_id and version_id.
ANSWERS = "answers_to_surveys"
# The same room brings the survey_id of every answer, also of those left half-way or excluded; that of the invitations
# the survey_id of every mail that has left or may have left.
EVERY_ANSWER, MAILS = "every_answer_to_surveys", "mails_of_surveys"


class UnknownSurvey(Refusal):
    """No survey has this key."""

    phrase = N_("There is no survey with the key %(key)s; there are: %(keys)s.")


class NoSurvey(Missing):
    """No survey has this id."""

    phrase = N_("There is no such survey. It may have been a draft that was thrown away.")


def is_published() -> ColumnElement[bool]:
    """Return the condition that a survey was published; nobody but its writers sees one that was not."""
    return Survey.versions.any()


def is_asked(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a survey is asked and answered."""
    is_open = or_(Survey.closes_at.is_(None), Survey.closes_at > now)
    return and_(is_published(), is_open, Survey.archived_at.is_(None))


def survey_by_key(key: str) -> Survey:
    """Return one published survey; refuse with UnknownSurvey, which names those there are."""
    survey = db.session.scalar(select(Survey).where(Survey.key == key, is_published()))
    if survey is None:
        published = select(Survey.key).where(is_published()).order_by(Survey.id)
        known = ", ".join(db.session.scalars(published))
        raise UnknownSurvey(field="survey", key=repr(key[:60]), keys=known)
    return survey


def survey_or_missing(public_id: str) -> Survey:
    """Return one survey, published or not; refuse as missing."""
    survey = db.session.scalar(select(Survey).where(Survey.public_id == public_id))
    if survey is None:
        raise NoSurvey()
    return survey


def version_or_missing(survey: Survey, number: int) -> SurveyVersion:
    """Return one version of the survey; refuse as missing."""
    version = next((each for each in survey.versions if each.number == number), None)
    if version is None:
        raise Missing()
    return version


def surveys_to_ask() -> list[Survey]:
    """Return the surveys a touchpoint can ask: published, not archived, and not the check-back."""
    can_be_asked = (Survey.kind != "check_back", Survey.archived_at.is_(None), is_published())
    return list(db.session.scalars(select(Survey).where(*can_be_asked).order_by(Survey.id)))


def all_surveys() -> list[Survey]:
    """Return every survey with its versions: what is asked first, what was put away last, then by name."""
    order = (Survey.archived_at.is_not(None), Survey.id)
    return list(db.session.scalars(select(Survey).options(selectinload(Survey.versions)).order_by(*order)))


def drafted(surveys: Collection[Survey]) -> dict[int, SurveyDraft]:
    """Return the drafts of the surveys that have one, by the ids of the surveys."""
    ids = [survey.id for survey in surveys]
    newest = (
        select(SurveyDraft.survey_id, func.max(SurveyDraft.step).label("step"))
        .where(SurveyDraft.survey_id.in_(ids))
        .group_by(SurveyDraft.survey_id)
        .subquery()
    )
    same = and_(SurveyDraft.survey_id == newest.c.survey_id, SurveyDraft.step == newest.c.step)
    return {draft.survey_id: draft for draft in db.session.scalars(select(SurveyDraft).join(newest, same))}


def steps_of(survey: Survey, limit: int) -> list[SurveyDraft]:
    """Return the newest steps of the survey's draft, the newest first."""
    wanted = select(SurveyDraft).where(SurveyDraft.survey_id == survey.id)
    return list(db.session.scalars(wanted.order_by(SurveyDraft.step.desc()).limit(limit)))


def draft_of(survey: Survey) -> SurveyDraft | None:
    """Return the newest step of the survey's draft, None where nothing is being written."""
    return next(iter(steps_of(survey, 1)), None)


def answers_by_version(survey: Survey) -> dict[int, int]:
    """Return how many submitted answers each version has, by the ids of versions."""
    answers = brought(ANSWERS)
    wanted = select(answers.c.version_id, func.count()).where(answers.c.survey_id == survey.id)
    return dict(db.session.execute(wanted.group_by(answers.c.version_id)).tuples().all())


def answers_by_survey() -> dict[int, int]:
    """Return how many submitted answers each survey has, by their ids."""
    answers = brought(ANSWERS)
    counted = select(answers.c.survey_id, func.count()).group_by(answers.c.survey_id)
    return dict(db.session.execute(counted).tuples().all())


def is_answered(survey: Survey) -> bool:
    """Return whether anybody has answered the survey, in whatever way."""
    return is_among(EVERY_ANSWER, survey)


def has_left(survey: Survey) -> bool:
    """Return whether a mail that asks the survey has left, or may have."""
    return is_among(MAILS, survey)


def is_among(name: str, survey: Survey) -> bool:
    """Return whether what was brought under `name` has a row of the survey."""
    rows = brought(name)
    return (
        db.session.scalar(select(rows.c.survey_id).where(rows.c.survey_id == survey.id).limit(1)) is not None
    )


def to_be_closed(now: datetime) -> list[Survey]:
    """Return the surveys that are asked until there are enough answers, and have them."""
    answers = brought(ANSWERS)
    count = select(func.count()).where(answers.c.survey_id == Survey.id).scalar_subquery()
    has_enough = (Survey.closes_after.is_not(None), Survey.closes_after <= count)
    return list(db.session.scalars(select(Survey).where(is_asked(now), *has_enough)))


@read_once
def surveys_on_scales() -> Sequence[Survey]:
    """Return the published surveys whose answers have a score, in the order they were made."""
    on_scales = (Survey.kind.in_(SCALES), is_published())
    return db.session.scalars(select(Survey).where(*on_scales).order_by(Survey.id)).all()
