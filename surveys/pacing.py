"""How fast mail to customers leaves: as many in a minute as the mail server or its contract takes.

One row keeps when the next mail may leave. Taking a place moves that moment on by the time one mail
stands for, in the transaction that begins the mail, so that any number of processes keep one pace
(the generic cell rate algorithm, ITU-T I.371). Real time counts, whatever the business's clock says.
"""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from surveys.database import Base, db
from surveys.errors import N_, Refusal

ONLY_ROW = 1
MOST = 60_000
MINUTE = timedelta(minutes=1)
# The loop looks every two seconds; what it was late by may leave together. In any minute at most 5 % too much.
SLACK = timedelta(seconds=3)


class MailPace(Base):
    """One row while there is a limit: mails `per_minute`, and when the next one may leave."""

    __tablename__ = "mail_pace"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("per_minute BETWEEN 1 AND 60000", name="per_minute_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    per_minute: Mapped[int]
    next_at: Mapped[datetime]


def mails_per_minute() -> int | None:
    """Return how many mails to customers may leave in a minute, or None when nothing limits them."""
    return db.session.scalar(select(MailPace.per_minute))


def set_pace(per_minute: int | None, now: datetime) -> None:
    """Let at most so many mails to customers leave in a minute from now on; None takes the limit away; flushes.

    Refuses numbers below 1 and above MOST.
    """
    if per_minute is not None and not 1 <= per_minute <= MOST:
        words = N_("Choose a whole number from %(low)s to %(high)s, or leave it empty for no limit.")
        raise Refusal(words, field="per_minute", low=1, high=MOST)
    row = locked()
    if per_minute is None:
        if row is not None:
            db.session.delete(row)
    elif row is None:
        db.session.add(MailPace(id=ONLY_ROW, per_minute=per_minute, next_at=now))
    else:
        row.per_minute, row.next_at = per_minute, now
    db.session.flush()


def has_place(now: datetime) -> bool:
    """Return whether a mail might leave at `now`, without taking its place."""
    next_at = db.session.scalar(select(MailPace.next_at))
    return next_at is None or next_at <= now + SLACK


def take_place(now: datetime) -> bool:
    """Take the place of one mail at `now`; return False when there is none. Whoever else takes one waits; flushes."""
    row = locked()
    if row is None:
        return True
    if row.next_at > now + SLACK:
        return False
    row.next_at = max(row.next_at, now) + MINUTE / row.per_minute
    db.session.flush()
    return True


def locked() -> MailPace | None:
    """Return the row, locked and read anew, or None without a limit."""
    wanted = select(MailPace).with_for_update()
    return db.session.scalar(wanted, execution_options={"populate_existing": True})
