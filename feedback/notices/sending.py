"""Send staff their mails; where it is doubtful whether one left, it is sent again under the same id."""

from datetime import datetime

from feedback.notices.alerts import telling
from feedback.notices.composing import compose
from feedback.notices.delivering import Letter, send_to_staff
from feedback.notices.models import NoticeMail
from surveys.channels.registry import Channels
from surveys.invitations.post import Post


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` mails that are due, and as many about alerts; return how many were looked at."""

    def write(mail: NoticeMail) -> Letter | None:
        """Return the mail; people who have left get none."""
        return Letter(compose(mail, post), mail.staff) if mail.staff.is_active else None

    sent = send_to_staff(NoticeMail, now, limit, channels, write)
    return sent + telling.send_due(now, limit, channels, post)
