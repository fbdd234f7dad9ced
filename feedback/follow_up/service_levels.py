"""Business hours, and by when a task of each priority must be answered and resolved.

The promises are the table of methodology 4.4. P0 runs around the clock, P4 promises nothing, the
others count only the brand's business hours. Instants are aware and returned in UTC; opening times
are local and follow the clock changes of their zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from surveys.invitations.cadence import first_instant

MONDAY_TO_FRIDAY = frozenset(range(5))
# A calendar without one open day in so many is a mistake in its holidays, not a long wait.
LONGEST_CLOSURE_DAYS = 366


@dataclass(frozen=True)
class Calendar:
    """When a brand works: on some weekdays (0 is Monday) except holidays.

    `opens` and `closes` are minutes after local midnight, at most 1440.
    """

    zone: ZoneInfo
    opens: int = 9 * 60
    closes: int = 18 * 60
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        """Raise ValueError for hours that end before they begin or a week without a day of work."""
        if not 0 <= self.opens < self.closes <= 24 * 60:
            raise ValueError("business hours must end after they begin, on the same day")
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError("a week needs at least one working day, numbered 0 (Monday) to 6 (Sunday)")


class Interval(NamedTuple):
    """One business day's hours as instants; `end` is the first instant after them."""

    start: datetime
    end: datetime


class DueTimes(NamedTuple):
    """By when to make the first human contact and to resolve; None where nothing is promised."""

    first_contact: datetime | None
    resolution: datetime | None


@dataclass(frozen=True)
class Promise:
    """What one priority promises: first contact within a span, a next word and resolution within business days."""

    first_contact: timedelta
    update_days: int
    resolution_days: int


P0_FIRST_CONTACT = timedelta(hours=1)
P0_UPDATE = timedelta(hours=4)
P0_RESOLUTION = timedelta(hours=24)
PROMISES: dict[str, Promise] = {
    "P1": Promise(timedelta(hours=4), 1, 2),
    "P2": Promise(timedelta(hours=8), 2, 5),
    "P3": Promise(timedelta(hours=16), 3, 10),
}


def due_times(priority: str, created_at: datetime, calendar: Calendar) -> DueTimes:
    """Return by when a task of this priority, created then, is to be answered and resolved.

    P4 promises nothing. A name that is no priority is a KeyError.
    """
    if priority == "P0":
        created_at = created_at.astimezone(UTC)
        return DueTimes(created_at + P0_FIRST_CONTACT, created_at + P0_RESOLUTION)
    if priority == "P4":
        return DueTimes(None, None)
    promise = PROMISES[priority]
    return DueTimes(
        add_business_time(created_at, promise.first_contact, calendar),
        add_business_days(created_at, promise.resolution_days, calendar),
    )


def update_due(priority: str, spoken_at: datetime, calendar: Calendar) -> datetime | None:
    """Return by when the customer is to hear again after a word at `spoken_at`; None where nothing is promised.

    A name that is no priority is a KeyError.
    """
    if priority == "P0":
        return spoken_at.astimezone(UTC) + P0_UPDATE
    return (
        None if priority == "P4" else add_business_days(spoken_at, PROMISES[priority].update_days, calendar)
    )


def clock_calendar(priority: str, calendar: Calendar) -> Calendar | None:
    """Return the calendar that this priority's clocks follow; None means around the clock."""
    return None if priority == "P0" else calendar


def add_business_time(start: datetime, span: timedelta, calendar: Calendar) -> datetime:
    """Return the first instant by which `span` of business time has passed since `start`.

    A span that ends exactly at closing time is due then, not at the next opening. A span of zero
    gives `start` or, outside business hours, the next opening. Negative spans are a ValueError.
    """
    if span < timedelta(0):
        raise ValueError("business time is added, never taken away")
    for hours in _business_hours(start, calendar):
        begin = max(start, hours.start)
        if span <= hours.end - begin:
            return (begin + span).astimezone(UTC)
        span -= hours.end - begin
    raise AssertionError("business hours never end")


def add_business_days(start: datetime, days: int, calendar: Calendar) -> datetime:
    """Return the same time of day so many business days later.

    A start outside business hours counts from the next opening. Negative days are a ValueError.
    """
    if days < 0:
        raise ValueError("business days are added, never taken away")
    begin = add_business_time(start, timedelta(0), calendar)
    if days == 0:
        return begin
    hours = next(islice(_business_hours(begin, calendar), days, None))
    day = hours.start.astimezone(calendar.zone).date()
    return first_instant(datetime.combine(day, begin.astimezone(calendar.zone).time()), calendar.zone)


def business_days_back(end: datetime, days: int, calendar: Calendar) -> datetime:
    """Return the same time of day so many business days earlier: what began before it is older than `days` of them.

    An end outside business hours counts from the closing before it. Raises ValueError as `add_business_time` does.
    """
    local = end.astimezone(calendar.zone)
    minutes = local.hour * 60 + local.minute
    wall = min(local.replace(tzinfo=None), _at_minute(local.date(), calendar.closes))
    if not _is_open(local.date(), calendar) or minutes < calendar.opens:
        wall = _at_minute(_open_day_before(local.date(), calendar), calendar.closes)
    day = wall.date()
    for _ in range(days):
        day = _open_day_before(day, calendar)
    return first_instant(wall + (day - wall.date()), calendar.zone)


def business_time_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """Return how much business time passed from `start` to `end`; zero if `end` is not later."""
    passed = timedelta(0)
    if end <= start:
        return passed
    for hours in _business_hours(start, calendar):
        if hours.start >= end:
            break
        passed += min(end, hours.end) - max(start, hours.start)
    return passed


def _is_open(day: date, calendar: Calendar) -> bool:
    """Tell whether the brand works on that day."""
    return day.weekday() in calendar.weekdays and day not in calendar.holidays


def _at_minute(day: date, minute: int) -> datetime:
    """Return the local time so many minutes after the midnight of `day`."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def _open_day_before(day: date, calendar: Calendar) -> date:
    """Return the last business day before `day`; ValueError when there is none within a year."""
    for back in range(1, LONGEST_CLOSURE_DAYS + 2):
        if _is_open(day - timedelta(days=back), calendar):
            return day - timedelta(days=back)
    raise ValueError("the holidays leave no business day within a year")


def _business_hours(start: datetime, calendar: Calendar) -> Iterator[Interval]:
    """Yield the business hours that are not over at `start`, day after day without end.

    Raises ValueError when the holidays leave no open day within a year.
    """
    start = start.astimezone(UTC)
    day = start.astimezone(calendar.zone).date()
    closed_days = 0
    while True:
        if _is_open(day, calendar):
            closed_days = 0
            hours = Interval(
                first_instant(_at_minute(day, calendar.opens), calendar.zone),
                first_instant(_at_minute(day, calendar.closes), calendar.zone),
            )
            if hours.start < hours.end and start < hours.end:
                yield hours
        else:
            closed_days += 1
            if closed_days > LONGEST_CLOSURE_DAYS:
                raise ValueError("the holidays leave no business day within a year")
        day += timedelta(days=1)
