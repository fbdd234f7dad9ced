"""Mail the page of the huddle in the morning of business days to those who want it: once a day, never an old one."""

from datetime import datetime

from flask_babel import force_locale, gettext, ngettext

from feedback.follow_up.incidents.filters import incident_word
from feedback.huddle.days import is_business_day, stretch_of
from feedback.huddle.models import HuddleMail, HuddleReader
from feedback.huddle.packing import calendar, pack
from feedback.huddle.queries import has_mail, reader_of, readers_without
from feedback.insights.filters import headline, interval_text
from feedback.notices.composing import Words, to_staff
from feedback.notices.delivering import Letter, send_to_staff
from feedback.notices.habits import DAY, on_the_clock
from surveys.channels.message import Message
from surveys.channels.plain_page import plain_page
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.invitations.post import Post
from surveys.staff.models import StaffMember
from surveys.staff.permissions import may
from surveys.work import one_by_one

JOB = "make-huddle-mails"


def subscribe(staff: StaffMember, at: int | None, now: datetime) -> None:
    """Let the page come by mail at that minute of the day, or no more (None); raise Refusal naming `at`."""
    reader = reader_of(staff.id)
    if at is None:
        if reader is not None:
            db.session.delete(reader)
    elif not 0 <= at < DAY:
        raise Refusal(N_("Write a time of day like 18:00."), field="at")
    else:
        reader = reader or HuddleReader(staff=staff)
        reader.at, reader.since = at, now
        db.session.add(reader)
    db.session.flush()


def make_mails(now: datetime, limit: int) -> int:
    """Make the mails for which it is time; return how many people were looked at."""
    return one_by_one(JOB, people(now)[:limit], lambda staff_id: make_mail(staff_id, now))


def backlog(now: datetime) -> int:
    """Count the people whose mail of today should have been made."""
    return len(people(now))


def people(now: datetime) -> list[int]:
    """Return the people whose hour has come today, if today is a business day; who just asked for it waits a day."""
    working = calendar(None)
    today = stretch_of(now, working).today
    if not is_business_day(today, working):
        return []
    due = ((each, on_the_clock(today, each.at, working.zone)) for each in readers_without(today))
    return [reader.staff_id for reader, at in due if reader.since <= at <= now]


def make_mail(staff_id: int, now: datetime) -> None:
    """Make one person's mail of today, once."""
    today = stretch_of(now, calendar(None)).today
    if not has_mail(staff_id, today):
        db.session.add(HuddleMail(staff_id=staff_id, day=today, made_at=now, due_at=now))


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` mails that are due; return how many were looked at."""

    def write(mail: HuddleMail) -> Letter | None:
        """Return the mail; people who have left or may not see tasks any more get none."""
        is_theirs = mail.staff.is_active and may(mail.staff.role, "tasks")
        return Letter(compose(mail, post), mail.staff) if is_theirs else None

    return send_to_staff(HuddleMail, now, limit, channels, write)


def compose(mail: HuddleMail, post: Post) -> Message:
    """Return the mail: the figures of the page in a line each, and the way to it; what customers wrote stays there."""
    found = pack(mail.made_at, None)
    with force_locale(mail.staff.locale):
        answers = ngettext("%(num)s answer", "%(num)s answers", found.answers)
        subject = gettext("Huddle: %(answers)s, %(late)s late", answers=answers, late=found.late.number)
        lines = [
            f"{survey.name}: {headline(score, survey.kind)} ({interval_text(score, survey.kind)})"
            for survey, score in found.figures
        ]
        for incident, open_tasks in found.incidents:
            many = ngettext("%(num)s open task", "%(num)s open tasks", open_tasks)
            lines.append(f"{gettext('Many tasks from one cause')}: {incident_word(incident)} · {many}")
        lines += [
            gettext("Unhappy with a comment: %(number)s", number=found.unhappy_number),
            gettext("Late tasks: %(number)s", number=found.late.number),
            gettext("Promises due today: %(number)s", number=len(found.promises)),
            gettext("Waiting for a decision: %(number)s", number=found.undecided.number),
            gettext("Not solved, for review: %(number)s", number=found.not_solved.number),
        ]
        lines.append(f"{post.base_url}/huddle")
        html = plain_page(mail.staff.locale, subject, [lines])
    text = "\n".join(lines) + "\n"
    return to_staff(mail, mail.staff, post, Words(subject, text, html))
