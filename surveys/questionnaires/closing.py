"""End a survey: close it on a day or after so many answers, put it into the archive; and copy one to go on from."""

from collections.abc import Sequence
from datetime import datetime

from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.questionnaires.drafting import OWN_WAY, NotEditable, begin_survey
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import answers_by_survey, draft_of, to_be_closed
from surveys.staff.models import StaffMember

MOST_ANSWERS = 10_000_000


class StillAsked(Refusal):
    """Touchpoints that are on ask this survey."""

    phrase = N_(
        "These touchpoints ask this survey: %(names)s. Switch them off or let them ask another one first."
    )


class Full(Refusal):
    """The survey has the answers that were to close it."""

    phrase = N_("It has %(count)s answers already; write a higher number, or leave it empty.")


def close_when(survey: Survey, at: datetime | None, after: int | None, now: datetime) -> None:
    """Let the survey end at a moment, after so many answers, whichever is first; None for neither.

    A closed survey is opened again by a later moment, or by none; refuses with Full when it would be closed at once.
    """
    if survey.kind == OWN_WAY:
        raise NotEditable()
    if after is not None and not 0 < after <= MOST_ANSWERS:
        words = N_("Write a number of answers from 1 to %(most)s, or leave it empty.")
        raise Refusal(words, field="closes_after", most=MOST_ANSWERS)
    count = answers_by_survey().get(survey.id, 0)
    if after is not None and after <= count and (at is None or at > now):
        raise Full(field="closes_after", count=count)
    survey.closes_at, survey.closes_after = at, after
    db.session.flush()


def close_full(now: datetime) -> int:
    """Close the surveys that have the answers they were to have; return how many."""
    full = to_be_closed(now)
    for survey in full:
        survey.closes_at = now
    db.session.flush()
    return len(full)


def archive(survey: Survey, asked_by: Sequence[str], now: datetime) -> None:
    """Put the survey away: nobody is asked it any more, its answers stay. Refuses while touchpoints ask it."""
    if survey.kind == OWN_WAY:
        raise NotEditable()
    if asked_by:
        raise StillAsked(names=", ".join(asked_by))
    if survey.archived_at is None:
        survey.archived_at = now
    db.session.flush()


def take_out(survey: Survey) -> None:
    """Take the survey out of the archive; it is what it was before."""
    survey.archived_at = None
    db.session.flush()


def copy_survey(survey: Survey, name: str, by: StaffMember, now: datetime) -> Survey:
    """Return a new draft that asks what this survey asks, or what is being written for it."""
    if survey.kind == OWN_WAY:
        raise NotEditable()
    draft = draft_of(survey)
    definition = (draft or survey.current).definition
    return begin_survey(name, survey.kind, definition, by, now, is_anonymous=survey.is_anonymous)
