"""A customer corrects an answer: for a day, and only until somebody of the team has begun to work on it.

The new value takes the old one's place and is read and considered anew, as a page left half-way is when its rest
arrives. Further answers go whose questions the new score does not lead to. A task that is there follows: it may become
more urgent, and it ends when contact is refused. It is never taken away for a better score; its history says what was
corrected, and a person decides.
"""

from datetime import datetime
from typing import Any, NamedTuple

from feedback.follow_up.models import Task
from feedback.follow_up.moving import move_task, record
from feedback.follow_up.queries import response_for_update, task_for_update, task_of_response
from feedback.follow_up.states import State
from feedback.privacy.own_page.queries import corrections_of, is_touched
from surveys.audit.changes import describe
from surveys.audit.noting import note
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.locales import customer_language
from surveys.questionnaires.definition import purchase_facts_in, questions_of
from surveys.responses.answering import CORRECTABLE_FOR
from surveys.responses.models import NEW, Response
from surveys.responses.progress import fields_again, progress
from surveys.responses.queries import known_of_purchase
from surveys.scales import group_of

MOST = 20
CORRECTED = "own_page.correct"  # what an audit row calls it
TOO_LATE = N_("An answer can be corrected for 24 hours; they are over.")
IN_WORK = N_(
    "Somebody is looking at this answer already, so it cannot be corrected any more. Write to the shop."
)
NOT_THIS_KIND = N_("This answer cannot be corrected here. Write to the shop.")


class Correction(NamedTuple):
    """What the answer is to say from now on."""

    score: int
    comment: str | None
    contact_permission: bool | None


class TooOften(Refusal):
    """Every correction stays in the histories, so there is an end to them."""

    status = 429
    phrase = N_("This answer has been corrected often enough. Write to the shop.")


class NotAnyMore(Conflict):
    """The answer can not be corrected, or no longer."""


def why_not(response: Response, task: Task | None, is_in_work: bool, now: datetime) -> str | None:
    """Return why the answer cannot be corrected, as an English phrase; None when it can.

    `is_in_work` says that somebody of the team has worked on its task.
    """
    by_page = response.channel == "email" and response.score is not None and not response.is_partial
    if not by_page or response.submitted_at is None:
        return NOT_THIS_KIND
    if now - response.submitted_at > CORRECTABLE_FOR:
        return TOO_LATE
    return IN_WORK if task is not None and is_in_work else None


def correct(response_id: int, said: Correction, now: datetime) -> bool:
    """Let the answer say something else; return False when it says that already. Raises NotAnyMore and TooOften."""
    response = response_for_update(response_id)
    if response is None:
        raise NotAnyMore(NOT_THIS_KIND)
    task = task_of_response(response_id)
    if task is not None:
        task = task_for_update(task.id)  # As it is now: the loop may have raised it since the page was read.
    reason = why_not(response, task, task is not None and is_touched(task), now)
    if reason is not None:
        raise NotAnyMore(reason)
    before = Correction(response.score or 0, response.comment, response.contact_permission)
    if said == before:
        return False
    if corrections_of(response.public_id, response.submitted_at or now) >= MOST:
        raise TooOften()
    response.score, response.group = said.score, group_of(response.survey.kind, said.score)
    response.corrected_score = None
    response.answers = still_asked(response, now)
    response.contact_permission = said.contact_permission
    if said.comment != before.comment:
        response.comment, response.analysed_at = said.comment, None
    response.saved_at, response.follow_up_stage = now, NEW
    _write_down(response, before, said, now)
    if task is not None:
        _tell(task, before, said, now)
    db.session.flush()
    return True


def still_asked(response: Response, now: datetime) -> dict[str, Any]:
    """Return the further answers whose questions the score leads to: others would count although nobody asked."""
    definition = response.version.definition
    questions = questions_of(definition)
    if not questions:
        return response.answers
    known: dict[str, tuple[str, ...]] = {
        "language": (customer_language(response.locale),),
        "score": (str(response.score),),
        "group": (response.group or "",),
    }
    known |= known_of_purchase(response.purchase_id, purchase_facts_in(definition), now)
    return progress(questions, fields_again(questions, response.answers), known).final()


def _write_down(response: Response, before: Correction, said: Correction, now: datetime) -> None:
    """Keep that the answer was corrected: scores before and after, of words only that they changed."""
    pairs = zip(Correction._fields, before, said, strict=True)
    fields = {name: (old, new) for name, old, new in pairs if old != new}
    change = describe("response", response.public_id, "changed", fields)
    note(CORRECTED, now, way="page", about=response.public_id, changes=[change])


def _tell(task: Task, before: Correction, said: Correction, now: datetime) -> None:
    """Write the correction into the task's history; one that ended for want of permission goes on with it."""
    is_other_score = said.score != before.score
    old, new = (str(before.score), str(said.score)) if is_other_score else (None, None)
    record(task, "corrected", now, before=old, after=new)
    allowed_again = before.contact_permission is False and said.contact_permission is not False
    if allowed_again and task.state == State.CLOSED and task.outcome == "no_permission":
        move_task(task, State.IN_PROGRESS, now, by_system=True, text="allowed_again")
