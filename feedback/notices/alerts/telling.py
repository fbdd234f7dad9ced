"""Tell whoever watches a series of its alerts: once, inside the house at once, by mail outside their quiet hours."""

from datetime import datetime, timedelta
from functools import partial

from flask_babel import force_locale, gettext

from feedback.insights.watching.filters import alert_heading, alert_lines
from feedback.notices.alerts.models import AlertNotice
from feedback.notices.alerts.queries import alert_for_update, audience, untold
from feedback.notices.composing import HOUSE
from feedback.notices.habits import Habits, on_the_clock
from feedback.notices.queries import habits_of
from surveys.channels.message import Message
from surveys.channels.plain_page import plain_page
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.invitations.post import Post
from surveys.staff.permissions import may
from surveys.work import carry_out, one_by_one, pause_before_retry

JOB = "note-alerts"
MOST_COUNTED = 10_000
Parcel = tuple[Message, bool]


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
        due = awake(habits_of(staff.id), now)
        db.session.add(AlertNotice(alert_id=alert.id, staff_id=staff.id, made_at=now, due_at=due))
    alert.told_at = now


def awake(habits: Habits, now: datetime) -> datetime:
    """Return the first moment from now on that lies outside somebody's quiet hours."""
    if not habits.is_quiet(now):
        return now
    day = now.astimezone(habits.zone).date()
    ends = (on_the_clock(day + timedelta(days=each), habits.quiet_until, habits.zone) for each in (0, 1))
    return next(end for end in ends if end > now)


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` mails about alerts that are due; return how many were looked at."""
    prepare = partial(_prepare, post=post)
    with channels.conversation() as line:

        def act(parcel: Parcel) -> None:
            message, for_real = parcel
            line.deliver(message, for_real=for_real)

        return carry_out(AlertNotice, now, limit, prepare=prepare, act=act, settle=_settle, again=True)


def _prepare(notice: AlertNotice, now: datetime, post: Post) -> Parcel | None:
    """Return the mail; people who have left, or have read it meanwhile, get none."""
    if not notice.staff.is_active or not may(notice.staff.role, "insights") or notice.read_at is not None:
        notice.state, notice.due_at = "failed", None
        return None
    return compose(notice, post), not notice.staff.made_by_demo


def _settle(notice: AlertNotice, failure: DeliveryFailed | None, now: datetime) -> None:
    """Note the outcome, and when to try again."""
    if failure is None:
        notice.state, notice.sent_at, notice.due_at = "sent", now, None
        return
    pause = None if failure.permanent else pause_before_retry(notice.attempts)
    notice.state = "failed" if pause is None else "queued"
    notice.due_at = None if pause is None else now + pause


def compose(notice: AlertNotice, post: Post) -> Message:
    """Return the mail: what moved, by how much, since when, what is likely, and the way there; no words of customers."""
    alert, staff = notice.alert, notice.staff
    address = f"{post.base_url}/insights/watch/{alert.series.public_id}"
    with force_locale(staff.locale):
        subject = alert_heading(alert)
        lines = [f"{subject}.", *alert_lines(alert)]
        lines += [gettext("The picture, the answers, and what to do about it:"), address]
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
        message_id=post.message_id(notice.public_id),
    )
