"""Tell people by mail what came of a goal of theirs."""

from datetime import datetime

from flask_babel import force_locale, gettext

from feedback.aiming.filters import outcome_text, reached_text, settled_text
from feedback.aiming.models import Goal, GoalMail
from feedback.notices.composing import Words, to_staff
from feedback.notices.delivering import Letter, send_to_staff
from surveys.channels.message import Message
from surveys.channels.plain_page import plain_page
from surveys.channels.registry import Channels
from surveys.invitations.post import Post
from surveys.staff.permissions import may


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` mails that are due; return how many were looked at."""

    def write(mail: GoalMail) -> Letter | None:
        """Return the mail; people who have left, may not see figures any more, or have read it, get none."""
        is_theirs = mail.staff.is_active and may(mail.staff.role, "insights") and mail.read_at is None
        return Letter(compose(mail, post), mail.staff) if is_theirs else None

    return send_to_staff(GoalMail, now, limit, channels, write)


def compose(mail: GoalMail, post: Post) -> Message:
    """Return the mail: the verdict, what it rests on, and the way to the goal."""
    goal: Goal = mail.goal
    with force_locale(mail.staff.locale):
        subject = settled_text(goal)
        lines = [outcome_text(goal), reached_text(goal)]
        lines.append(gettext("The goal in full:"))
        lines = [line for line in lines if line] + [f"{post.base_url}/insights/goals/{goal.public_id}"]
        html = plain_page(mail.staff.locale, subject, [[line] for line in lines])
    text = "\n\n".join(lines) + "\n"
    return to_staff(mail, mail.staff, post, Words(subject, text, html))
