"""Which days a mail is about, and when it is due: eight in the morning by the reader's own clock.

A day is told the next morning, a week on Monday, a month on its first day. The days are those of the reader's own
zone, so that they are over when the mail is due, wherever the shop is.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from feedback.insights.selection import Days
from feedback.notices.habits import on_the_clock
from surveys.errors import N_

DAILY, WEEKLY, MONTHLY = "daily", "weekly", "monthly"
RHYTHMS = {
    WEEKLY: N_("every Monday"),
    DAILY: N_("every morning"),
    MONTHLY: N_("on the first of the month"),
}
EIGHT = 8 * 60


class Due(NamedTuple):
    """The days that the last mail should tell, and the moment at which it should have left."""

    days: Days
    at: datetime


def last_due(rhythm: str, now: datetime, zone: ZoneInfo) -> Due:
    """Return what the last mail that should have left by `now` is about."""
    first = begins(rhythm, now.astimezone(zone).date())
    if on_the_clock(first, EIGHT, zone) > now:
        first = begins(rhythm, first - timedelta(days=1))
    before = begins(rhythm, first - timedelta(days=1))
    return Due(Days(before, first - timedelta(days=1)), on_the_clock(first, EIGHT, zone))


def begins(rhythm: str, day: date) -> date:
    """Return the first day of the day, week or month that a day lies in."""
    if rhythm == WEEKLY:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if rhythm == MONTHLY else day
