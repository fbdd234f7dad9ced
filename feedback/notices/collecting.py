"""Read the history of tasks and note who should hear of it; bundle the notes into mails."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import islice

from feedback.follow_up.incidents.queries import owners_of
from feedback.follow_up.models import TaskEvent
from feedback.notices.alerts import telling
from feedback.notices.chat import gathering
from feedback.notices.habits import APP, DIGEST, MAIL
from feedback.notices.models import Notice, NoticeMail
from feedback.notices.queries import (
    Wait,
    active_staff,
    cursor_for_update,
    habits_of,
    is_told,
    lock_staff,
    staff_to_write_to,
    staff_with_digest_news,
    staff_with_public_id,
    unread_events,
    unsent_digest,
    unsent_notices,
    was_pushed,
    what_waits,
)
from feedback.notices.weighing import is_low, push_of, urgency_of
from surveys.database import db
from surveys.staff.models import StaffMember
from surveys.work import one_by_one

JOB, BUNDLE_JOB, DIGEST_JOB = "collect-notices", "bundle-notices", "make-digests"
# What happens within a quarter of an hour comes in one mail; what is most urgent waits a minute.
BUNDLING, BUNDLING_URGENT = timedelta(minutes=15), timedelta(seconds=60)
# While news still comes in, after a standstill for example, the mail waits for the rest of it, but not for ever.
QUIET, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=15)
MOST_COUNTED = 10_000
OLD_NEWS = timedelta(days=3)  # After a long standstill the inbox tells more than a pile of mails.


def collect(now: datetime, limit: int) -> int:
    """Note up to `limit` rows of history and bundle what has waited; return how much was done."""
    waiting, done = what_waits(JOB, now - OLD_NEWS, now), 0
    # What was noted just now is in no mail yet: the shortest wait is a minute. So one look is enough.
    if waiting.events:
        events = unread_events(JOB, now - OLD_NEWS, now, limit)
        done += one_by_one(JOB, events, lambda event_id: note(event_id, now))
    if waiting.mails:
        staff = people_to_write_to(now, limit)
        done += one_by_one(BUNDLE_JOB, staff, lambda staff_id: bundle(staff_id, now))
    if waiting.digests:
        readers = people_to_give_a_digest(now, limit)
        done += one_by_one(DIGEST_JOB, readers, lambda staff_id: make_digest(staff_id, now))
    if waiting.posts:
        done += gathering.bundle_due(now, limit)
    if waiting.alerts:
        done += telling.collect(now, limit)
    return done


def backlog(now: datetime) -> int:
    """Count rows of history nobody has noted, and people whose notes should be in a mail; the loop's page shows it."""
    events = unread_events(JOB, now - OLD_NEWS, now, MOST_COUNTED)
    people = people_to_write_to(now, MOST_COUNTED) + people_to_give_a_digest(now, MOST_COUNTED)
    return len(events) + len(people) + gathering.backlog(now) + telling.backlog(now)


def people_to_write_to(now: datetime, limit: int) -> list[int]:
    """Return the people for whom it is time to put what they were not told yet into a mail.

    In somebody's quiet hours that is so for what is most urgent alone.
    """
    pressing = staff_to_write_to(BUNDLE_JOB, now, Wait(BUNDLING_URGENT, QUIET, LONGEST_WAIT), urgent=True)
    usual = staff_to_write_to(BUNDLE_JOB, now, Wait(BUNDLING, QUIET, BUNDLING + LONGEST_WAIT), urgent=False)
    awake = [each for each in usual if each not in pressing and not habits_of(each).is_quiet(now)]
    return [*pressing, *awake][:limit]


def people_to_give_a_digest(now: datetime, limit: int) -> list[int]:
    """Return the people whose last digest should have come, was not made, and would say something."""
    due = (
        staff_id
        for staff_id, first in staff_with_digest_news(DIGEST_JOB, now - OLD_NEWS)
        for day, due_at in (habits_of(staff_id).digest_of(now),)
        if first <= due_at and unsent_digest(staff_id, day, due_at, now - OLD_NEWS)
    )
    return list(islice(due, limit))


def note(event_id: int, now: datetime) -> None:
    """Make a notice for everybody who should hear of one row of history."""
    cursor = cursor_for_update()
    cursor.event_id = max(cursor.event_id, event_id)
    if is_told(event_id):
        return
    event = db.session.get_one(TaskEvent, event_id)
    gathering.gather(event, now)
    for staff in audience(event):
        way = habits_of(staff.id).way(urgency_of(event), is_low=is_low(event))
        pushed = push_of(event) if way == MAIL else None
        if pushed is not None and was_pushed(staff.id, pushed):
            way, pushed = APP, None
        ways = {"by_mail": way == MAIL, "in_digest": way == DIGEST}
        db.session.add(Notice(staff=staff, event=event, made_at=now, pushed=pushed, **ways))


def audience(event: TaskEvent) -> list[StaffMember]:
    """Return who should hear of it, without whoever did it.

    A task is told to its owner; where there is none, to admins and owners of the installation. Of moves only those are
    asked about with which a wait ends by itself.
    """
    task = event.task
    owner = task.assignee if task.assignee is not None and task.assignee.is_active else None
    people: Iterable[StaffMember | None] = ()
    if event.kind in ("assigned", "mentioned"):
        people = [staff_with_public_id(event.after)]
    elif event.kind == "opened" and task.assignee is None and task.assigned_because:
        people = active_staff("owner", "admin")
    elif event.kind == "gathered" and task.incident is not None:
        people = [*active_staff("owner", "admin"), *owners_of(task.incident)]
    elif event.kind == "escalated":
        people = [owner, *(active_staff(event.text or "admin") or active_staff("owner"))]
    elif event.kind == "reminded":
        people = reminded(owner, event.text)
    elif event.kind in ("wrote", "meant", "reply_failed", "moved") or (
        event.kind == "answered" and event.after == "no"
    ):
        people = [owner] if owner else active_staff("owner", "admin")
    told = {person.id: person for person in people if person is not None and person is not event.actor}
    return list(told.values())


def reminded(owner: StaffMember | None, role: str | None) -> list[StaffMember]:
    """Return who hears that time is running out: the owner of the task and those of the role; nobody is never all."""
    people = [*([owner] if owner else []), *(active_staff(role) if role else [])]
    return people or active_staff("admin") or active_staff("owner")


def bundle(staff_id: int, now: datetime) -> None:
    """Put everything one person has not been told yet into one mail that is due now; what they have read needs none.

    In their quiet hours only what is most urgent leaves, the rest waits for their end.
    """
    only_urgent = habits_of(staff_id).is_quiet(now)
    news = unsent_notices(staff_id, only_urgent=only_urgent)
    for notice, is_new in news:
        notice.by_mail = is_new
    put_into_mail(staff_id, [notice for notice, is_new in news if is_new], now)


def make_digest(staff_id: int, now: datetime) -> None:
    """Make the digest of the day for one person, once; what they have read or dealt with meanwhile is left out."""
    lock_staff(staff_id)
    day, due = habits_of(staff_id).digest_of(now)
    put_into_mail(staff_id, unsent_digest(staff_id, day, due, now - OLD_NEWS), now, day)


def put_into_mail(staff_id: int, notices: Sequence[Notice], now: datetime, day: date | None = None) -> None:
    """Make one mail of the notices, due now; none makes none."""
    if notices:
        mail = NoticeMail(staff_id=staff_id, made_at=now, due_at=now, digest_day=day)
        db.session.add(mail)
        for each in notices:
            each.mail = mail
