"""Send mails to the team, whatever they tell: what all rooms that write to staff have in common.

Where it is doubtful whether one left, it is sent again under the same id: to be told twice is better than not at all.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, TypeVar

from feedback.notices.models import StaffMail
from surveys.channels.message import Message
from surveys.channels.registry import Channels
from surveys.errors import DeliveryFailed
from surveys.staff.models import StaffMember
from surveys.work import carry_out, pause_before_retry

Mail = TypeVar("Mail", bound=StaffMail)
Parcel = tuple[Message, bool]


class Letter(NamedTuple):
    """A mail as it is sent, and to whom: to people of the demo nothing really leaves."""

    message: Message
    to: StaffMember


def send_to_staff(
    model: type[Mail],
    now: datetime,
    limit: int,
    channels: Channels,
    write: Callable[[Mail], Letter | None],
) -> int:
    """Send up to `limit` mails of a kind that are due; return how many were looked at. Commits each by itself.

    `write` returns the letter, None where nobody is to get it any more: then it has failed.
    """

    def prepare(mail: Mail, _now: datetime) -> Parcel | None:
        letter = write(mail)
        if letter is None:
            mail.state, mail.due_at = "failed", None
            return None
        return letter.message, not letter.to.made_by_demo

    with channels.conversation() as line:

        def act(parcel: Parcel) -> None:
            message, for_real = parcel
            line.deliver(message, for_real=for_real)

        return carry_out(model, now, limit, prepare=prepare, act=act, settle=_settle, again=True)


def _settle(mail: StaffMail, failure: DeliveryFailed | None, now: datetime) -> None:
    """Note the outcome, and when to try again."""
    if failure is None:
        mail.state, mail.sent_at, mail.due_at = "sent", now, None
        return
    pause = None if failure.permanent else pause_before_retry(mail.attempts)
    mail.state = "failed" if pause is None else "queued"
    mail.due_at = None if pause is None else now + pause
