"""The clocks of a task in words: what is left, and how it was reckoned."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from babel.dates import get_day_names
from flask import Flask
from flask_babel import format_date, get_locale, gettext, ngettext

from feedback.follow_up.clocks.countdown import CLOCKS, CONTACT, PROMISE, UPDATE, Clock
from feedback.follow_up.clocks.timing import Running, clocks_of, running_clocks
from feedback.follow_up.models import Task, TaskPromise
from feedback.follow_up.service_levels import (
    P0_FIRST_CONTACT,
    P0_RESOLUTION,
    P0_UPDATE,
    PROMISES,
    Calendar,
)
from feedback.follow_up.states import OPEN_STATES
from surveys.errors import N_
from surveys.filters import moment

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
STARTED = {
    CONTACT: N_("Opened %(start)s."),
    UPDATE: N_("The last word to the customer was %(start)s."),
    PROMISE: N_("Promised %(start)s."),
}
PROMISE_STATES = {
    "open": N_("not kept yet"),
    "broken": N_("broken"),
    "kept": N_("kept"),
    "late": N_("kept, but late"),
    "withdrawn": N_("taken back"),
}


@dataclass(frozen=True)
class Explained:
    """A clock as the page shows it: its name, the time it is due, whether it runs, and how that was reckoned.

    `promise` is what somebody promised themselves, where it is the clock of that.
    """

    name: str
    due_at: datetime
    runs: bool
    said: str
    promise: TaskPromise | None = None


def clocks(task: Task) -> list[Explained]:
    """Return the clocks of an open task that are not met, and the promises of any that are not settled."""
    running = {(each.clock.name, each.promise) for each in running_clocks(task)}
    shown = list(clocks_of(task)) if task.state in OPEN_STATES else []
    shown += [each for each in running_clocks(task) if each.promise is not None]
    return [explained(each, task, (each.clock.name, each.promise) in running) for each in shown]


def explained(each: Running, task: Task, runs: bool) -> Explained:
    """Return one clock with the sentences that say how its time was reckoned."""
    clock, zone = each.clock, task.customer.brand.time_zone
    sentences = [
        started(clock, task, zone),
        promised(clock, task.priority),
        hours(clock.calendar) if clock.calendar else gettext("It runs day and night."),
        holidays_between(clock),
        gettext("%(span)s that the customer was waited for are added.", span=in_hours(clock.paused))
        if clock.paused
        else "",
        gettext("So it is due %(due)s.", due=long_moment(clock.due_at, zone)),
        "" if runs else gettext("It stands still while the customer is waited for."),
    ]
    name = str(gettext(CLOCKS[clock.name]))
    return Explained(
        name, clock.due_at, runs, " ".join(str(said) for said in sentences if said), each.promise
    )


def started(clock: Clock, task: Task, zone: str) -> str:
    """Return when the clock began, and with what."""
    again = clock.started_at == task.clocks_since != task.opened_at and clock.name not in (UPDATE, PROMISE)
    phrase = N_("Taken up again %(start)s.") if again else STARTED.get(clock.name, STARTED[CONTACT])
    return str(gettext(phrase, start=long_moment(clock.started_at, zone)))


def promised(clock: Clock, priority: str) -> str:
    """Return what the priority promises; empty for what somebody promised themselves."""
    if clock.name == PROMISE:
        return ""
    if priority == "P0":
        spans = {CONTACT: P0_FIRST_CONTACT, UPDATE: P0_UPDATE}
        return str(gettext("P0 promises %(span)s.", span=in_hours(spans.get(clock.name, P0_RESOLUTION))))
    promise = PROMISES[priority]
    if clock.name == CONTACT:
        count = promise.first_contact // HOUR
        span = ngettext("%(num)s business hour", "%(num)s business hours", count)
    else:
        count = promise.update_days if clock.name == UPDATE else promise.resolution_days
        span = ngettext("%(num)s business day", "%(num)s business days", count)
    return str(gettext("%(priority)s promises %(span)s.", priority=priority, span=span))


def hours(calendar: Calendar) -> str:
    """Return the hours that count, such as Mon–Fri 9:00–17:00 in the zone of the shop."""
    opens, closes = (f"{minutes // 60}:{minutes % 60:02}" for minutes in (calendar.opens, calendar.closes))
    days = weekdays(calendar.weekdays)
    zone = calendar.zone.key.replace("_", " ")
    return str(
        gettext(
            "%(days)s %(opens)s–%(closes)s count (%(zone)s).",
            days=days,
            opens=opens,
            closes=closes,
            zone=zone,
        )
    )


def weekdays(days: frozenset[int]) -> str:
    """Return weekdays (0 is Monday) as runs: "Mon–Fri", "Mon, Wed–Sat"."""
    names = get_day_names("abbreviated", locale=get_locale())
    ordered = sorted(days)
    starts = [ordered[0], *(b for a, b in pairwise(ordered) if b != a + 1)]
    ends = [*(a for a, b in pairwise(ordered) if b != a + 1), ordered[-1]]
    runs = (
        names[a] if a == b else f"{names[a]}{'–' if b > a + 1 else ', '}{names[b]}"
        for a, b in zip(starts, ends, strict=True)
    )
    return ", ".join(runs)


def holidays_between(clock: Clock) -> str:
    """Return the holidays between start and end on which the brand would have worked; empty without any."""
    calendar = clock.calendar
    if calendar is None:
        return ""
    first, last = (at.astimezone(calendar.zone).date() for at in (clock.started_at, clock.due_at))
    days = sorted(
        day for day in calendar.holidays if first <= day <= last and day.weekday() in calendar.weekdays
    )
    if not days:
        return ""
    said = ", ".join(format_date(day, gettext("d MMM")) for day in days)
    return str(gettext("Not on holidays: %(days)s.", days=said))


def in_hours(length: timedelta) -> str:
    """Return a length of working time in hours and minutes, such as "1 h 30 min"; at least a minute."""
    whole, minutes = divmod(max(MINUTE, length) // MINUTE, 60)
    parts = [gettext("%(n)s h", n=whole)] if whole else []
    parts += [gettext("%(n)s min", n=minutes)] if minutes else []
    return " ".join(str(part) for part in parts)


def long_moment(at: datetime, zone: str) -> str:
    """Return a moment with its day of the week."""
    name = get_day_names("abbreviated", locale=get_locale())[at.astimezone(ZoneInfo(zone)).weekday()]
    return f"{name} {moment(at, zone)}"


def promise_state(promise: TaskPromise) -> str:
    """Return what became of a promise, in words."""
    late = promise.state == "kept" and promise.settled_at is not None and promise.settled_at > promise.until
    state = "late" if late else promise.state
    return str(gettext(PROMISE_STATES[state]))


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    for function in (clocks, promise_state):
        app.add_template_filter(function)
