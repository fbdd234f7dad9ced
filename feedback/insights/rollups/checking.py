"""Compare what is added up with the rows, some days at a time and all in turn, and mend what differs.

Nothing should ever differ; what does is a bug, a row that somebody changed past the triggers, or a damaged disk. A day is
compared while nobody else adds up; one that is marked has a reason to differ and is left out.
"""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from feedback.insights.rollups.building import Subject, held_calendars, roll_days, roll_month
from feedback.insights.rollups.cover import A_DAY, Piece, Stretch, day_of, month_after, start_of
from feedback.insights.rollups.covering import marks_in, usable
from feedback.insights.rollups.models import RollupCalendar
from feedback.insights.suppression import ANY
from surveys.database import db

# Survey, brand, country, carrier, language; of themes the code, too.
Place = tuple[Any, ...]
Counts = dict[Place, list[int]]


def check(subject: Subject, now: datetime, limit: int) -> list[date]:
    """Compare the next `limit` days of each calendar with the rows; return the days that differed, now counted anew.

    A month that differs from the sum of its days stands for its first day.
    """
    found = []
    for calendar in held_calendars(subject):
        differing = differing_days(subject, calendar, days_in_turn(subject, calendar, limit))
        if differing:
            calendar.differed_days += len(differing)
            calendar.differed_at = now
        found += differing
    db.session.flush()
    return found


def days_in_turn(subject: Subject, calendar: RollupCalendar, limit: int) -> list[date]:
    """Return the days to compare now, and note where to go on; after the last one comes the first again."""
    if calendar.rolled_until is None:
        return []
    first = calendar.checked_until
    if first is None or first >= calendar.rolled_until:
        first = first_day(subject, calendar)
    last = min(calendar.rolled_until, first + limit * A_DAY)
    calendar.checked_until = last
    return [first + timedelta(days=each) for each in range((last - first).days)]


def first_day(subject: Subject, calendar: RollupCalendar) -> date:
    """Return the first day that has rows or that something is kept of; the end of what is added up without any."""
    first_at, table = subject.first_at(), subject.table.c
    kept = select(func.min(table.start)).where(table.calendar_id == calendar.id, table.unit == "day")
    days: list[date | None] = [calendar.rolled_until, db.session.scalar(kept)]
    days += [day_of(first_at, ZoneInfo(calendar.zone))] if first_at is not None else []
    return min(day for day in days if day is not None)


def differing_days(subject: Subject, calendar: RollupCalendar, days: list[date]) -> list[date]:
    """Return those of the days that differ from the rows, without marked ones, and mend them and their months."""
    found = []
    for day in days:
        zone, itself = ZoneInfo(calendar.zone), Stretch(day, day + A_DAY)
        period = Piece(start_of(day, zone), start_of(day + A_DAY, zone))
        kept, rows = kept_of(subject, calendar, day), rows_of(subject, itself, zone)
        if kept != (rows, as_a_whole(subject, rows)) and not has_reason(subject, period):
            roll_days(subject, calendar, itself)
            found.append(day)
    until = calendar.rolled_until
    for month in sorted({day.replace(day=1) for day in days}):
        is_over = until is not None and month_after(month) <= until
        if is_over and not is_sum_of_days(subject, calendar, month):
            roll_month(subject, calendar, month)
            found += [month] if month not in found else []
    return found


def has_reason(subject: Subject, period: Piece) -> bool:
    """Return whether something is marked for which a period may differ from the rows."""
    return subject.name not in usable() or bool(marks_in(subject.name, period))


def rows_of(subject: Subject, day: Stretch, zone: ZoneInfo) -> Counts:
    """Return what the rows of one day say."""
    width = len(subject.key)
    rows = db.session.execute(subject.of_days(day, zone)).tuples()
    return {(*row[1 : width + 1],): [*row[width + 1 :]] for row in rows}


def as_a_whole(subject: Subject, places: Counts) -> Counts:
    """Return the numbers of each survey and brand, from everywhere; nothing where these are not kept."""
    found: Counts = {}
    if not subject.has_whole:
        return found
    for (survey, brand, *_where), numbers in places.items():
        whole = (survey, brand, ANY, ANY, ANY)
        known = found.get(whole, [0] * len(numbers))
        found[whole] = [one + other for one, other in zip(known, numbers, strict=True)]
    return found


def kept_of(subject: Subject, calendar: RollupCalendar, day: date) -> tuple[Counts, Counts]:
    """Return what is kept of a day: by place, and as a whole."""
    table = subject.table
    columns = [table.c[name] for name in (*subject.key, *subject.numbers)]
    read = select(table.c.unit, *columns).where(table.c.calendar_id == calendar.id, table.c.start == day)
    kept: dict[str, Counts] = {"day": {}, "whole": {}, "month": {}}
    for unit, *row in db.session.execute(read).tuples():
        kept[unit][(*row[: len(subject.key)],)] = [*row[len(subject.key) :]]
    return kept["day"], kept["whole"]


def is_sum_of_days(subject: Subject, calendar: RollupCalendar, month: date) -> bool:
    """Return whether what is kept of a month is what is kept of its days, together."""
    table = subject.table
    key, numbers = [table.c[name] for name in subject.key], [table.c[name] for name in subject.numbers]
    ours = select(*key, *map(func.sum, numbers)).where(table.c.calendar_id == calendar.id).group_by(*key)
    days = ours.where(table.c.unit == "day", table.c.start >= month, table.c.start < month_after(month))
    kept = ours.where(table.c.unit == "month", table.c.start == month)
    one, other = ({tuple(row) for row in db.session.execute(read)} for read in (days, kept))
    return one == other
