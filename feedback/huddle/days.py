"""Which days a huddle looks at: all since the last business day began, up to the last midnight."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from feedback.follow_up.service_levels import LONGEST_CLOSURE_DAYS, Calendar
from surveys.invitations.cadence import first_instant


class Stretch(NamedTuple):
    """What a huddle on `today` looks back on: from the midnight before `first` to that before `today`, in UTC."""

    today: date
    first: date
    since: datetime
    until: datetime
    tomorrow: datetime


def stretch_of(now: datetime, calendar: Calendar) -> Stretch:
    """Return what the huddle of the day that `now` belongs to looks back on; on a Monday that begins with Friday."""
    today = now.astimezone(calendar.zone).date()
    first = today - timedelta(days=1)
    for _ in range(LONGEST_CLOSURE_DAYS):
        if is_business_day(first, calendar):
            break
        first -= timedelta(days=1)
    tomorrow = midnight(today + timedelta(days=1), calendar)
    return Stretch(today, first, midnight(first, calendar), midnight(today, calendar), tomorrow)


def is_business_day(day: date, calendar: Calendar) -> bool:
    """Return whether the brand works on a day."""
    return day.weekday() in calendar.weekdays and day not in calendar.holidays


def midnight(day: date, calendar: Calendar) -> datetime:
    """Return when a day begins, in UTC."""
    return first_instant(datetime.combine(day, time()), calendar.zone).astimezone(UTC)
