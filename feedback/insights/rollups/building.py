"""Add up what happened on a day, once it is over, and again whenever something about it has changed.

One at a time: whoever adds up holds the calendars of the subject. Marks are taken away before the rows are counted, in
the same transaction: what changes afterwards leaves a mark that stays, and a crash brings everything back.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    Select,
    Table,
    and_,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)

from feedback.insights.rollups import counting
from feedback.insights.rollups.cover import A_DAY, Stretch, day_of, month_after, runs, start_of
from feedback.insights.rollups.covering import PLACES, calendars_of
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
    THEMES,
    TOLD,
    Model,
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
    """What is added up: where it is kept, its numbers, and the question that counts the rows of some days.

    `key` tells apart what has numbers of its own. `has_whole` says that days from everywhere are kept, too.
    """

    name: str
    model: Model
    numbers: tuple[str, ...]
    of_days: Callable[[Stretch, tzinfo], Select[Any]]
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
    counting.answers_of,
    counting.first_answer_at,
)
OF_INVITATIONS = Subject(
    INVITATIONS,
    InvitationRollup,
    tuple(each.key for each in BECAME),
    counting.invitations_of,
    counting.first_invitation_at,
)
OF_THEMES = Subject(
    THEMES,
    ThemeRollup,
    tuple(each.key for each in TOLD),
    counting.themes_of,
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
    """Take the oldest marks away, those of about `limit` days, however far apart, and return their moments."""
    theirs = (RollupMark.subject == subject.name, RollupMark.at.is_not(None))
    several = select(RollupMark.at).where(*theirs).distinct().order_by(RollupMark.at).limit(MOST_MARKS)
    oldest = [at for at in db.session.scalars(several) if at is not None]
    if not oldest:
        return []
    days = sorted({at.date() for at in oldest})[:limit]
    last = max(at for at in oldest if at.date() in days)
    taken = delete(RollupMark).where(*theirs, RollupMark.at <= last).returning(RollupMark.at)
    return [at for at in db.session.scalars(taken) if at is not None]


def roll_again(subject: Subject, calendar: RollupCalendar, moments: Iterable[datetime]) -> int:
    """Add up the days of these moments anew, and their months; return how many days."""
    zone, until = ZoneInfo(calendar.zone), calendar.rolled_until
    days = sorted({day for at in moments if (day := day_of(at, zone)) < until}) if until else []
    for run in runs(days):
        roll_days(subject, calendar, run)
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
    first = calendar.rolled_until or begin(subject, calendar, zone, over)
    after = min(over, first + limit * A_DAY)
    if first < after:
        roll_days(subject, calendar, Stretch(first, after))
    month = first
    while month_after(month) <= after:
        roll_month(subject, calendar, month)
        month = month_after(month)
    calendar.rolled_until = max(first, after)
    db.session.flush()
    return (calendar.rolled_until - first).days


def begin(subject: Subject, calendar: RollupCalendar, zone: ZoneInfo, over: date) -> date:
    """Return the first day of a subject, and forget what was kept of earlier ones."""
    first_at = subject.first_at()
    first = min(day_of(first_at, zone), over) if first_at is not None else over
    table = subject.table.c
    before = or_(table.start < first, and_(table.unit == "month", table.start < first.replace(day=1)))
    db.session.execute(delete(subject.table).where(table.calendar_id == calendar.id, before))
    return first


def roll_days(subject: Subject, calendar: RollupCalendar, days: Stretch) -> None:
    """Keep what the rows of some days say, by place and as a whole, instead of what was kept of these."""
    table = subject.table
    kept = (table.c.unit.in_(("day", "whole")), _begins_in(table, days))
    db.session.execute(delete(table).where(table.c.calendar_id == calendar.id, *kept))
    of_rows = subject.of_days(days, ZoneInfo(calendar.zone)).subquery()
    start, *others = of_rows.c
    keep(subject, select(literal(calendar.id), literal("day"), start, *others))
    if subject.has_whole:
        everywhere = [literal(ANY) if name in PLACES else table.c[name] for name in subject.key]
        keep(subject, sums_of_days(subject, calendar, days, "whole", table.c.start, everywhere))


def roll_month(subject: Subject, calendar: RollupCalendar, day: date) -> None:
    """Keep the sum of the days of a month, instead of what was kept of it; `day` is any of it."""
    table, month = subject.table, Stretch(day.replace(day=1), month_after(day))
    kept = (table.c.unit == "month", table.c.start == month.first)
    db.session.execute(delete(table).where(table.c.calendar_id == calendar.id, *kept))
    key = [table.c[name] for name in subject.key]
    keep(subject, sums_of_days(subject, calendar, month, "month", literal(month.first, Date()), key))


def sums_of_days(
    subject: Subject,
    calendar: RollupCalendar,
    days: Stretch,
    unit: str,
    start: ColumnElement[Any],
    key: Sequence[ColumnElement[Any]],
) -> Select[Any]:
    """Return the question for rows of another unit: the sums of what is kept of some days."""
    table = subject.table
    sums = [func.sum(table.c[name]) for name in subject.numbers]
    by = [column for column in (start, *key) if isinstance(column, Column)]
    read = select(literal(calendar.id), literal(unit), start, *key, *sums).group_by(*by)
    return read.where(table.c.calendar_id == calendar.id, table.c.unit == "day", _begins_in(table, days))


def keep(subject: Subject, rows: Select[Any]) -> None:
    """Store the rows that a question has, as they are kept."""
    names = ["calendar_id", "unit", "start", *subject.key, *subject.numbers]
    db.session.execute(insert(subject.table).from_select(names, rows))


def _begins_in(table: Table, days: Stretch) -> ColumnElement[bool]:
    return and_(table.c.start >= days.first, table.c.start < days.after)


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
