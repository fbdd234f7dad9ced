"""How often the page behind a link opens in a minute: each look counts all answers anew.

As for answers to an open link (`surveys.links.pacing`), one moment is kept in the link's row and moved on by what one
look stands for; a whole minute's worth may come at once. Nothing is kept of who looks. Real time counts.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from feedback.reports.models import ReportLink
from surveys.database import db

MINUTE = timedelta(minutes=1)
PER_MINUTE = 60  # of one link, whoever looks: a board that opens it together stays far below
STEP = MINUTE / PER_MINUTE


def has_place(next_at: datetime | None, now: datetime) -> bool:
    """Tell whether a link whose next look begins at `next_at` may be opened at `now`."""
    return max(next_at or now, now) + STEP <= now + MINUTE


def take_place(link_id: int, now: datetime) -> bool:
    """Take the place of one look at `now`; return False when there is none. Whoever else takes one waits."""
    connection = db.session.connection()
    next_at = connection.scalar(select(ReportLink.next_at).where(ReportLink.id == link_id).with_for_update())
    if not has_place(next_at, now):
        return False
    begins = max(next_at or now, now)
    connection.execute(update(ReportLink).where(ReportLink.id == link_id).values(next_at=begins + STEP))
    return True
