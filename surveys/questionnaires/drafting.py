"""Write a survey: begin one, change its draft step by step, take steps back, throw the draft away.

Nothing of it is asked before it is published. Every change keeps the whole questionnaire, so
undoing is taking the newest step away.
"""

import re
import unicodedata
from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.questionnaires.models import Survey, SurveyDraft
from surveys.questionnaires.queries import draft_of, steps_of
from surveys.questionnaires.starters import STARTERS
from surveys.questionnaires.states import State
from surveys.staff.models import StaffMember

MOST_STEPS = 50
LONGEST_NAME, LONGEST_KEY = 200, 50
OWN_WAY = "check_back"  # its answers decide about tasks, so its questions are not the shop's to change


class NotEditable(Refusal):
    """The check-back is part of the program."""

    phrase = N_(
        "This survey asks whether a problem was solved, and tasks wait for its answers; it stays as it is."
    )


class Archived(Conflict):
    """What was put away is not written on."""

    phrase = N_("This survey is archived. Take it out of the archive first.")


class DraftMoved(Conflict):
    """Somebody else changed the draft while this change was being written."""

    phrase = N_("The draft was changed in the meantime. Look at it as it is now, and make your change again.")


class NothingToUndo(Conflict):
    """The draft has no step before the one that is there."""

    phrase = N_("There is no earlier step to go back to.")


def begin_survey(
    name: str,
    kind: str,
    definition: Mapping[str, Any],
    by: StaffMember,
    now: datetime,
    *,
    is_anonymous: bool = False,
) -> Survey:
    """Make a survey that is only a draft; refuses a name that is none."""
    name = checked_name(name)
    survey = Survey(key=free_key(name), name=name, kind=kind, created_at=now, is_anonymous=is_anonymous)
    db.session.add(survey)
    db.session.flush()
    add_step(survey, 1, definition, by, now)
    return survey


def rename(survey: Survey, name: str) -> None:
    """Give the survey another name; its key, by which systems know it, stays."""
    survey.name = checked_name(name)
    db.session.flush()


def checked_name(name: str) -> str:
    """Return a name fit to be kept; refuse others."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        words = N_("Give it a name of at most %(most)s characters.")
        raise Refusal(words, field="name", most=LONGEST_NAME)
    return name


def free_key(name: str) -> str:
    """Return a key made of the name that no survey has, nor a ready-made one that may still come."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    start = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_KEY].strip("-") or "survey"
    alike = select(Survey.key).where(Survey.key.startswith(start, autoescape=True))
    taken = {*db.session.scalars(alike), *(key for key, *_rest in STARTERS)}
    return next(
        key for key in (start, *(f"{start}-{n}" for n in range(2, len(taken) + 3))) if key not in taken
    )


def refuse_unless_editable(survey: Survey, now: datetime) -> None:
    """Refuse the check-back and what is archived."""
    if survey.kind == OWN_WAY:
        raise NotEditable()
    if survey.state_at(now) is State.ARCHIVED:
        raise Archived()


def start_draft(survey: Survey, by: StaffMember, now: datetime) -> SurveyDraft:
    """Return the draft; where there is none, one is made of the version that is asked now."""
    refuse_unless_editable(survey, now)
    draft = draft_of(survey)
    return draft or add_step(survey, 1, survey.current.definition, by, now)


def change(
    survey: Survey, definition: Mapping[str, Any], after: int, by: StaffMember, now: datetime
) -> SurveyDraft:
    """Keep a change as the newest step and return it; one that changes nothing is no step.

    `after` is the step that was changed, 0 when there was no draft yet. Refuses with DraftMoved
    when that is not the newest any more.
    """
    refuse_unless_editable(survey, now)
    hold_draft(survey, after)
    before = start_draft(survey, by, now)
    if before.definition == definition:
        return before
    step = add_step(survey, before.step + 1, definition, by, now)
    too_old = SurveyDraft.step <= step.step - MOST_STEPS
    db.session.execute(delete(SurveyDraft).where(SurveyDraft.survey_id == survey.id, too_old))
    return step


def add_step(
    survey: Survey, number: int, definition: Mapping[str, Any], by: StaffMember, now: datetime
) -> SurveyDraft:
    """Keep a step of its own, which shares nothing with what it was made of."""
    step = SurveyDraft(
        survey_id=survey.id,
        step=number,
        definition=deepcopy(dict(definition)),
        changed_at=now,
        changed_by_id=by.id,
    )
    db.session.add(step)
    db.session.flush()
    return step


def hold_draft(survey: Survey, seen: int) -> SurveyDraft | None:
    """Return the draft, which nobody else changes until the commit; None where there is none.

    Refuses with DraftMoved when its newest step is not the one that was `seen`, 0 for no draft.
    """
    # Answers only need the survey to stay there; they do not wait for its writers.
    db.session.execute(select(Survey.id).where(Survey.id == survey.id).with_for_update(key_share=True))
    draft = draft_of(survey)
    if seen != (draft.step if draft else 0):
        raise DraftMoved()
    return draft


def undo(survey: Survey, seen: int, now: datetime) -> None:
    """Take the newest step, which was `seen`, away; refuses with NothingToUndo when there is none before it."""
    refuse_unless_editable(survey, now)
    hold_draft(survey, seen)
    steps = steps_of(survey, 2)
    if len(steps) < 2:
        raise NothingToUndo()
    db.session.delete(steps[0])
    db.session.flush()


def discard(survey: Survey, seen: int) -> bool:
    """Throw away the draft that was `seen`; a survey never published goes with it, and False is returned."""
    hold_draft(survey, seen)
    return drop_draft(survey)


def drop_draft(survey: Survey) -> bool:
    """Delete the draft, and a survey that was never published; return whether the survey is left."""
    db.session.execute(delete(SurveyDraft).where(SurveyDraft.survey_id == survey.id))
    is_published = bool(survey.versions)
    if not is_published:
        db.session.delete(survey)
    db.session.flush()
    return is_published
