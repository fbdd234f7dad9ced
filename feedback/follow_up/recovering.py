"""Ask the customer whether a task was solved, and close it with what they say, or with their silence."""

from datetime import datetime, timedelta

from feedback.follow_up.check_back.queries import delivered_meanwhile, replacement_delivered_at
from feedback.follow_up.check_back.spans import asked_at
from feedback.follow_up.deciding.priorities import Priority, one_level_up
from feedback.follow_up.models import Task
from feedback.follow_up.moving import move_task, record
from feedback.follow_up.queries import (
    resolved_tasks,
    response_for_update,
    said_no_before,
    task_for_update,
    task_of_verification,
    unanswered_check_backs,
    unread_check_backs,
)
from feedback.follow_up.states import OPEN_STATES, REOPEN_WITHIN, Details, State
from surveys.invitations.planning import plan_verification
from surveys.responses.models import CONSIDERED
from surveys.work import one_by_one

ASK_JOB, MOVE_JOB = "ask-back", "move-check-back"
ANSWER_JOB, SILENCE_JOB = "record-outcomes", "close-unverified"
SILENCE = timedelta(days=14)
OUTCOMES = {"yes": "recovered", "partly": "partly"}


def ask_back(now: datetime, limit: int) -> int:
    """Plan the check-back of up to `limit` resolved tasks, and move those of delivered replacements; return how many."""
    done = one_by_one(ASK_JOB, resolved_tasks(ASK_JOB, limit), lambda task_id: ask(task_id, now))
    return done + one_by_one(
        MOVE_JOB, delivered_meanwhile(MOVE_JOB, limit), lambda task_id: put_off(task_id, now)
    )


def ask(task_id: int, now: datetime) -> None:
    """Let the customer be asked; where there is no way, close the task as unverified and say why."""
    task = task_for_update(task_id)
    if task.state != State.RESOLVED:
        return
    invitation = plan_verification(
        task.customer, task.response.purchase, task.response.locale, max(_asked_at(task, now), now), now
    )
    task.verification = invitation
    if invitation.state == "refused":
        _close_unverified(task, invitation.reason, now)
    else:
        move_task(task, State.VERIFYING, now, by_system=True)
        record(task, "check_back", now, after=invitation.public_id)


def put_off(task_id: int, now: datetime) -> None:
    """Move the check-back of a replacement to some days after its delivery, once, unless it is on its way."""
    task = task_for_update(task_id)
    invitation = task.verification
    if task.state != State.VERIFYING or invitation is None or invitation.state != "planned":
        return
    if any((each.kind, each.after) == ("check_back_moved", invitation.public_id) for each in task.history):
        return  # Another scheduler had it on its list, too.
    if invitation.begun_at is None:
        invitation.due_at = max(_asked_at(task, now), now)
    record(task, "check_back_moved", now, after=invitation.public_id)


def record_outcomes(now: datetime, limit: int) -> int:
    """Record answers to check-backs, then close tasks whose customers kept silent; return how many."""
    answers = unread_check_backs(ANSWER_JOB, now, limit)
    done = one_by_one(ANSWER_JOB, answers, lambda response_id: record_answer(response_id, now))
    silent = unanswered_check_backs(SILENCE_JOB, now - SILENCE, limit)
    return done + one_by_one(SILENCE_JOB, silent, lambda task_id: give_up(task_id, now))


def record_answer(response_id: int, now: datetime) -> None:
    """Write what the customer said into the task's history, and move the task accordingly.

    An answer that comes late still counts: it replaces *unverified*. One to a task that is being
    worked again is noted only.
    """
    response = response_for_update(response_id)
    if response is None or response.follow_up_stage == CONSIDERED:
        return
    response.follow_up_stage = CONSIDERED
    task = task_of_verification(response.invitation_id)
    said = response.answers.get("solved")
    if task is None or said is None:
        return
    again = said_no_before(task.id)
    record(task, "answered", now, after=said, text=response.comment)
    if task.state in OPEN_STATES:
        return
    if said == "no" and not again and _may_reopen(task, now):
        before, task.priority = task.priority, one_level_up(task.priority)
        if task.priority != before:
            # A "no" makes nothing dangerous: it stands behind what is P0 by what was said.
            task.is_lifted = task.priority == Priority.P0
        move_task(task, State.IN_PROGRESS, now, by_system=True, text="not_solved")
        record(task, "raised", now, before=before, after=task.priority)
    else:
        _close(task, OUTCOMES.get(said, "not_recovered"), now)


def give_up(task_id: int, now: datetime) -> None:
    """Close a task whose check-back was never answered, or never left."""
    task = task_for_update(task_id)
    if task.state != State.VERIFYING or task.verification is None:
        return
    reasons = {"refused": task.verification.reason, "failed": "undeliverable"}
    _close_unverified(task, reasons.get(task.verification.state, "silence"), now)


def _asked_at(task: Task, now: datetime) -> datetime:
    """Return when to ask the customer of a resolved task."""
    brand = task.customer.brand
    return asked_at(
        task.resolution,
        task.resolved_at or now,
        replacement_delivered_at(task),
        usual=brand.check_back_after,
        replaced=brand.check_back_after_replacement,
    )


def _may_reopen(task: Task, now: datetime) -> bool:
    """Tell whether the task may still be taken up again."""
    return task.closed_at is None or now - task.closed_at <= REOPEN_WITHIN


def _close(task: Task, outcome: str, now: datetime) -> None:
    """Close the task with what the customer said; one that silence had closed gets its outcome now."""
    if task.state == State.CLOSED:
        before, task.outcome = task.outcome, outcome
        record(task, "ended", now, before=before, after=outcome)
    else:
        move_task(task, State.CLOSED, now, Details(outcome=outcome), by_system=True)


def _close_unverified(task: Task, reason: str | None, now: datetime) -> None:
    """Close the task without the customer's word; `reason` says why there is none."""
    move_task(task, State.CLOSED, now, Details(outcome="unverified"), by_system=True, text=reason)
