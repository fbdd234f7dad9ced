"""Tell whoever looks after an improvement that it was checked: one mail, with the verdict and the way to the figures."""

from datetime import datetime

from flask_babel import force_locale, gettext

from feedback.improving.filters import checked_text
from feedback.improving.models import Improvement, ImprovementReminder
from feedback.improving.queries import due_reminders
from feedback.improving.verdicts import VERDICTS, WHYS
from feedback.notices.composing import Words, to_staff
from feedback.notices.delivering import Letter, send_to_staff
from feedback.notices.queries import active_staff, habits_of
from surveys.channels.message import Message
from surveys.channels.plain_page import plain_page
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.filters import translated
from surveys.invitations.post import Post
from surveys.staff.permissions import may

UNCLEAR, NOT_CLEAR = "unclear", "not_clear"  # never without, once judged


def remind(improvement: Improvement, now: datetime) -> None:
    """Tell its owner, by mail outside their quiet hours; where nobody looks after it any more, owners and admins."""
    owner = improvement.owner
    people = [owner] if owner is not None and owner.is_active else active_staff("owner", "admin")
    for staff in people:
        due = habits_of(staff.id).awake(now)
        db.session.add(ImprovementReminder(improvement=improvement, staff=staff, made_at=now, due_at=due))


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` reminders that are due; return how many were looked at."""

    def write(reminder: ImprovementReminder) -> Letter | None:
        """Return the mail; people who have left, may not see figures any more, or have read it, get none."""
        able = reminder.staff.is_active and may(reminder.staff.role, "insights")
        is_theirs = able and reminder.read_at is None
        return Letter(compose(reminder, post), reminder.staff) if is_theirs else None

    return send_to_staff(ImprovementReminder, now, limit, channels, write)


def backlog(now: datetime) -> int:
    """Count the reminders that should have left by now."""
    return due_reminders(now)


def compose(reminder: ImprovementReminder, post: Post) -> Message:
    """Return the mail, in the reader's language; what customers wrote stays in the house."""
    improvement, staff = reminder.improvement, reminder.staff
    with force_locale(staff.locale):
        said, why = VERDICTS[improvement.verdict or UNCLEAR], WHYS[improvement.why or NOT_CLEAR]
        verdict = gettext(said)
        subject = checked_text(improvement)
        lines = [
            gettext(
                "The days to judge “%(title)s” by are over: %(verdict)s.",
                title=translated(improvement.title),
                verdict=verdict,
            ),
            gettext(why),
            f"{post.base_url}/insights/improvements/{improvement.public_id}",
        ]
        html = plain_page(staff.locale, subject, [lines])
    text = "\n".join(lines) + "\n"
    return to_staff(reminder, staff, post, Words(subject, text, html))
