"""Look which days of a selection are added up, and which have changed since.

Marks are read before the counts: a day without one is right, and stays so or is marked. While a page is read both are
looked at once, whatever it counts.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select

from feedback.insights.rollups.cover import Cover, Piece, cover, day_of
from feedback.insights.rollups.models import RollupCalendar, RollupMark
from feedback.insights.selection import Selection
from surveys.database import db, read_once
from surveys.responses.queries import PARTIAL_RESTS

PLACES = ("country", "carrier", "language")
# What a selection may restrict for its counts to be found here; with anything else the rows are counted.
KNOWN = {"survey", "brand", "since", "until", "days", "zone", *PLACES}
EVERYTHING = Selection()
MOST_MARKS = 1000


class Covered(NamedTuple):
    """What of a selection is added up in which calendar."""

    calendar_id: int
    zone: ZoneInfo
    parts: Cover
    by_place: bool  # the parts are told apart by country, carrier and language


class Reach(NamedTuple):
    """How far the days of a calendar are added up."""

    calendar_id: int
    zone: ZoneInfo
    rolled_until: date | None


def knows(selection: Selection) -> bool:
    """Return whether the selection restricts nothing but what is told apart here."""
    others = [each.name for each in fields(selection) if each.name not in KNOWN]
    return all(getattr(selection, name) == getattr(EVERYTHING, name) for name in others)


def covered(
    subject: str, selection: Selection, now: datetime | None, *, by_place: bool, by_months: bool = True
) -> Covered | None:
    """Return what of the selection is added up; None where nothing is. Months are only told apart by place.

    An answer that was left half-way counts only a while after its day: days of which `now` does not know yet
    are not used. The calendar is that of the selection's zone, else any.
    """
    if not knows(selection):
        return None
    reaches = usable().get(subject, ())
    name = getattr(selection.zone, "key", "UTC")
    found = next((each for each in reaches if each.zone.key == name), next(iter(reaches), None))
    if found is None or found.rolled_until is None:
        return None
    rolled_until = found.rolled_until
    if now is not None:
        rolled_until = min(rolled_until, day_of(now - PARTIAL_RESTS, found.zone))
    moments = marks_in(subject, Piece(selection.since, selection.until))
    marked = {day_of(at, found.zone) for at in moments}
    if len(moments) >= MOST_MARKS:
        marked = set(days_between(min(marked), max(marked)))
    period = Piece(selection.since, selection.until)
    parts = cover(period, found.zone, rolled_until, marked, by_months=by_place and by_months)
    return Covered(found.calendar_id, found.zone, parts, by_place)


def days_between(first: date, last: date) -> list[date]:
    """Return the days from `first` to `last`, both included."""
    return [first + timedelta(days=each) for each in range((last - first).days + 1)]


def calendars_of(subject: str) -> Sequence[RollupCalendar]:
    """Return the calendars of a subject, the oldest first."""
    theirs = select(RollupCalendar).where(RollupCalendar.subject == subject).order_by(RollupCalendar.id)
    return db.session.scalars(theirs.execution_options(populate_existing=True)).all()


@read_once
def usable() -> Mapping[str, Sequence[Reach]]:
    """Return how far every subject is added up, the oldest calendar first; nothing of one that is marked as a whole."""
    everything = exists().where(RollupMark.subject == RollupCalendar.subject, RollupMark.at.is_(None))
    columns = (RollupCalendar.id, RollupCalendar.zone, RollupCalendar.rolled_until)
    read = select(RollupCalendar.subject, *columns).where(~everything).order_by(RollupCalendar.id)
    found: dict[str, list[Reach]] = defaultdict(list)
    for subject, calendar_id, zone, rolled_until in db.session.execute(read).tuples():
        found[subject].append(Reach(calendar_id, ZoneInfo(zone), rolled_until))
    return found


def marks_in(subject: str, period: Piece) -> list[datetime]:
    """Return the moments in the period whose counts have changed; see also `usable`.

    Of very many only the first and the last one are sure to be among them, and MOST_MARKS say so.
    """
    known = all_marks()
    if known is None:
        return _many_marks_in(subject, period)
    since, until = period
    return [
        at
        for at in known.get(subject, ())
        if (since is None or at >= since) and (until is None or at < until)
    ]


@read_once
def all_marks() -> Mapping[str, Sequence[datetime]] | None:
    """Return the moments whose counts have changed, by subject and in their order; None where there are very many."""
    read = select(RollupMark.subject, RollupMark.at).where(RollupMark.at.is_not(None))
    rows = db.session.execute(read.order_by(RollupMark.subject, RollupMark.at).limit(MOST_MARKS)).all()
    found: dict[str, list[datetime]] = defaultdict(list)
    for subject, at in rows:
        found[subject].append(at)
    return found if len(rows) < MOST_MARKS else None


def _many_marks_in(subject: str, period: Piece) -> list[datetime]:
    theirs = select(RollupMark.at).where(RollupMark.subject == subject, RollupMark.at.is_not(None))
    if period.since is not None:
        theirs = theirs.where(RollupMark.at >= period.since)
    if period.until is not None:
        theirs = theirs.where(RollupMark.at < period.until)
    found = [at for at in db.session.scalars(theirs.order_by(RollupMark.at).limit(MOST_MARKS)) if at]
    if len(found) == MOST_MARKS:
        found[-1] = db.session.scalar(theirs.order_by(RollupMark.at.desc()).limit(1)) or found[-1]
    return found
