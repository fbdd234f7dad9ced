"""Put a task out of sight for a while; its clocks go on, and it comes back by itself.

It comes back when its time has come, when the customer does something, when it becomes more urgent, or when a promised
time runs out, whichever is first. Snoozed is a field of a task, not a state (methodology 4.3).
"""

from datetime import datetime

from feedback.follow_up.clocks.queries import answered_since
from feedback.follow_up.clocks.timing import TOO_URGENT, calendar_of
from feedback.follow_up.models import Task
from feedback.follow_up.moving import record
from feedback.follow_up.service_levels import add_business_days
from feedback.follow_up.states import OPEN_STATES
from surveys.errors import N_, Conflict, Refusal
from surveys.staff.models import StaffMember

LONGEST_SNOOZE_DAYS = 5


class NotSnoozable(Conflict):
    """The task has to stay in sight."""

    phrase = N_(
        "A task of priority P0 or P1 stays in sight. Work on it, or wait for the customer if it is their turn."
    )


class NothingToSnooze(Conflict):
    """Nobody works on the task any more."""

    phrase = N_("This task is not open any more, so there is nothing to put off.")


class SnoozeRefused(Refusal):
    """Reason or time of a snooze do not fit; `field` names which."""


def latest(task: Task, now: datetime) -> datetime:
    """Return until when a task may be snoozed at most: five business days of its brand."""
    return add_business_days(now, LONGEST_SNOOZE_DAYS, calendar_of(task.customer.brand))


def snooze(
    task: Task, until: datetime | None, reason: str, now: datetime, *, actor: StaffMember | None
) -> None:
    """Put the task out of sight until then; None leaves it to the customer, for five business days at most.

    A new time replaces an old one. Refuses with NotSnoozable, NothingToSnooze or SnoozeRefused.
    """
    reason = reason.strip()
    if task.state not in OPEN_STATES:
        raise NothingToSnooze()
    if task.priority in TOO_URGENT:
        raise NotSnoozable()
    if not reason:
        raise SnoozeRefused(N_("Say why it can wait; colleagues read it."), field="reason")
    last = latest(task, now)
    until = last if until is None else until
    if until <= now:
        raise SnoozeRefused(N_("This time is over. Choose a later one."), field="snoozed_until")
    if until > last:
        raise SnoozeRefused(
            N_("A task may be put off for 5 business days at most. Choose an earlier day."),
            field="snoozed_until",
        )
    task.snoozed_at, task.snoozed_until = now, until
    record(task, "snoozed", now, actor=actor, after=until.isoformat(timespec="seconds"), text=reason)


def wake(task: Task, now: datetime, *, actor: StaffMember | None, why: str | None = None) -> None:
    """Bring a snoozed task back; `why` is time or customer when nobody did. One that is in sight stays as it is."""
    if task.snoozed_until is None:
        return
    task.snoozed_at = task.snoozed_until = None
    record(task, "woken", now, actor=actor, text=why)


def wake_if_over(task: Task, now: datetime) -> None:
    """Bring the task back if its time has come or its customer has answered something since."""
    if task.snoozed_until is None or task.snoozed_at is None:
        return
    if answered_since(task, task.snoozed_at):
        wake(task, now, actor=None, why="customer")
    elif task.snoozed_until <= now:
        wake(task, now, actor=None, why="time")
