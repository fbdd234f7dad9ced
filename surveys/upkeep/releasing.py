"""Hold mail to customers, and let it go."""

from datetime import datetime

from surveys.database import db
from surveys.staff.models import StaffMember
from surveys.upkeep.models import ONLY_ROW, Installation
from surveys.upkeep.queries import home, installation


def settle_in() -> Installation:
    """Note where the database lives, unless that is known; flushes. Return what is noted."""
    known = installation()
    if known is None:
        known = Installation(id=ONLY_ROW, home=home())
        db.session.add(known)
        db.session.flush()
    return known


def hold(because: str, now: datetime) -> None:
    """Hold mail to customers from `now` on, `because` it was `restored` or stopped `by_hand`; flushes."""
    known = settle_in()
    known.held_because = because
    known.held_at = now
    db.session.flush()


def release(now: datetime, by: StaffMember | None = None) -> None:
    """Take the present place for the database's home and let mail go; flushes.

    `by` is None on the command line. Reasons that lie in the settings or in the demo stay.
    """
    known = settle_in()
    known.home = home()
    known.held_because = None
    known.released_at = now
    known.released_by_id = by.id if by else None
    db.session.flush()
