"""How many answers a link takes in a minute: a flood fills neither the database nor the numbers.

As for mail (`surveys.pacing`), one moment is kept and moved on by what one answer stands for; a whole minute's
worth may come at once. It lies in the link's row, so any number of processes keep one pace. Real time counts.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from surveys.database import db
from surveys.links.models import Link

MINUTE = timedelta(minutes=1)


def take_place(link_id: int, now: datetime) -> bool:
    """Take the place of one answer at `now`; return False when there is none. Whoever else takes one waits."""
    connection = db.session.connection()
    wanted = select(Link.per_minute, Link.next_at).where(Link.id == link_id).with_for_update()
    per_minute, next_at = connection.execute(wanted).one()
    step = MINUTE / per_minute
    begins = max(next_at or now, now)
    if begins + step > now + MINUTE:
        return False
    connection.execute(update(Link).where(Link.id == link_id).values(next_at=begins + step))
    return True
