"""Tell whoever watches a series of its alerts: once, inside the house at once, by mail outside their quiet hours."""

from datetime import datetime

from flask_babel import force_locale, gettext

from feedback.insights.watching.filters import alert_heading, alert_lines
from feedback.notices.alerts.models import AlertNotice
from feedback.notices.alerts.queries import alert_for_update, audience, untold
from feedback.notices.composing import Words, to_staff
from feedback.notices.delivering import Letter, send_to_staff
from feedback.notices.queries import habits_of
from surveys.channels.message import Message
from surveys.channels.plain_page import plain_page
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.invitations.post import Post
from surveys.staff.permissions import may
from surveys.work import one_by_one

JOB = "note-alerts"
MOST_COUNTED = 10_000


def collect(now: datetime, limit: int) -> int:
    """Note for up to `limit` alerts who should hear of them; return how many were looked at."""
    return one_by_one(JOB, untold(JOB, limit), lambda alert_id: note(alert_id, now))


def backlog(_now: datetime) -> int:
    """Count the alerts nobody was told of."""
    return len(untold(JOB, MOST_COUNTED))


def note(alert_id: int, now: datetime) -> None:
    """Make a notice for everybody who should hear of an alert, once."""
    alert = alert_for_update(alert_id)
    if alert is None or alert.told_at is not None:
        return
    for staff in audience(alert):
        due = habits_of(staff.id).awake(now)
        db.session.add(AlertNotice(alert_id=alert.id, staff_id=staff.id, made_at=now, due_at=due))
    alert.told_at = now


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` mails about alerts that are due; return how many were looked at."""

    def write(notice: AlertNotice) -> Letter | None:
        """Return the mail; people who have left, may not see figures any more, or have read it meanwhile, get none."""
        is_theirs = notice.staff.is_active and may(notice.staff.role, "insights") and notice.read_at is None
        return Letter(compose(notice, post), notice.staff) if is_theirs else None

    return send_to_staff(AlertNotice, now, limit, channels, write)


def compose(notice: AlertNotice, post: Post) -> Message:
    """Return the mail: what moved, by how much, since when, what is likely, and the way there; no words of customers."""
    alert, staff = notice.alert, notice.staff
    address = f"{post.base_url}/insights/watch/{alert.series.public_id}"
    with force_locale(staff.locale):
        subject = alert_heading(alert)
        lines = [f"{subject}.", *alert_lines(alert)]
        lines += [gettext("The picture, the answers, and what to do about it:"), address]
        html = plain_page(staff.locale, subject, [lines])
    text = "\n".join(lines) + "\n"
    return to_staff(notice, staff, post, Words(subject, text, html))
