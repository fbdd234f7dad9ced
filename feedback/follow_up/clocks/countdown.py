"""One promise's time: from its start to when it is due, and what share of it has passed.

A clock counts in the time of its calendar: business hours, or around the clock. Waiting for the customer moves it by
exactly as much of that time as was waited.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from feedback.follow_up.service_levels import Calendar, add_business_time, business_time_between
from surveys.errors import N_

NOTHING = timedelta(0)
CONTACT, UPDATE, RESOLUTION, PROMISE = "contact", "update", "resolution", "promise"

# What people read for a clock.
CLOCKS: dict[str, str] = {
    CONTACT: N_("First contact"),
    UPDATE: N_("Next word to the customer"),
    RESOLUTION: N_("Solution"),
    PROMISE: N_("Promise"),
}


@dataclass(frozen=True)
class Clock:
    """A clock with its name of `CLOCKS`; `calendar` is None for one that never stops.

    `paused` is how long the customer was waited for since the start, in the time of the calendar; `due_at` contains
    it already.
    """

    name: str
    started_at: datetime
    due_at: datetime
    paused: timedelta
    calendar: Calendar | None

    @property
    def span(self) -> timedelta:
        """Return how much time was promised, without the pauses; never negative."""
        return max(NOTHING, passed(self.started_at, self.due_at, self.calendar) - self.paused)

    def at(self, share: float) -> datetime | None:
        """Return the moment at which that share of the promised time has passed; 1 is when it is due.

        None where nothing lies between: a clock without any time is due, and that is all.
        """
        if share == 1:
            return self.due_at
        span = self.span
        if not span:
            return None
        if share > 1:
            return later(self.due_at, span * (share - 1), self.calendar)
        return later(self.started_at, span * share + self.paused, self.calendar)

    def after_pause(self, since: datetime, until: datetime) -> "Clock":
        """Return the clock after the customer was waited for from `since` to `until`; what ran before does not count."""
        pause = passed(max(since, self.started_at), until, self.calendar)
        return replace(self, due_at=later(self.due_at, pause, self.calendar), paused=self.paused + pause)


def passed(start: datetime, end: datetime, calendar: Calendar | None) -> timedelta:
    """Return the time from `start` to `end` as the clock counts it; zero if `end` is not later."""
    if calendar is not None:
        return business_time_between(start, end, calendar)
    # In UTC, because moments of one zone are subtracted by what its walls show, whatever the clocks do.
    return max(NOTHING, end.astimezone(UTC) - start.astimezone(UTC))


def later(start: datetime, span: timedelta, calendar: Calendar | None) -> datetime:
    """Return the moment by which `span` has passed since `start` as the clock counts it; `start` itself for none."""
    if not span:
        return start
    if calendar is not None:
        return add_business_time(start, span, calendar)
    return start.astimezone(UTC) + span
