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
# While news still comes in, after a standstill for example, the mail waits for the rest of it, but not for ever.
QUIET, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=15)
MOST_COUNTED = 10_000
OLD_NEWS = timedelta(days=3)  # After a long standstill the inbox tells more than a pile of mails.


def collect(now: datetime, limit: int) -> int:
    """Note up to `limit` rows of history and bundle what has waited a minute; return how much was done."""
    events = unread_events(JOB, now - OLD_NEWS, now, limit)
    done = one_by_one(JOB, events, lambda event_id: note(event_id, now))
    staff = people_to_write_to(now, limit)
    return done + one_by_one(BUNDLE_JOB, staff, lambda staff_id: bundle(staff_id, now))


def backlog(now: datetime) -> int:
    """Count rows of history nobody has noted, and people whose notes should be in a mail; the loop's page shows it."""
    events = unread_events(JOB, now - OLD_NEWS, now, MOST_COUNTED)
    return len(events) + len(people_to_write_to(now, MOST_COUNTED))


def people_to_write_to(now: datetime, limit: int) -> list[int]:
    """Return the people for whom it is time to put what they were not told yet into a mail."""
    return staff_to_write_to(BUNDLE_JOB, now - BUNDLING, now - QUIET, now - LONGEST_WAIT, limit)


def note(event_id: int, now: datetime) -> None:
    """Make a notice for everybody who should hear of one row of history."""
    cursor = cursor_for_update()
    cursor.event_id = max(cursor.event_id, event_id)
    if is_told(event_id):
        return
    event = db.session.get_one(TaskEvent, event_id)
    for staff in audience(event):
        db.session.add(Notice(staff=staff, event=event, made_at=now, by_mail=goes_by_mail(event)))


def goes_by_mail(event: TaskEvent) -> bool:
    """Tell whether it is worth a mail: that half of the time has passed stands inside the house only."""
    return event.kind != "reminded" or event.text is not None


def audience(event: TaskEvent) -> list[StaffMember]:
    """Return who should hear of it, without whoever did it.

    A task is told to its owner; where there is none, to admins and owners of the installation.
    """
    task = event.task
    owner = task.assignee if task.assignee is not None and task.assignee.is_active else None
    people: Iterable[StaffMember | None] = ()
    if event.kind in ("assigned", "mentioned"):
        people = [staff_with_public_id(event.after)]
    elif event.kind == "opened" and task.assigned_because == "nobody":
        people = active_staff("owner", "admin")
    elif event.kind == "escalated":
        people = [owner, *(active_staff(event.text or "admin") or active_staff("owner"))]
    elif event.kind == "reminded":
        people = reminded(owner, event.text)
    elif event.kind == "answered" and event.after == "no":
        people = [owner] if owner else active_staff("owner", "admin")
    told = {person.id: person for person in people if person is not None and person is not event.actor}
    return list(told.values())


def reminded(owner: StaffMember | None, role: str | None) -> list[StaffMember]:
    """Return who hears that time is running out: the owner of the task and those of the role; nobody is never all."""
    people = [*([owner] if owner else []), *(active_staff(role) if role else [])]
    return people or active_staff("admin") or active_staff("owner")


def bundle(staff_id: int, now: datetime) -> None:
    """Put everything one person has not been told yet into one mail that is due now."""
    notices = unsent_notices(staff_id)
    if notices:
        mail = NoticeMail(staff_id=staff_id, made_at=now, due_at=now)
        db.session.add(mail)
        for each in notices:
            each.mail = mail
