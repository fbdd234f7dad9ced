"""Send staff their mails; where it is doubtful whether one left, it is sent again under the same id."""

from datetime import datetime
from functools import partial

from feedback.notices.alerts import telling
from feedback.notices.composing import compose
from feedback.notices.models import NoticeMail
from surveys.channels.message import Message
from surveys.channels.registry import Channels
from surveys.errors import DeliveryFailed
from surveys.invitations.post import Post
from surveys.work import carry_out, pause_before_retry

Parcel = tuple[Message, bool]


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` mails that are due, and as many about alerts; return how many were looked at."""

    prepare = partial(_prepare, post=post)
    with channels.conversation() as line:

        def act(parcel: Parcel) -> None:
            message, for_real = parcel
            line.deliver(message, for_real=for_real)

        sent = carry_out(NoticeMail, now, limit, prepare=prepare, act=act, settle=_settle, again=True)
    return sent + telling.send_due(now, limit, channels, post)


def _prepare(mail: NoticeMail, now: datetime, post: Post) -> Parcel | None:
    """Return the mail and whether it may really leave; people who have left get none."""
    if not mail.staff.is_active:
        mail.state, mail.due_at = "failed", None
        return None
    return compose(mail, post), not mail.staff.made_by_demo


def _settle(mail: NoticeMail, failure: DeliveryFailed | None, now: datetime) -> None:
    """Note the outcome, and when to try again."""
    if failure is None:
        mail.state, mail.sent_at, mail.due_at = "sent", now, None
        return
    pause = None if failure.permanent else pause_before_retry(mail.attempts)
    if pause is None:
        mail.state, mail.due_at = "failed", None
    else:
        mail.due_at = now + pause
