"""Set, stop and pause the clocks of a task, and say which is next; callers lock the task and flush."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from feedback.follow_up.clocks.countdown import (
    CONTACT,
    NOTHING,
    PROMISE,
    RESOLUTION,
    UPDATE,
    Clock,
    later,
    passed,
)
from feedback.follow_up.clocks.ladder import level_of, next_rung_at
from feedback.follow_up.clocks.queries import waits_of
from feedback.follow_up.models import Task, TaskPromise
from feedback.follow_up.service_levels import (
    Calendar,
    add_business_time,
    clock_calendar,
    due_times,
    update_due,
)
from feedback.follow_up.states import OPEN_STATES, State
from surveys.brand.models import Brand
from surveys.invitations.cadence import first_instant

TOO_URGENT = frozenset({"P0", "P1"})  # priorities that are never snoozed


class Running(NamedTuple):
    """A clock that runs, how many rungs of the ladder it was told, and the promise it counts for, if it is one."""

    clock: Clock
    told: int
    promise: TaskPromise | None = None


def calendar_of(brand: Brand) -> Calendar:
    """Return when the brand works, as its settings say."""
    weekdays = frozenset(int(day) for day in brand.business_days)
    return Calendar(ZoneInfo(brand.time_zone), brand.opens, brand.closes, weekdays, brand.holiday_dates)


def at_minute(day: date, minute: int, brand: Brand) -> datetime:
    """Return the moment so many minutes after midnight of a day where the brand is."""
    zone = ZoneInfo(brand.time_zone)
    return first_instant(datetime.combine(day, time()) + timedelta(minutes=minute), zone).astimezone(zone)


def next_business_day(today: date, brand: Brand) -> date:
    """Return the first day after `today` on which the brand works."""
    opening = add_business_time(
        at_minute(today + timedelta(days=1), 0, brand), timedelta(0), calendar_of(brand)
    )
    return opening.astimezone(ZoneInfo(brand.time_zone)).date()


def settle(task: Task) -> None:
    """Say which clock of the task is due next, how far it is escalated, and when somebody has to be told next."""
    running = list(running_clocks(task))
    task.due_at = min((each.clock.due_at for each in running), default=None)
    task.escalation_level = max((level_of(each.told) for each in running), default=0)
    rungs = (next_rung_at(each.clock, each.told) for each in running)
    task.next_rung_at = min((at for at in rungs if at is not None), default=None)


def running_clocks(task: Task) -> Iterator[Running]:
    """Yield the clocks of the task that run now.

    Waiting for the customer stops the next word and the solution; the first contact goes on until there was one. A
    promise of somebody's own runs until it is kept or withdrawn, whatever becomes of the task.
    """
    if task.state in OPEN_STATES:
        for each in clocks_of(task):
            if each.clock.name == CONTACT or task.state != State.WAITING_CUSTOMER:
                yield each
    if task.promise_due_at is not None:
        for promise in task.promises:
            if promise.settled_at is None:
                yield Running(promise_clock(task, promise), promise.told or 0, promise)


def clocks_of(task: Task) -> Iterator[Running]:
    """Yield the clocks of the task that are not met, running or standing still."""
    calendar = clock_calendar(task.priority, calendar_of(task.customer.brand))
    since = task.clocks_since or task.opened_at
    if task.contacted_at is None and task.contact_due_at is not None:
        clock = Clock(CONTACT, since, task.contact_due_at, NOTHING, calendar)
        yield Running(clock, task.contact_told or 0)
    if task.update_since is not None and task.update_due_at is not None:
        paused = task.update_paused or NOTHING
        yield Running(
            Clock(UPDATE, task.update_since, task.update_due_at, paused, calendar), task.update_told or 0
        )
    if task.resolution_due_at is not None:
        paused = task.resolution_paused or NOTHING
        clock = Clock(RESOLUTION, since, task.resolution_due_at, paused, calendar)
        yield Running(clock, task.resolution_told or 0)


def promise_clock(task: Task, promise: TaskPromise) -> Clock:
    """Return the clock of a promise; one that lies wholly outside business hours runs around the clock."""
    calendar = clock_calendar(task.priority, calendar_of(task.customer.brand))
    if not passed(promise.made_at, promise.until, calendar):
        calendar = None
    return Clock(PROMISE, promise.made_at, promise.until, NOTHING, calendar)


def mark_told(task: Task, running: Running, rung: int) -> None:
    """Note that rung `rung` (1 to 5) of a running clock is told."""
    if running.promise is not None:
        running.promise.told = rung
    else:
        setattr(task, f"{running.clock.name}_told", rung)


def mark_contacted(task: Task, now: datetime) -> None:
    """Stop the clock of the first contact, and promise the next word to the customer anew."""
    if task.contacted_at is None:
        task.contacted_at = now
    promise_next_word(task, now)
    settle(task)


def take_contact_back(task: Task, since: datetime | None) -> None:
    """Let the first contact count from `since` instead, None when there was none after all: then its clock goes on.

    What was told of that clock stays told; the next word is promised from the first contact on, so it goes with it. Of a
    task that was taken up again since, the first contact is promised anew, from then on.
    """
    task.contacted_at = since
    if since is None:
        if task.contact_due_at is not None and task.contact_due_at < task.clocks_since:
            due = due_times(task.priority, task.clocks_since, calendar_of(task.customer.brand))
            task.contact_due_at, task.contact_told = due.first_contact, 0
        task.update_since = task.update_due_at = None
        task.update_paused, task.update_told = NOTHING, 0
    settle(task)


def promise_next_word(task: Task, now: datetime) -> None:
    """Let the customer hear again within the time of the priority, counted from `now`, with nothing told."""
    task.update_since, task.update_paused, task.update_told = now, NOTHING, 0
    task.update_due_at = update_due(task.priority, now, calendar_of(task.customer.brand))


def start_again(task: Task, now: datetime) -> None:
    """Start the clocks of a task that is taken up again; the first contact only where there was none yet."""
    due = due_times(task.priority, now, calendar_of(task.customer.brand))
    task.clocks_since = now
    task.resolution_due_at, task.resolution_paused, task.resolution_told = due.resolution, NOTHING, 0
    if task.contacted_at is None:
        task.contact_due_at, task.contact_told = due.first_contact, 0
    else:
        promise_next_word(task, now)


def after_wait(task: Task, since: datetime, now: datetime) -> None:
    """Set the clocks that stood still while the customer was waited for later by exactly that time."""
    for clock, _, _ in list(clocks_of(task)):
        if clock.name == CONTACT:
            continue
        moved = clock.after_pause(since, now)
        setattr(task, f"{clock.name}_due_at", moved.due_at)
        setattr(task, f"{clock.name}_paused", moved.paused)


def set_for_priority(task: Task) -> None:
    """Set the clocks to what the task's priority promises, counted from the same starts, with the same waits.

    To be called at once whenever the priority has changed; what was told stays told. It ends a snooze that the new
    priority forbids, before anything is looked up and stored.
    """
    if task.priority in TOO_URGENT:
        task.snoozed_at = task.snoozed_until = None
    brand_calendar = calendar_of(task.customer.brand)
    calendar = clock_calendar(task.priority, brand_calendar)
    since = task.clocks_since or task.opened_at
    waits = waits_of(task)
    due = due_times(task.priority, since, brand_calendar)
    task.contact_due_at = due.first_contact
    task.resolution_paused = waited(waits, since, calendar)
    task.resolution_due_at = due.resolution and later(due.resolution, task.resolution_paused, calendar)
    if task.update_since is not None:
        word = update_due(task.priority, task.update_since, brand_calendar)
        task.update_paused = waited(waits, task.update_since, calendar)
        task.update_due_at = word and later(word, task.update_paused, calendar)


def waited(
    waits: Iterable[tuple[datetime, datetime]], since: datetime, calendar: Calendar | None
) -> timedelta:
    """Return how long the customer was waited for after `since`, in the time of the calendar."""
    return sum((passed(max(begun, since), ended, calendar) for begun, ended in waits), NOTHING)
