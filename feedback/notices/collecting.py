"""Read the history of tasks and note who should hear of it; bundle the notes into mails."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from feedback.follow_up.models import TaskEvent
from feedback.notices.models import Notice, NoticeMail
from feedback.notices.queries import (
    active_staff,
    cursor_for_update,
    is_told,
    staff_to_write_to,
    staff_with_public_id,
    unread_events,
    unsent_notices,
)
from surveys.database import db
from surveys.staff.models import StaffMember
from surveys.work import one_by_one

JOB, BUNDLE_JOB = "collect-notices", "bundle-notices"
BUNDLING = timedelta(seconds=60)  # What happens within a minute comes in one mail.
MOST_COUNTED = 10_000
OLD_NEWS = timedelta(days=3)  # After a long standstill the inbox tells more than a pile of mails.


def collect(now: datetime, limit: int) -> int:
    """Note up to `limit` rows of history and bundle what has waited a minute; return how much was done."""
    events = unread_events(JOB, now - OLD_NEWS, now, limit)
    done = one_by_one(JOB, events, lambda event_id: note(event_id, now))
    staff = staff_to_write_to(BUNDLE_JOB, now - BUNDLING, limit)
    return done + one_by_one(BUNDLE_JOB, staff, lambda staff_id: bundle(staff_id, now))


def backlog(now: datetime) -> int:
    """Count rows of history nobody has noted, and people whose notes should be in a mail; the loop's page shows it."""
    events = unread_events(JOB, now - OLD_NEWS, now, MOST_COUNTED)
    return len(events) + len(staff_to_write_to(BUNDLE_JOB, now - BUNDLING, MOST_COUNTED))


def note(event_id: int, now: datetime) -> None:
    """Make a notice for everybody who should hear of one row of history."""
    cursor = cursor_for_update()
    cursor.event_id = max(cursor.event_id, event_id)
    if is_told(event_id):
        return
    event = db.session.get_one(TaskEvent, event_id)
    for staff in audience(event):
        db.session.add(Notice(staff=staff, event=event, made_at=now))


def audience(event: TaskEvent) -> list[StaffMember]:
    """Return who should hear of it, without whoever did it.

    A task is told to its owner; where there is none, to admins and owners of the installation.
    """
    task = event.task
    owner = task.assignee if task.assignee is not None and task.assignee.is_active else None
    people: Iterable[StaffMember | None] = ()
    if event.kind == "assigned":
        people = [staff_with_public_id(event.after)]
    elif event.kind == "opened" and task.assigned_because == "nobody":
        people = active_staff("owner", "admin")
    elif event.kind == "escalated":
        people = [owner, *(active_staff(event.text or "admin") or active_staff("owner"))]
    elif event.kind == "wrote" or (event.kind == "answered" and event.after == "no"):
        people = [owner] if owner else active_staff("owner", "admin")
    told = {person.id: person for person in people if person is not None and person is not event.actor}
    return list(told.values())


def bundle(staff_id: int, now: datetime) -> None:
    """Put everything one person has not been told yet into one mail that is due now."""
    notices = unsent_notices(staff_id)
    if notices:
        mail = NoticeMail(staff_id=staff_id, made_at=now, due_at=now)
        db.session.add(mail)
        for each in notices:
            each.mail = mail
