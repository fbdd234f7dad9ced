"""Add up what happened on a day, once it is over, and again whenever something about it has changed.

One at a time: whoever adds up holds the calendars of the subject. Marks are taken away before the rows are counted, in
the same transaction: what changes afterwards leaves a mark that stays, and a crash brings everything back.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Date, Table, and_, delete, func, insert, literal, or_, select, text, update

from feedback.insights.rollups import counting
from feedback.insights.rollups.counting import Counts, Place
from feedback.insights.rollups.cover import A_DAY, Piece, day_of, month_after, start_of
from feedback.insights.rollups.models import (
    AnswerRollup,
    InvitationRollup,
    RollupCalendar,
    RollupMark,
    ThemeRollup,
)
from feedback.insights.rollups.queries import (
    ANSWERS,
    BECAME,
    INVITATIONS,
    PLACES,
    THEMES,
    TOLD,
    Model,
    calendars_of,
)
from feedback.insights.suppression import ANY
from feedback.insights.themes.heard import SCORES
from surveys.brand.models import Brand
from surveys.database import db
from surveys.responses.queries import PARTIAL_RESTS

KEY = ("survey_id", "brand_id", *PLACES)
MOST_MARKS, MOST_AT_ONCE = 500, 50_000
UNSEEN = {"synchronize_session": False}
# Two that begin at the same time begin one.
NEW_CALENDAR = text(
    "INSERT INTO rollup_calendar (subject, zone) VALUES (:subject, :zone) ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True)
class Subject:
    """What is added up: where it is kept, its numbers, and how the rows of a stretch of time are counted.

    `key` tells apart what has numbers of its own. `has_whole` says that days from everywhere are kept, too.
    """

    name: str
    model: Model
    numbers: tuple[str, ...]
    rows_in: Callable[[Piece], Counts]
    first_at: Callable[[], datetime | None]
    key: tuple[str, ...] = KEY
    has_whole: bool = True

    @property
    def table(self) -> Table:
        """Where it is kept, for plain statements."""
        return cast(Table, self.model.__table__)


OF_ANSWERS = Subject(
    ANSWERS,
    AnswerRollup,
    (*(f"n{score}" for score in SCORES), "refused"),
    counting.answers_in,
    counting.first_answer_at,
)
OF_INVITATIONS = Subject(
    INVITATIONS,
    InvitationRollup,
    tuple(each.key for each in BECAME),
    counting.invitations_in,
    counting.first_invitation_at,
)
OF_THEMES = Subject(
    THEMES,
    ThemeRollup,
    tuple(each.key for each in TOLD),
    counting.themes_in,
    counting.first_answer_at,
    (*KEY, "code"),
    has_whole=False,
)
SUBJECTS = (OF_ANSWERS, OF_INVITATIONS, OF_THEMES)


def roll_up(subject: Subject, now: datetime, limit: int) -> int:
    """Add up about `limit` days of a subject, the marked ones first; return how many, fewer when nothing is left."""
    calendars = held_calendars(subject)
    if take_marks_of_everything(subject):
        start_again(subject)
    drop_marks_beyond(subject, calendars)
    moments = take_marks(subject, limit)
    done = sum(roll_again(subject, calendar, moments) for calendar in calendars)
    done += sum(go_on(subject, calendar, now, max(0, limit - done)) for calendar in calendars)
    return done


def held_calendars(subject: Subject) -> Sequence[RollupCalendar]:
    """Return the calendars of a subject, one for each zone that a brand lives in, locked."""
    theirs = select(RollupCalendar).where(RollupCalendar.subject == subject.name).order_by(RollupCalendar.id)
    held = theirs.with_for_update().execution_options(populate_existing=True)
    wanted = set(db.session.scalars(select(Brand.time_zone)))
    known = {each.zone: each for each in db.session.scalars(held)}
    for zone in sorted(wanted - known.keys()):
        db.session.execute(NEW_CALENDAR, {"subject": subject.name, "zone": zone})
    for zone in known.keys() - wanted:
        db.session.delete(known[zone])
    db.session.flush()
    return db.session.scalars(held).all()


def start_again(subject: Subject) -> None:
    """Let everything of a subject be added up anew, from its first day on."""
    again = update(RollupCalendar).where(RollupCalendar.subject == subject.name)
    db.session.execute(again.values(rolled_until=None))


def take_marks_of_everything(subject: Subject) -> bool:
    """Take the marks away that say that everything may have changed; return whether there was one."""
    theirs = (RollupMark.subject == subject.name, RollupMark.at.is_(None))
    return bool(db.session.scalars(delete(RollupMark).where(*theirs).returning(RollupMark.id)).all())


def drop_marks_beyond(subject: Subject, calendars: Iterable[RollupCalendar]) -> None:
    """Take marks away of days that no calendar has added up yet: they are counted when their turn comes.

    After an import there may be very many; what is left of them the next time takes.
    """
    ends = [
        start_of(each.rolled_until, ZoneInfo(each.zone))
        for each in calendars
        if each.rolled_until is not None
    ]
    theirs = select(RollupMark.id).where(RollupMark.subject == subject.name, RollupMark.at.is_not(None))
    if ends:
        theirs = theirs.where(RollupMark.at >= max(ends)).limit(MOST_AT_ONCE)
    db.session.execute(delete(RollupMark).where(RollupMark.id.in_(theirs)), execution_options=UNSEEN)


def take_marks(subject: Subject, limit: int) -> list[datetime]:
    """Take the oldest marks away, those of about `limit` days, and return their moments."""
    theirs = (RollupMark.subject == subject.name, RollupMark.at.is_not(None))
    several = select(RollupMark.at).where(*theirs).distinct().order_by(RollupMark.at).limit(MOST_MARKS)
    oldest = [at for at in db.session.scalars(several) if at is not None]
    if not oldest:
        return []
    last = next((at for at in oldest if at - oldest[0] > limit * A_DAY), oldest[-1])
    taken = delete(RollupMark).where(*theirs, RollupMark.at <= last).returning(RollupMark.at)
    return [at for at in db.session.scalars(taken) if at is not None]


def roll_again(subject: Subject, calendar: RollupCalendar, moments: Iterable[datetime]) -> int:
    """Add up the days of these moments anew, and their months; return how many days."""
    zone, until = ZoneInfo(calendar.zone), calendar.rolled_until
    days = sorted({day for at in moments if (day := day_of(at, zone)) < until}) if until else []
    for day in days:
        roll_day(subject, calendar, day)
    for month in sorted({day.replace(day=1) for day in days}):
        if until and month_after(month) <= until:
            roll_month(subject, calendar, month)
    return len(days)


def go_on(subject: Subject, calendar: RollupCalendar, now: datetime, limit: int) -> int:
    """Add up the next days of a calendar that are over, at most `limit`; return how many.

    A day is over a while after its end, when the last answer that was left half-way counts.
    """
    zone = ZoneInfo(calendar.zone)
    over = day_of(now - PARTIAL_RESTS, zone)
    day = calendar.rolled_until or begin(subject, calendar, zone, over)
    last = min(over, day + limit * A_DAY)
    done = 0
    while day < last:
        roll_day(subject, calendar, day)
        day += A_DAY
        done += 1
        if day.day == 1:
            roll_month(subject, calendar, day - A_DAY)
    calendar.rolled_until = day
    db.session.flush()
    return done


def begin(subject: Subject, calendar: RollupCalendar, zone: ZoneInfo, over: date) -> date:
    """Return the first day of a subject, and forget what was kept of earlier ones."""
    first_at = subject.first_at()
    first = min(day_of(first_at, zone), over) if first_at is not None else over
    table = subject.table.c
    before = or_(table.start < first, and_(table.unit == "month", table.start < first.replace(day=1)))
    db.session.execute(delete(subject.table).where(table.calendar_id == calendar.id, before))
    return first


def roll_day(subject: Subject, calendar: RollupCalendar, day: date) -> None:
    """Keep what the rows of a day say, by place and as a whole, instead of what was kept of it."""
    table = subject.table
    kept = (table.c.unit.in_(("day", "whole")), table.c.start == day)
    db.session.execute(delete(table).where(table.c.calendar_id == calendar.id, *kept))
    zone = ZoneInfo(calendar.zone)
    places = subject.rows_in(Piece(start_of(day, zone), start_of(day + A_DAY, zone)))
    rows = [row_of(subject, calendar, "day", day, place, numbers) for place, numbers in places.items()]
    rows += [row_of(subject, calendar, "whole", day, *each) for each in as_a_whole(subject, places).items()]
    if rows:
        db.session.execute(insert(table), rows)


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


def row_of(
    subject: Subject, calendar: RollupCalendar, unit: str, start: date, place: Place, numbers: list[int]
) -> dict[str, Any]:
    """Return one row as it is stored."""
    row = {"calendar_id": calendar.id, "unit": unit, "start": start}
    return row | dict(zip(subject.key, place, strict=True)) | dict(zip(subject.numbers, numbers, strict=True))


def roll_month(subject: Subject, calendar: RollupCalendar, day: date) -> None:
    """Keep the sum of the days of a month, instead of what was kept of it; `day` is any of it."""
    table, first = subject.table, day.replace(day=1)
    ours = table.c.calendar_id == calendar.id
    db.session.execute(delete(table).where(ours, table.c.unit == "month", table.c.start == first))
    key, numbers = [table.c[name] for name in subject.key], [table.c[name] for name in subject.numbers]
    sums = (
        select(literal(calendar.id), literal("month"), literal(first, Date()), *key, *map(func.sum, numbers))
        .where(ours, table.c.unit == "day", table.c.start >= first, table.c.start < month_after(first))
        .group_by(*key)
    )
    names = ["calendar_id", "unit", "start", *subject.key, *subject.numbers]
    db.session.execute(insert(table).from_select(names, sums))


def is_behind(subject: Subject, now: datetime) -> bool:
    """Return whether something is marked, a brand lives in a new zone, or a day is over and not added up."""
    marked = select(RollupMark.id).where(RollupMark.subject == subject.name).limit(1)
    known = {each.zone for each in calendars_of(subject.name)}
    return (
        db.session.scalar(marked) is not None
        or known != set(db.session.scalars(select(Brand.time_zone)))
        or days_behind(subject, now) > 0
    )


def days_behind(subject: Subject, now: datetime) -> int:
    """Return how many days are over and not added up, in the calendar where these are the most."""
    found = [0]
    for calendar in calendars_of(subject.name):
        zone = ZoneInfo(calendar.zone)
        over, until = day_of(now - PARTIAL_RESTS, zone), calendar.rolled_until
        if until is None:
            first_at = subject.first_at()
            until = day_of(first_at, zone) if first_at is not None else over - A_DAY
        found.append((over - until).days)
    return max(found)
