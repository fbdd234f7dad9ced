"""Open one task for every response that needs one.

A task never waits for the reader: the score is judged at once, the comment when its reading
has arrived. `Response.follow_up_stage` says how far a response was looked at; UNIQUE on the
task's response makes a second task impossible.
"""

from datetime import datetime

from feedback.analysis.models import Analysis
from feedback.analysis.queries import reading_of
from feedback.analysis.themes.feelings import Felt, most_negative
from feedback.follow_up.models import Task
from feedback.follow_up.moving import calendar_of, hold_key, move_task, record
from feedback.follow_up.queries import (
    CHECK_BACK,
    candidates,
    response_for_update,
    task_of_response,
    unconsidered_responses,
)
from feedback.follow_up.routing import Candidate, choose_owner
from feedback.follow_up.rules import (
    Decision,
    Priority,
    Reading,
    Submission,
    decide,
    more_urgent,
    why_none,
)
from feedback.follow_up.service_levels import due_times
from feedback.follow_up.states import OPEN_STATES, Details, State
from surveys.customers.holding import hold
from surveys.customers.models import Customer
from surveys.database import db
from surveys.invitations.states import Reason
from surveys.responses.account import first_reason
from surveys.responses.models import CONSIDERED, NEW, WAITS_FOR_READING, Response
from surveys.staff.models import StaffMember
from surveys.staff.permissions import may
from surveys.work import one_by_one

JOB = "open-tasks"


def open_tasks(now: datetime, limit: int) -> int:
    """Look at up to `limit` responses that are new or whose reading has arrived; return how many."""
    ids = unconsidered_responses(JOB, now, limit)
    return one_by_one(JOB, ids, lambda response_id: consider(response_id, now))


def consider(response_id: int, now: datetime) -> Task | None:
    """Open a task for one response, or raise the one it has; return it if there is one.

    Changes nothing when another process has already looked, or somebody has excluded the response meanwhile.
    """
    response = response_for_update(response_id)
    if response is None or response.survey.kind == CHECK_BACK or response.follow_up_stage == CONSIDERED:
        return None
    if response.excluded_at is not None:
        return None
    analysis = reading_of(response_id)
    was_new = response.follow_up_stage == NEW
    decision = decide(submission_of(response), as_read(analysis), now)
    waits = was_new and bool(response.comment) and response.analysed_at is None
    response.follow_up_stage = WAITS_FOR_READING if waits else CONSIDERED
    task = task_of_response(response_id)
    if task is not None:
        task.reason = task.reason or reason_for(response, analysis)
        _follow(task, response, decision, now)
    elif decision.open and response.customer is not None:
        task = _open(response, response.customer, decision, analysis, now)
    return task


def submission_of(response: Response) -> Submission:
    """Return what the rules look at in a response."""
    return Submission(
        kind=response.survey.kind,
        score=response.score,
        has_comment=bool(response.comment),
        contact_permission=response.contact_permission,
        has_customer=response.customer_id is not None,
        submitted_at=response.submitted_at or response.saved_at,
        imported=response.channel == "import",
        wrote_back=response.answers.get("by") == "mail",
        is_anonymous=response.is_anonymous,
    )


def as_read(analysis: Analysis | None) -> Reading | None:
    """Return what the rules look at in the reading of a comment; None while there is none."""
    return None if analysis is None else Reading(analysis.label, analysis.polarity)


def reason_for(response: Response, analysis: Analysis | None) -> str | None:
    """Return what a task is about: the first reason that was ticked, else the worst theme of the comment, or None.

    `analysis` is the reading of the comment; None while there is none.
    """
    ticked = first_reason(response.version.definition, response.answers)
    if ticked is not None or analysis is None:
        return ticked
    return most_negative(Felt(each.code, each.start, each.end, each.polarity) for each in analysis.themes)


def why_no_task(response: Response, analysis: Analysis | None) -> str:
    """Return why a response has no task: a code of `rules.REASONS_NOT`, or check_back, excluded, new, half_way, waits.

    `analysis` is the reading of its comment; None while there is none.
    """
    if response.survey.kind == CHECK_BACK:
        return "check_back"
    if response.excluded_at is not None and response.follow_up_stage != CONSIDERED:
        return "excluded"
    if response.follow_up_stage == NEW:
        return "half_way" if response.is_partial else "new"
    reason = why_none(submission_of(response), as_read(analysis))
    waits = response.follow_up_stage == WAITS_FOR_READING and reason == "not_needed"
    return "waits" if waits else reason


def _open(
    response: Response, customer: Customer, decision: Decision, analysis: Analysis | None, now: datetime
) -> Task:
    """Make the task with its promises, give it to somebody, and begin its history."""
    priority = Priority(decision.priority or Priority.P3)
    due = due_times(priority, now, calendar_of(customer.brand))
    task = Task(
        response=response,
        customer=customer,
        state="new",
        priority=priority,
        rule=decision.rule,
        reason=reason_for(response, analysis),
        permission_unanswered=decision.permission_unanswered,
        contact_due_at=due.first_contact,
        resolution_due_at=due.resolution,
        escalation_level=0,
        reopened=0,
        opened_at=now,
        changed_at=now,
    )
    db.session.add(task)
    record(task, "opened", now, after=priority, text=decision.rule)
    hold(customer, Reason.OPEN_TASK, hold_key(task), now)
    _give(task, customer, now)
    return task


def _give(task: Task, customer: Customer, now: datetime) -> None:
    """Choose the owner, and say by which rule."""
    owner = customer.owner
    dedicated = None
    if owner is not None and owner.is_active and may(owner.role, "tasks"):
        dedicated = Candidate(owner.id, owner.is_away, 0)
    chosen = choose_owner(candidates(), dedicated)
    task.assigned_because = chosen.why
    if chosen.staff_id is not None:
        task.assignee = db.session.get_one(StaffMember, chosen.staff_id)
        record(task, "assigned", now, after=task.assignee.public_id, text=chosen.why)


def _follow(task: Task, response: Response, decision: Decision, now: datetime) -> None:
    """Let an open task follow what has come since: a reading, or the rest of a page left half-way."""
    task.permission_unanswered = response.contact_permission is None
    if response.contact_permission is False and task.state in OPEN_STATES:
        move_task(task, State.CLOSED, now, Details(outcome="no_permission"), by_system=True)
    else:
        _raise(task, decision, now)


def _raise(task: Task, decision: Decision, now: datetime) -> None:
    """Make an open task more urgent when the words say so; its promises count from its opening."""
    if decision.priority is None or task.state not in OPEN_STATES:
        return
    before, after = task.priority, more_urgent(task.priority, decision.priority)
    if after == before:
        return
    task.priority = after
    due = due_times(after, task.opened_at, calendar_of(task.customer.brand))
    task.contact_due_at, task.resolution_due_at = due.first_contact, due.resolution
    record(task, "raised", now, before=before, after=after)
