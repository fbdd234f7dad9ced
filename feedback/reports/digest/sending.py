"""Send the digests and monthly reports; where it is doubtful whether one left, it is sent again under the same id."""

from datetime import datetime

from feedback.notices.delivering import Letter, send_to_staff
from feedback.reports.digest.composing import compose
from feedback.reports.models import ReportMail
from surveys.channels.registry import Channels
from surveys.invitations.post import Post
from surveys.staff.permissions import may


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` mails that are due; return how many were looked at."""

    def write(mail: ReportMail) -> Letter | None:
        """Return the mail; people who have left, or may not see insights or the view any more, get none."""
        staff, view = mail.reader.staff, mail.reader.view
        sees = view is None or view.is_shared or view.owner_id == staff.id
        is_theirs = staff.is_active and may(staff.role, "insights") and sees
        return Letter(compose(mail, post), staff) if is_theirs else None

    return send_to_staff(ReportMail, now, limit, channels, write)
