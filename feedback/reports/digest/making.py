"""Make the mails for which it is time: one for each reader and period, none about days in which nothing came in."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from feedback.insights.listing import Wanted, count_responses
from feedback.insights.queries import calendar_zone
from feedback.insights.selection import Days, Selection, over
from feedback.notices.queries import habits_of
from feedback.reports.asking import NoLongerOffered, asked_by
from feedback.reports.digest.periods import Due, last_due
from feedback.reports.digest.queries import reader_for_update, readers
from feedback.reports.listing import wanted_of_view
from feedback.reports.models import ReportMail, ReportReader
from surveys.database import db
from surveys.staff.permissions import may
from surveys.work import in_two_steps

JOB = "make-report-mails"


class Found(NamedTuple):
    """The days that a reader is to be told of, and whether nothing came in."""

    days: Days
    is_empty: bool


def make_mails(now: datetime, limit: int) -> int:
    """Make the mails that are due; return how many readers were looked at."""
    return in_two_steps(
        JOB,
        waiting(now)[:limit],
        lambda reader_id: looked_at(reader_id, now),
        lambda reader_id, found: make_mail(reader_id, found, now),
    )


def backlog(now: datetime) -> int:
    """Count the readers who should have been told of the last period by now."""
    return len(waiting(now))


def waiting(now: datetime) -> list[int]:
    """Return the readers whose hour has come and who were not told yet; who just asked for it waits for the next."""
    able = (each for each in readers(JOB) if may(each.staff.role, "insights"))
    return [each.id for each in able if due_for(each, now) is not None]


def due_for(reader: ReportReader, now: datetime) -> Due | None:
    """Return the period that a reader is to be told of now, None when there is none."""
    due = last_due(reader.rhythm, now, zone_of(reader))
    was_told = reader.told_until is not None and reader.told_until >= due.days.last
    return None if was_told or due.at < reader.since else due


def zone_of(reader: ReportReader) -> ZoneInfo:
    """Return whose days count: for a digest the reader's own, for the monthly report the shop's, as on its page."""
    return calendar_zone(None) if reader.view is None else habits_of(reader.staff_id).zone


def looked_at(reader_id: int, now: datetime) -> Found | None:
    """Return what came in for one reader; takes its time, so nothing is locked meanwhile. None when nothing is due."""
    reader = db.session.get(ReportReader, reader_id)
    due = due_for(reader, now) if reader is not None else None
    if reader is None or due is None:
        return None
    return Found(due.days, is_empty=not anything_came(reader, due.days, now))


def make_mail(reader_id: int, found: Found | None, now: datetime) -> None:
    """Make one reader's mail of the last period; in a first one without answers it says that it pauses.

    Where somebody else made it meanwhile, or the reader has ended it or chose other days, nothing is done.
    """
    reader = reader_for_update(reader_id)
    due = due_for(reader, now) if reader is not None else None
    if reader is None or due is None or found is None or found.days != due.days:
        return
    is_empty = found.is_empty
    if not (is_empty and reader.is_paused):
        first, last = due.days
        mail = ReportMail(
            reader=reader, first_day=first, last_day=last, is_pause=is_empty, made_at=now, due_at=now
        )
        db.session.add(mail)
    reader.is_paused, reader.told_until = is_empty, due.days.last


def anything_came(reader: ReportReader, days: Days, now: datetime) -> bool:
    """Return whether an answer came in that the reader's view counts; never where it cannot be counted any more."""
    try:
        selection = selection_of(reader, days, now)
    except NoLongerOffered:
        return False
    return count_responses(wanted_of(reader, selection), now) > 0


def wanted_of(reader: ReportReader, selection: Selection) -> Wanted:
    """Return which responses a reader is told of: those that count, of a list those it picks out."""
    if reader.view is None:
        return Wanted(selection, is_counted=True)
    return wanted_of_view(reader.view, selection)


def selection_of(reader: ReportReader, days: Days, now: datetime) -> Selection:
    """Return what a reader is told of over some days of their own; refuse with NoLongerOffered."""
    chosen = Selection() if reader.view is None else asked_by(reader.view, now)
    return over(replace(chosen, zone=zone_of(reader)), days)
