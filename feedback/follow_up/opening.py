"""Open one task for every response that needs one; a later one about the same order joins it.

A task never waits for the reader: the score is judged at once, the comment when its reading
has arrived. `Response.follow_up_stage` says how far a response was looked at. Whoever looks at one holds its
customer: so two answers of a customer are judged one after the other, and the second finds the task of the first.
UNIQUE on the response of a signal makes it a part of one task only.
"""

from datetime import datetime

from feedback.analysis.models import Analysis
from feedback.analysis.queries import reading_of
from feedback.analysis.themes.feelings import Felt, most_negative
from feedback.follow_up.assigning.giving import give_by_rule
from feedback.follow_up.clocks.timing import calendar_of
from feedback.follow_up.deciding.book import STANDARD
from feedback.follow_up.deciding.priorities import Priority
from feedback.follow_up.deciding.queries import (
    current_book,
    lock_customer,
    open_task_for,
    signal_of,
    task_before,
)
from feedback.follow_up.deciding.remembering import as_read, past_of, submission_of
from feedback.follow_up.deciding.verdicts import Decision, decide, why_none
from feedback.follow_up.deciding.weighing import bind, join, lift, weigh_again
from feedback.follow_up.incidents.gathering import gather, gather_by_theme, hold_brand_for
from feedback.follow_up.models import Task
from feedback.follow_up.moving import hold_key, move_task, record
from feedback.follow_up.queries import (
    CHECK_BACK,
    response_for_update,
    task_for_update,
    task_of_response,
    unconsidered_responses,
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
from surveys.work import one_by_one

JOB = "open-tasks"


def open_tasks(now: datetime, limit: int) -> int:
    """Look at up to `limit` responses that are new or whose reading has arrived; return how many."""
    ids = unconsidered_responses(JOB, now, limit)
    return one_by_one(JOB, ids, lambda response_id: consider(response_id, now))


def consider(response_id: int, now: datetime) -> Task | None:
    """Open a task for one response, let it join the open one of its order, or raise the one it has; return that task.

    Changes nothing when another process has already looked, or somebody has excluded the response meanwhile.
    """
    # The customer first, as whoever merges customers does, so that nobody waits for the other.
    lock_customer(response_id)
    response = response_for_update(response_id)
    if response is None or response.survey.kind == CHECK_BACK or response.follow_up_stage == CONSIDERED:
        return None
    if response.excluded_at is not None:
        return None
    waits = bool(response.comment) and response.analysed_at is None
    if waits and response.follow_up_stage == WAITS_FOR_READING:
        return None  # Another scheduler, whose list held it too, has judged the score; the words are still to come.
    analysis = reading_of(response_id)
    book, submission, reading = current_book(), submission_of(response), as_read(analysis)
    past = past_of(response, submission, reading, book)
    decision = decide(submission, reading, now, book, past)
    response.follow_up_stage = WAITS_FOR_READING if waits else CONSIDERED
    return _act(response, decision, analysis, book.version, now)


def open_by_hand(response: Response, customer: Customer, now: datetime, by: StaffMember | None) -> Task:
    """Open a task of its own for what a customer wrote, because somebody says so: whatever rules the shop has.

    Its words may make it more urgent once they are read.
    """
    lock_customer(response.id)
    response.follow_up_stage = WAITS_FOR_READING if response.comment else CONSIDERED
    submission = submission_of(response)
    decision = decide(submission, None, now, STANDARD, past_of(response, submission, None, STANDARD))
    return _open(response, customer, decision, None, current_book().version, now, by)


def _act(
    response: Response, decision: Decision, analysis: Analysis | None, version: int, now: datetime
) -> Task | None:
    """Do what was decided of a response with its own task, with the open one of its order, or with a new one."""
    reading, signal = as_read(analysis), signal_of(response.id)
    reason = reason_for(response, analysis)
    may_begin = signal is not None and reason is not None and hold_brand_for(response.brand_id, reason, now)
    own = task_for_update(signal.task_id) if signal else task_of_response(response.id)
    if own is not None:
        if own.response_id == response.id:
            _name_reason(own, reason, now, may_begin=may_begin)
            _follow(own, response, now)
        if signal is not None:
            weigh_again(signal, decision, reading, version, now)
        else:
            lift(own, decision, now)
        return own
    if not decision.open or response.customer is None:
        return None
    task = open_task_for(response)
    if task is not None:
        join(task, response, decision, reading, version, now)
    else:
        task = _open(response, response.customer, decision, analysis, version, now)
    return task


def _name_reason(task: Task, reason: str | None, now: datetime, *, may_begin: bool) -> None:
    """Say what an open task is about when that becomes known; it may be what many are about."""
    if task.reason is None and reason is not None:
        task.reason = reason
        if task.state in OPEN_STATES:
            gather_by_theme(task, now, may_begin=may_begin)


def reason_for(response: Response, analysis: Analysis | None) -> str | None:
    """Return what a task is about: the first reason that was ticked, else the worst theme of the comment, or None.

    `analysis` is the reading of the comment; None while there is none.
    """
    ticked = first_reason(response.version.definition, response.answers)
    if ticked is not None or analysis is None:
        return ticked
    return most_negative(Felt(each.code, each.start, each.end, each.polarity) for each in analysis.themes)


def why_no_task(response: Response, analysis: Analysis | None) -> str:
    """Return why a response has no task of its own.

    A code of `verdicts.REASONS_NOT`, or joined, check_back, excluded, new, half_way, waits. `analysis` is the reading of
    its comment; None while there is none.
    """
    if signal_of(response.id) is not None:
        return "joined"
    if response.survey.kind == CHECK_BACK:
        return "check_back"
    if response.excluded_at is not None and response.follow_up_stage != CONSIDERED:
        return "excluded"
    if response.follow_up_stage == NEW:
        return "half_way" if response.is_partial else "new"
    book, submission, reading = current_book(), submission_of(response), as_read(analysis)
    reason = why_none(submission, reading, book, past_of(response, submission, reading, book))
    waits = response.follow_up_stage == WAITS_FOR_READING and reason == "not_needed"
    return "waits" if waits else reason


def _open(
    response: Response,
    customer: Customer,
    decision: Decision,
    analysis: Analysis | None,
    version: int,
    now: datetime,
    by: StaffMember | None = None,
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
        rule_version=version,
        reason=reason_for(response, analysis),
        permission_unanswered=decision.permission_unanswered,
        contact_due_at=due.first_contact,
        resolution_due_at=due.resolution,
        escalation_level=0,
        reopened=0,
        follows=task_before(response),
        opened_at=now,
        clocks_since=now,
        changed_at=now,
    )
    db.session.add(task)
    bind(task, response, decision, as_read(analysis), version, now)
    record(task, "opened", now, actor=by, after=priority, text=decision.rule)
    hold(customer, Reason.OPEN_TASK, hold_key(task), now)
    give_by_rule(task, now)
    gather(task, now)
    return task


def _follow(task: Task, response: Response, now: datetime) -> None:
    """Let a task follow what has come since: above all that contact is refused in the rest of a page left half-way."""
    task.permission_unanswered = response.contact_permission is None
    if response.contact_permission is False and task.state in OPEN_STATES:
        move_task(task, State.CLOSED, now, Details(outcome="no_permission"), by_system=True)
