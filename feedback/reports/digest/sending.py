"""Send the digests and monthly reports; where it is doubtful whether one left, it is sent again under the same id."""

from datetime import datetime
from functools import partial

from feedback.reports.digest.composing import compose
from feedback.reports.models import ReportMail
from surveys.channels.message import Message
from surveys.channels.registry import Channels
from surveys.errors import DeliveryFailed
from surveys.invitations.post import Post
from surveys.staff.permissions import may
from surveys.work import carry_out, pause_before_retry

Parcel = tuple[Message, bool]


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` mails that are due; return how many were looked at."""
    prepare = partial(_prepare, post=post)
    with channels.conversation() as line:

        def act(parcel: Parcel) -> None:
            message, for_real = parcel
            line.deliver(message, for_real=for_real)

        return carry_out(ReportMail, now, limit, prepare=prepare, act=act, settle=_settle, again=True)


def _prepare(mail: ReportMail, now: datetime, post: Post) -> Parcel | None:
    """Return the mail; people who have left, or may not see insights or the view any more, get none."""
    reader = mail.reader
    staff, view = reader.staff, reader.view
    sees = view is None or view.is_shared or view.owner_id == staff.id
    if not (staff.is_active and may(staff.role, "insights") and sees):
        mail.state, mail.due_at = "failed", None
        return None
    return compose(mail, post), not staff.made_by_demo


def _settle(mail: ReportMail, failure: DeliveryFailed | None, now: datetime) -> None:
    """Note the outcome, and when to try again."""
    if failure is None:
        mail.state, mail.sent_at, mail.due_at = "sent", now, None
        return
    pause = None if failure.permanent else pause_before_retry(mail.attempts)
    mail.state = "failed" if pause is None else "queued"
    mail.due_at = None if pause is None else now + pause
