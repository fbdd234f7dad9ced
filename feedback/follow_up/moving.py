"""The one gate every change of a task passes: legal moves, running clocks, and the history."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm.exc import StaleDataError

from feedback.follow_up.models import Task, TaskEvent
from feedback.follow_up.queries import last_change, waiting_since
from feedback.follow_up.service_levels import (
    Calendar,
    add_business_time,
    business_time_between,
    clock_calendar,
    due_times,
)
from feedback.follow_up.states import OPEN_STATES, REOPENABLE_STATES, Details, State, move_with
from surveys.brand.models import Brand
from surveys.customers.holding import hold, let_go
from surveys.database import db
from surveys.errors import N_, Conflict
from surveys.invitations.planning import refuse
from surveys.invitations.states import Reason
from surveys.staff.models import StaffMember

NO_DETAILS = Details()


class ChangedMeanwhile(Conflict):
    """Somebody else changed the task after the form was opened."""

    phrase = N_("This task was changed while you had it open. Look at its history, then send this again.")


def calendar_of(brand: Brand) -> Calendar:
    """Return when the brand works, as its settings say."""
    weekdays = frozenset(int(day) for day in brand.business_days)
    return Calendar(ZoneInfo(brand.time_zone), brand.opens, brand.closes, weekdays, brand.holiday_dates)


def running_clock(task: Task) -> datetime | None:
    """Return the next promise to keep: first contact, then the solution; None when no clock runs."""
    if task.state not in OPEN_STATES or task.state == State.WAITING_CUSTOMER:
        return None
    if task.contacted_at is None and task.contact_due_at is not None:
        return task.contact_due_at
    return task.resolution_due_at


def record(
    task: Task,
    kind: str,
    now: datetime,
    *,
    actor: StaffMember | None = None,
    before: str | None = None,
    after: str | None = None,
    text: str | None = None,
) -> None:
    """Add a row to the history, set the running clock, and flush.

    Refuses with ChangedMeanwhile when another process changed the task first.
    """
    task.due_at = running_clock(task)
    task.changed_at = now
    db.session.add(
        TaskEvent(task=task, at=now, actor=actor, kind=kind, before=before, after=after, text=text or None)
    )
    try:
        db.session.flush()
    except StaleDataError:
        raise ChangedMeanwhile() from None


def check_seen(task: Task, seen: int | None) -> None:
    """Refuse with ChangedMeanwhile when something has happened since the page that showed change `seen`.

    What the house only reports (a mail has left, a promise is late) does not count: it changes nothing that a
    person had before their eyes. None asks for no check.
    """
    if seen is not None and seen != last_change(task.id):
        raise ChangedMeanwhile()


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

    Refuses with IllegalMove, ReopenTooLate, DetailMissing or ChangedMeanwhile.
    """
    before = State(task.state)
    given = replace(details, closed_at=task.closed_at)
    after = move_with(before, wanted, given, now, by_system)
    if after is before:
        return
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
    record(task, "moved", now, actor=actor, before=before, after=after, text=text)


def hold_key(task: Task) -> str:
    """Return the name under which an open task keeps its customer from being asked."""
    return f"task:{task.public_id}"


def mark_contacted(task: Task, now: datetime) -> None:
    """Stop the clock of the first contact; the next clock starts with no level told."""
    if task.contacted_at is None:
        task.contacted_at = now
        task.escalation_level = 0
        task.due_at = running_clock(task)


def _set(task: Task, before: State, after: State, details: Details, now: datetime) -> None:
    """Set state, times, codes and clocks of a move that is allowed."""
    if before is State.WAITING_CUSTOMER:
        _run_again(task, now)
    if before in REOPENABLE_STATES and after is State.IN_PROGRESS:
        _reopen(task, now)
    if before in OPEN_STATES and after not in OPEN_STATES:
        let_go(hold_key(task))
    task.state = after
    task.waiting_until = details.waiting_until if after is State.WAITING_CUSTOMER else None
    if after is State.RESOLVED:
        task.resolution, task.cause, task.resolved_at = details.resolution, details.cause, now
        task.cause_detail = details.detail or None
    elif after is State.CLOSED:
        task.outcome, task.closed_at = details.outcome, now


def _run_again(task: Task, now: datetime) -> None:
    """Set the solution's clock later by the time the customer let us wait.

    What was left of it in its own calendar when the waiting began is left of it now. One that
    had run out by then stays broken.
    """
    since = waiting_since(task.id)
    due = task.resolution_due_at
    if since is None or due is None or due <= since:
        return
    calendar = clock_calendar(task.priority, calendar_of(task.customer.brand))
    if calendar is None:
        task.resolution_due_at = due + (now - since)
    else:
        left: timedelta = business_time_between(since, due, calendar)
        task.resolution_due_at = add_business_time(now, left, calendar)


def _reopen(task: Task, now: datetime) -> None:
    """Take back what was found and promise a solution anew; a first contact, too, if there was none yet."""
    hold(task.customer, Reason.OPEN_TASK, hold_key(task), now)
    task.reopened += 1
    task.resolution = task.cause = task.cause_detail = task.outcome = None
    task.resolved_at = task.closed_at = None
    task.escalation_level = 0
    asked = task.verification
    if asked is not None and asked.state == "planned" and asked.begun_at is None:
        refuse(asked, Reason.REOPENED)
    due = due_times(task.priority, now, calendar_of(task.customer.brand))
    task.resolution_due_at = due.resolution
    if task.contacted_at is None:
        task.contact_due_at = due.first_contact
