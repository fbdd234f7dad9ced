"""The one gate every change of a task passes: legal moves, running clocks, snoozes, and the history."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm.exc import StaleDataError

from feedback.follow_up.clocks.queries import waiting_since
from feedback.follow_up.clocks.timing import TOO_URGENT, after_wait, settle, start_again
from feedback.follow_up.conversation.tries import check_tried
from feedback.follow_up.models import Task, TaskEvent
from feedback.follow_up.queries import REPORTS, last_change
from feedback.follow_up.states import (
    OPEN_STATES,
    REOPENABLE_STATES,
    WAITING_STATES,
    Details,
    State,
    move_with,
)
from surveys.customers.holding import hold, let_go
from surveys.database import db
from surveys.errors import N_, Conflict
from surveys.invitations.planning import refuse
from surveys.invitations.states import Reason
from surveys.staff.models import StaffMember

NO_DETAILS = Details()
# Rows of history that end a snooze: the customer did something, or somebody's time has run out.
WAKING = frozenset({"answered", "corrected", "meant", "joined", "wrote", "escalated"})


class ChangedMeanwhile(Conflict):
    """Somebody else changed the task after the form was opened."""

    phrase = N_("This task was changed while you had it open. Look at its history, then send this again.")


def record(
    task: Task,
    kind: str,
    now: datetime,
    *,
    actor: StaffMember | None = None,
    before: str | None = None,
    after: str | None = None,
    text: str | None = None,
    clock: str | None = None,
) -> None:
    """Add a row to the history, set the running clocks, and flush.

    What the customer does, a broken promise, more urgency and the end of the work also end a snooze. Refuses with
    ChangedMeanwhile when another process changed the task first.
    """
    task.changed_at = now
    if kind not in REPORTS:
        task.touched_at = now
    if kind in WAKING or task.priority in TOO_URGENT or task.state not in OPEN_STATES:
        task.snoozed_at = task.snoozed_until = None
    with db.session.no_autoflush:
        settle(task)
    texts = {"before": before, "after": after, "text": text or None, "clock": clock}
    db.session.add(TaskEvent(task=task, at=now, actor=actor, kind=kind, **texts))
    try:
        db.session.flush()
    except StaleDataError:
        raise ChangedMeanwhile() from None


def check_seen(task: Task, seen: int | None, *, field: str | None = None) -> None:
    """Refuse with ChangedMeanwhile when something has happened since the page that showed change `seen`.

    What the house only reports (a mail has left, a promise is late) does not count: it changes nothing that a
    person had before their eyes. None asks for no check. `field` names where `seen` came from.
    """
    if seen is not None and seen != last_change(task.id):
        raise ChangedMeanwhile(field=field)


def move_task(
    task: Task,
    wanted: State | str,
    now: datetime,
    details: Details = NO_DETAILS,
    *,
    actor: StaffMember | None = None,
    by_system: bool = False,
    text: str | None = None,
) -> None:
    """Move the task with its clocks and history; staying where it is does nothing.

    Refuses with IllegalMove, ReopenTooLate, DetailMissing, TriedTooLittle or ChangedMeanwhile.
    """
    before = State(task.state)
    given = replace(details, closed_at=task.closed_at, note=text)
    after = move_with(before, wanted, given, now, by_system)
    if after is before:
        return
    if after is State.CLOSED:
        check_tried(details.outcome, task.history)
    # Looking something up in between must not store a task that is half moved.
    with db.session.no_autoflush:
        _set(task, before, after, details, now)
    if after is State.RESOLVED:
        # What was found is in the history, too, because taking the task up again takes it back.
        record(
            task,
            "found",
            now,
            actor=actor,
            before=details.resolution,
            after=details.cause,
            text=details.detail,
        )
    elif after is State.CLOSED:
        record(task, "ended", now, actor=actor, after=details.outcome)
    if before in OPEN_STATES and after is State.CLOSED:
        _withdraw_promises(task, now, actor)
    record(task, "moved", now, actor=actor, before=before, after=after, text=text)


def put_back(
    task: Task,
    state: State | str,
    waiting_until: datetime | None,
    now: datetime,
    *,
    actor: StaffMember | None,
) -> None:
    """Give a task the open state that it had before a deed which is undone: it does not count as taken up again.

    What was promised and went with the closing holds again. Refuses with ChangedMeanwhile.
    """
    before, after = State(task.state), State(state)
    if before is after or after not in OPEN_STATES:
        return
    with db.session.no_autoflush:
        if before not in OPEN_STATES:
            hold(task.customer, Reason.OPEN_TASK, hold_key(task), now)
            _promise_again(task)
            task.outcome = task.closed_at = task.duplicate_of = None
        task.state = after
        task.waiting_until = waiting_until if after in WAITING_STATES else None
    record(task, "moved", now, actor=actor, before=before, after=after)


def _promise_again(task: Task) -> None:
    """Let the promises hold again that were taken back because the task was closed."""
    for promise in task.promises:
        if promise.state == "withdrawn" and promise.settled_at == task.closed_at:
            promise.state, promise.settled_at = "open", None
    task.promise_due_at = min((it.until for it in task.promises if it.settled_at is None), default=None)


def hold_key(task: Task) -> str:
    """Return the name under which an open task keeps its customer from being asked."""
    return f"task:{task.public_id}"


def _set(task: Task, before: State, after: State, details: Details, now: datetime) -> None:
    """Set state, times, codes and clocks of a move that is allowed."""
    if before is State.WAITING_CUSTOMER:
        since = waiting_since(task.id)
        if since is not None:
            after_wait(task, since, now)
    if before in REOPENABLE_STATES and after is State.IN_PROGRESS:
        _reopen(task, now)
    if before in OPEN_STATES and after not in OPEN_STATES:
        let_go(hold_key(task))
    task.state = after
    task.waiting_until = details.waiting_until if after in WAITING_STATES else None
    if after is State.RESOLVED:
        task.resolution, task.cause, task.resolved_at = details.resolution, details.cause, now
        task.cause_detail = details.detail or None
    elif after is State.CLOSED:
        task.outcome, task.closed_at = details.outcome, now


def _withdraw_promises(task: Task, now: datetime, actor: StaffMember | None) -> None:
    """Take back what was promised on a task that ends without a solution; one that is solved still owes it."""
    if task.promise_due_at is None:
        return
    task.promise_due_at = None
    for promise in task.promises:
        if promise.settled_at is None:
            promise.state, promise.settled_at = "withdrawn", now
            record(task, "promise_withdrawn", now, actor=actor, after=promise.public_id, text="task_closed")


def _reopen(task: Task, now: datetime) -> None:
    """Take back what was found and promise a solution anew; a first contact, too, if there was none yet."""
    hold(task.customer, Reason.OPEN_TASK, hold_key(task), now)
    task.reopened += 1
    task.resolution = task.cause = task.cause_detail = task.outcome = None
    task.resolved_at = task.closed_at = task.duplicate_of = None
    asked = task.verification
    if asked is not None and asked.state == "planned" and asked.begun_at is None:
        refuse(asked, Reason.REOPENED)
    start_again(task, now)
