"""What notices ask of history, staff and themselves."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, distinct, func, literal, or_, select, update
from sqlalchemy.orm import aliased, joinedload
from sqlalchemy.sql.base import ExecutableOption

from feedback.follow_up.models import Task, TaskEvent
from feedback.follow_up.states import WAITS
from feedback.insights.watching.models import SeriesAlert
from feedback.notices.chat.models import ChatNews
from feedback.notices.habits import DAY, MAIL, URGENT, Habits
from feedback.notices.models import HistoryCursor, Notice, NoticeHabits, NoticeMail, StaffNews
from surveys.brand.models import Brand
from surveys.customers.models import Customer
from surveys.database import db
from surveys.staff.models import StaffMember
from surveys.work import not_set_aside

READER = "notices"
# A row that was written by a slow transaction shows up behind one with a higher id.
LATE_ROWS, LATE_BY = 2000, timedelta(minutes=5)
# How far back news stands inside the house, and how many pieces of it the page lists.
STAYS_NEWS, LISTED, MOST_OF_A_KIND = timedelta(days=14), 300, 50
WAITS_OVER = tuple(wait.over for wait in WAITS.values())  # moves by which a wait ends by itself
Told = TypeVar("Told", bound=StaffNews)


class Wait(NamedTuple):
    """How long news waits for more: at least so long, until it was `quiet` for so long, but at most so long."""

    at_least: timedelta
    quiet: timedelta
    at_most: timedelta


class Row(NamedTuple):
    """One piece of news for somebody; it is no longer new once they read it or did something about its task."""

    notice: Notice
    is_new: bool


class Kind(NamedTuple):
    """A kind of news that is of no task: its rows, those of somebody lately, what each says, and its page."""

    name: str
    model: type[StaffNews]
    lately: Callable[[int, datetime], Sequence[Any]]
    says: Callable[[Any], str]
    page: Callable[[Any], str]


class Waiting(NamedTuple):
    """Which kinds of work there may be; of what is False there is none."""

    events: bool
    mails: bool
    digests: bool
    posts: bool
    alerts: bool


def what_waits(job: str, oldest: datetime, now: datetime) -> Waiting:
    """Return what may have to be done, in one look: most runs of the loop find nothing at all."""
    unsent = select(Notice.id).where(Notice.mail_id.is_(None))
    looks = (
        unread(job, oldest, now),
        unsent.where(Notice.by_mail),
        unsent.where(Notice.in_digest, Notice.made_at > oldest),
        select(ChatNews.id).where(ChatNews.post_id.is_(None), ChatNews.made_at > oldest),
        select(SeriesAlert.id).where(SeriesAlert.told_at.is_(None)),
    )
    return Waiting(*db.session.execute(select(*(look.exists() for look in looks))).one())


def unread_events(job: str, oldest: datetime, now: datetime, limit: int) -> list[int]:
    """Return rows of history that somebody should hear of and nobody has, the first first; none before `oldest`."""
    return list(db.session.scalars(unread(job, oldest, now).order_by(TaskEvent.id).limit(limit)))


def unread(job: str, oldest: datetime, now: datetime) -> Select[tuple[int]]:
    """Return the question for rows of history that somebody should hear of and nobody has."""
    cursor = select(HistoryCursor.event_id).where(HistoryCursor.reader == READER).scalar_subquery()
    read = func.coalesce(cursor, 0)
    told = select(Notice.id).where(Notice.event_id == TaskEvent.id).exists()
    new = or_(TaskEvent.id > read, TaskEvent.at > now - LATE_BY)
    return select(TaskEvent.id).where(
        TaskEvent.id > read - LATE_ROWS,
        new,
        concerns_somebody(),
        TaskEvent.at > oldest,
        ~told,
        not_set_aside(job, TaskEvent.id),
    )


def concerns_somebody() -> ColumnElement[bool]:
    """Return the condition that a row of history is news to anybody.

    The others leave no notice behind, so they would be looked at again and again. A task that is one of many from one
    cause is no news when the house opens it or gives it to somebody: of all of them the team is told once.
    """
    given_to = aliased(StaffMember)
    by_another = or_(TaskEvent.actor_id.is_(None), TaskEvent.actor_id != given_to.id)
    reaches = (given_to.public_id == TaskEvent.after, given_to.is_active, by_another)
    # A reason without an owner says why nobody was free.
    unowned = (Task.id == TaskEvent.task_id, Task.assignee_id.is_(None), Task.assigned_because.is_not(None))
    of_many = (Task.id == TaskEvent.task_id, Task.incident_id.is_not(None), Task.priority != URGENT)
    told_together = and_(
        TaskEvent.kind.in_(("assigned", "opened")),
        TaskEvent.actor_id.is_(None),
        select(Task.id).where(*of_many).exists(),
    )
    return ~told_together & or_(
        TaskEvent.kind.in_(("reminded", "escalated", "wrote", "meant", "gathered", "reply_failed")),
        and_(TaskEvent.kind == "answered", TaskEvent.after == "no"),
        and_(TaskEvent.kind == "moved", TaskEvent.text.in_(WAITS_OVER)),
        and_(TaskEvent.kind.in_(("assigned", "mentioned")), select(given_to.id).where(*reaches).exists()),
        and_(TaskEvent.kind == "opened", select(Task.id).where(*unowned).exists()),
    )


def cursor_for_update() -> HistoryCursor:
    """Return how far history was read, for this process alone until the commit; begun when missing."""
    cursor = db.session.get(HistoryCursor, READER, with_for_update=True, populate_existing=True)
    if cursor is None:
        cursor = HistoryCursor(reader=READER, event_id=0)
        db.session.add(cursor)
    return cursor


def is_told(event_id: int) -> bool:
    """Return whether somebody has a notice of that row."""
    return db.session.scalar(select(Notice.id).where(Notice.event_id == event_id).limit(1)) is not None


def active_staff(*roles: str) -> list[StaffMember]:
    """Return the people of these roles who still work here, present or away."""
    able = (StaffMember.role.in_(roles), StaffMember.is_active)
    return list(db.session.scalars(select(StaffMember).where(*able).order_by(StaffMember.id)))


def staff_with_public_id(public_id: str | None) -> StaffMember | None:
    """Return one staff member who still works here, or None."""
    who = (StaffMember.public_id == public_id, StaffMember.is_active)
    return db.session.scalar(select(StaffMember).where(*who))


def habits_of(staff_id: int) -> Habits:
    """Return how one person wants to hear; until they choose, the nights of the oldest shop are quiet.

    The digest comes when that shop opens.
    """
    row = db.session.get(NoticeHabits, staff_id)
    if row is not None:
        ways = {URGENT: MAIL, "P1": row.p1, "P2": row.p2, "P3": row.p3, "P4": row.p4}
        return Habits(ZoneInfo(row.time_zone), row.quiet_from, row.quiet_until, ways, row.digest_at)
    brand = db.session.scalar(select(Brand).order_by(Brand.id).limit(1))
    if brand is None:
        return Habits(ZoneInfo("UTC"), 0, 0)
    return Habits(ZoneInfo(brand.time_zone), brand.closes % DAY, brand.opens, digest_at=brand.opens)


def was_pushed(staff_id: int, pushed: str) -> bool:
    """Return whether one person was mailed of that rung of that task, or will be."""
    same = (Notice.staff_id == staff_id, Notice.pushed == pushed)
    return db.session.scalar(select(Notice.id).where(*same).limit(1)) is not None


def staff_to_write_to(job: str, now: datetime, wait: Wait, *, urgent: bool) -> list[int]:
    """Return staff whose oldest notice that is in no mail yet has waited, while no newer one comes in any more.

    With `urgent` only notices of the most urgent tasks count.
    """
    oldest, newest = func.min(Notice.made_at), func.max(Notice.made_at)
    query = select(Notice.staff_id).where(
        Notice.mail_id.is_(None), Notice.by_mail, not_set_aside(job, Notice.staff_id)
    )
    if urgent:
        query = query.join(Notice.event).join(TaskEvent.task).where(Task.priority == URGENT)
    waited = (
        oldest <= now - wait.at_least,
        or_(newest <= now - wait.quiet, oldest <= now - wait.at_most),
    )
    return list(db.session.scalars(query.group_by(Notice.staff_id).having(*waited).order_by(Notice.staff_id)))


def unsent_notices(staff_id: int, *, only_urgent: bool) -> list[tuple[Notice, bool]]:
    """Return the notices of one person that are in no mail yet, each with whether it is new, for this process alone."""
    theirs = and_(Notice.staff_id == staff_id, Notice.mail_id.is_(None), Notice.by_mail)
    query = select(Notice, is_new()).join(Notice.event).where(theirs)
    if only_urgent:
        query = query.join(TaskEvent.task).where(Task.priority == URGENT)
    rows = db.session.execute(query.order_by(Notice.id).with_for_update(of=Notice))
    return [(notice, bool(new)) for notice, new in rows]


def staff_with_digest_news(job: str, oldest: datetime) -> list[tuple[int, datetime]]:
    """Return staff for whom something waits for a digest, with when the first of it was made; none before `oldest`."""
    waits = (Notice.in_digest, Notice.mail_id.is_(None), Notice.made_at > oldest)
    query = select(Notice.staff_id, func.min(Notice.made_at)).where(
        *waits, not_set_aside(job, Notice.staff_id)
    )
    return list(db.session.execute(query.group_by(Notice.staff_id).order_by(Notice.staff_id)).tuples())


def unsent_digest(staff_id: int, day: date, due: datetime, oldest: datetime) -> Sequence[Notice]:
    """Return what the digest of a day tells one person that is still new to them; nothing when it was made already."""
    made = select(NoticeMail.id).where(NoticeMail.staff_id == staff_id, NoticeMail.digest_day == day)
    theirs = (Notice.staff_id == staff_id, Notice.in_digest, Notice.mail_id.is_(None))
    wanted = (*theirs, Notice.made_at > oldest, Notice.made_at <= due, is_new(), ~made.exists())
    return db.session.scalars(select(Notice).join(Notice.event).where(*wanted).order_by(Notice.id)).all()


def lock_staff(staff_id: int) -> None:
    """Let no other process make a digest for that person until the commit."""
    db.session.execute(select(StaffMember.id).where(StaffMember.id == staff_id).with_for_update())


def news_of(staff_id: int, now: datetime) -> list[Row]:
    """Return up to 300 pieces of news of one person from the last 14 days, the newest first, with their tasks."""
    theirs = (Notice.staff_id == staff_id, Notice.made_at > now - STAYS_NEWS)
    task = joinedload(Notice.event).joinedload(TaskEvent.task)
    query = (
        select(Notice, is_new())
        .join(Notice.event)
        .where(*theirs)
        .options(task.joinedload(Task.customer).joinedload(Customer.brand))
    )
    found = db.session.execute(query.order_by(Notice.made_at.desc(), Notice.id.desc()).limit(LISTED))
    return [Row(notice, bool(new)) for notice, new in found]


def unread_tasks(staff_id: int, now: datetime) -> int:
    """Count the tasks of which something is new for one person."""
    theirs = (Notice.staff_id == staff_id, Notice.made_at > now - STAYS_NEWS, is_new())
    query = select(func.count(distinct(TaskEvent.task_id))).select_from(Notice).join(Notice.event)
    return db.session.scalar(query.where(*theirs)) or 0


def told_lately(
    model: type[Told], staff_id: int, now: datetime, along: Sequence[ExecutableOption] = ()
) -> Sequence[Told]:
    """Return up to 50 pieces of news of a kind from the last 14 days, the newest first."""
    theirs = select(model).where(model.staff_id == staff_id, model.made_at > now - STAYS_NEWS)
    newest = theirs.order_by(model.made_at.desc(), model.id.desc()).limit(MOST_OF_A_KIND)
    return db.session.scalars(newest.options(*along)).all()


def unread_told(models: Sequence[type[StaffNews]], staff_id: int, now: datetime) -> int:
    """Count the news of some kinds that somebody has not read yet."""
    counts = [
        select(func.count())
        .where(each.staff_id == staff_id, each.read_at.is_(None), each.made_at > now - STAYS_NEWS)
        .scalar_subquery()
        for each in models
    ]
    return db.session.scalar(select(sum(counts, literal(0)))) or 0


def mark_told_read(model: type[StaffNews], staff_id: int, numbers: Sequence[int], now: datetime) -> None:
    """Note that somebody has read these pieces of their own news."""
    theirs = (model.staff_id == staff_id, model.id.in_(numbers), model.read_at.is_(None))
    db.session.execute(update(model).where(*theirs).values(read_at=now))


def is_new() -> ColumnElement[bool]:
    """Return the condition, of a notice with its row of history, that its reader has not seen to it."""
    deed = aliased(TaskEvent)
    since = (deed.task_id == TaskEvent.task_id, deed.actor_id == Notice.staff_id, deed.id > TaskEvent.id)
    return and_(Notice.read_at.is_(None), ~select(deed.id).where(*since).exists())
