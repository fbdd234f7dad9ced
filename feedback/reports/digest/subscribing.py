"""Let a view or the monthly report come by mail, at another rhythm, or no more."""

from datetime import datetime

from feedback.reports.digest.periods import MONTHLY, RHYTHMS
from feedback.reports.models import ReportReader, SavedView
from feedback.reports.queries import reader_of
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.staff.models import StaffMember


class NotARhythm(Refusal):
    """It is none of those offered."""

    phrase = N_("Choose one of the times in the list.")


def subscribe(staff: StaffMember, view: SavedView | None, rhythm: str | None, now: datetime) -> None:
    """Let somebody get a view by mail at a rhythm, or the monthly report without a view; None ends it.

    The first mail is about days that end after `now`. Refuses with NotARhythm.
    """
    reader = reader_of(staff, view)
    if rhythm is None:
        if reader is not None:
            db.session.delete(reader)
    elif rhythm not in RHYTHMS or (view is None and rhythm != MONTHLY):
        raise NotARhythm(field="rhythm")
    elif reader is None:
        db.session.add(ReportReader(staff=staff, view=view, rhythm=rhythm, since=now))
    elif reader.rhythm != rhythm:
        reader.rhythm, reader.since = rhythm, now
    db.session.flush()


def stop(reader: ReportReader) -> None:
    """End what somebody gets by mail; what is queued for them goes with it."""
    db.session.delete(reader)
    db.session.flush()
