"""What people read inside the house: news in bundles, and what they have read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from feedback.notices.models import Notice
from feedback.notices.queries import Row
from surveys.database import db
from surveys.staff.models import StaffMember

# Times that pass within so long of one another are one entry: after a standstill, all that passed meanwhile.
TOGETHER = timedelta(minutes=15)
PASSING = frozenset({"reminded", "escalated"})


@dataclass
class Bundle:
    """One entry of the page: news of one kind that came together; `is_new` when any of them is unread."""

    rows: list[Row]

    @property
    def is_new(self) -> bool:
        """Return whether anything in it is unread."""
        return any(row.is_new for row in self.rows)

    @property
    def unread(self) -> list[int]:
        """Return the notices of it that are unread, by number."""
        return [row.notice.id for row in self.rows if row.is_new]


def bundled(rows: Sequence[Row]) -> list[Bundle]:
    """Return the news, the newest first, in entries: passing times that came together are one, all else stands alone."""
    bundles: list[Bundle] = []
    for row in rows:
        last = bundles[-1].rows[-1] if bundles else None
        if last is not None and goes_with(last, row):
            bundles[-1].rows.append(row)
        else:
            bundles.append(Bundle([row]))
    return bundles


def goes_with(newer: Row, older: Row) -> bool:
    """Tell whether two pieces of news, one after the other, are one entry."""
    kinds = {newer.notice.event.kind, older.notice.event.kind}
    close = newer.notice.made_at - older.notice.made_at <= TOGETHER
    return kinds <= PASSING and close and newer.is_new == older.is_new


def mark_read(staff: StaffMember, numbers: Sequence[int], now: datetime) -> None:
    """Note that somebody has read these notices of their own; those of others stay as they are."""
    theirs = (Notice.staff_id == staff.id, Notice.id.in_(numbers), Notice.read_at.is_(None))
    db.session.execute(update(Notice).where(*theirs).values(read_at=now))
