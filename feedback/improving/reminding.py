"""Tell whoever looks after an improvement that it was checked: one mail, with the verdict and the way to the figures."""

from datetime import datetime
from functools import partial

from flask_babel import force_locale, gettext

from feedback.improving.models import Improvement, ImprovementReminder
from feedback.improving.queries import due_reminders
from feedback.improving.verdicts import VERDICTS, WHYS
from feedback.notices.composing import HOUSE
from feedback.notices.queries import active_staff
from surveys.channels.message import Message
from surveys.channels.plain_page import plain_page
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.invitations.post import Post
from surveys.work import carry_out, pause_before_retry

UNCLEAR, NOT_CLEAR = "unclear", "not_clear"  # never without, once judged
Parcel = tuple[Message, bool]


def remind(improvement: Improvement, now: datetime) -> None:
    """Plan the mail to its owner; where they have left, or nobody looks after it, to owners and admins."""
    owner = improvement.owner
    people = [owner] if owner is not None and owner.is_active else active_staff("owner", "admin")
    for staff in people:
        db.session.add(ImprovementReminder(improvement=improvement, staff=staff, made_at=now, due_at=now))


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` reminders that are due; return how many were looked at."""
    with channels.conversation() as line:

        def act(parcel: Parcel) -> None:
            message, for_real = parcel
            line.deliver(message, for_real=for_real)

        return carry_out(
            ImprovementReminder,
            now,
            limit,
            prepare=partial(_prepare, post=post),
            act=act,
            settle=_settle,
            again=True,
        )


def backlog(now: datetime) -> int:
    """Count the reminders that should have left by now."""
    return due_reminders(now)


def compose(reminder: ImprovementReminder, post: Post) -> Message:
    """Return the mail, in the reader's language; what customers wrote stays in the house."""
    improvement, staff = reminder.improvement, reminder.staff
    with force_locale(staff.locale):
        said, why = VERDICTS[improvement.verdict or UNCLEAR], WHYS[improvement.why or NOT_CLEAR]
        verdict = gettext(said)
        subject = gettext("Checked: %(title)s – %(verdict)s", title=improvement.title, verdict=verdict)
        lines = [
            gettext(
                "The days to judge “%(title)s” by are over: %(verdict)s.",
                title=improvement.title,
                verdict=verdict,
            ),
            gettext(why),
            f"{post.base_url}/insights/improvements/{improvement.public_id}",
        ]
        html = plain_page(staff.locale, subject, [lines])
    return Message(
        to_name=staff.name,
        to_email=staff.email,
        from_name=HOUSE,
        from_email=post.sender,
        reply_to=None,
        subject=subject,
        text="\n".join(lines) + "\n",
        html=html,
        message_id=post.message_id(reminder.public_id),
    )


def _prepare(reminder: ImprovementReminder, now: datetime, post: Post) -> Parcel | None:
    """Return the mail; people who have left get none."""
    if not reminder.staff.is_active:
        reminder.state, reminder.due_at = "failed", None
        return None
    return compose(reminder, post), not reminder.staff.made_by_demo


def _settle(reminder: ImprovementReminder, failure: DeliveryFailed | None, now: datetime) -> None:
    """Note the outcome, and when to try again."""
    if failure is None:
        reminder.state, reminder.sent_at, reminder.due_at = "sent", now, None
        return
    pause = None if failure.permanent else pause_before_retry(reminder.attempts)
    reminder.state = "failed" if pause is None else "queued"
    reminder.due_at = None if pause is None else now + pause
