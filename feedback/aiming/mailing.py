"""Tell people by mail what came of a goal of theirs."""

from datetime import datetime
from functools import partial

from flask_babel import force_locale, gettext

from feedback.aiming.filters import goal_name, outcome_text, outcome_word, reached_text
from feedback.aiming.models import Goal, GoalMail
from feedback.notices.composing import HOUSE
from surveys.channels.message import Message
from surveys.channels.plain_page import plain_page
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

        return carry_out(GoalMail, now, limit, prepare=prepare, act=act, settle=_settle, again=True)


def _prepare(mail: GoalMail, now: datetime, post: Post) -> Parcel | None:
    """Return the mail; people who have left or may not see figures any more get none."""
    if not mail.staff.is_active or not may(mail.staff.role, "insights"):
        mail.state, mail.due_at = "failed", None
        return None
    return compose(mail, post), not mail.staff.made_by_demo


def _settle(mail: GoalMail, failure: DeliveryFailed | None, now: datetime) -> None:
    """Note the outcome, and when to try again."""
    if failure is None:
        mail.state, mail.sent_at, mail.due_at = "sent", now, None
        return
    pause = None if failure.permanent else pause_before_retry(mail.attempts)
    mail.state = "failed" if pause is None else "queued"
    mail.due_at = None if pause is None else now + pause


def compose(mail: GoalMail, post: Post) -> Message:
    """Return the mail: the verdict, what it rests on, and the way to the goal."""
    goal: Goal = mail.goal
    with force_locale(mail.staff.locale):
        subject = f"{outcome_word(goal.outcome or '')}: {goal_name(goal)}"
        lines = [outcome_text(goal), reached_text(goal)]
        lines.append(gettext("The goal in full:"))
        lines = [line for line in lines if line] + [f"{post.base_url}/insights/goals/{goal.public_id}"]
        html = plain_page(mail.staff.locale, subject, [[line] for line in lines])
    return Message(
        to_name=mail.staff.name,
        to_email=mail.staff.email,
        from_name=HOUSE,
        from_email=post.sender,
        reply_to=None,
        subject=subject,
        text="\n\n".join(lines) + "\n",
        html=html,
        message_id=post.message_id(mail.public_id),
    )
