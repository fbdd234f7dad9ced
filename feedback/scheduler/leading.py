"""Which process leads the loop, and who does a clock job's occurrence: one row each, taken by one statement."""

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.exc import IntegrityError

from feedback.scheduler.models import LoopLeader, Slot
from surveys.database import Base, db

LEASE = timedelta(seconds=15)
ONLY_ROW = 1


def take_lease(holder: str, now: datetime, lease: timedelta = LEASE) -> bool:
    """Take the lead, or keep it; return whether `holder` leads until `now` + `lease`.

    It is one UPDATE, so that of several processes one wins. `now` is real time.
    """
    free = or_(LoopLeader.holder == holder, LoopLeader.until < now)
    taking = update(LoopLeader).where(LoopLeader.id == ONLY_ROW, free)
    taken = db.session.execute(taking.values(holder=holder, until=now + lease))
    if taken.rowcount:  # type: ignore[attr-defined]
        return True
    if db.session.get(LoopLeader, ONLY_ROW, populate_existing=True) is not None:
        return False
    return added(LoopLeader(id=ONLY_ROW, holder=holder, until=now + lease))


def hand_over(holder: str, now: datetime) -> None:
    """Let the lease of `holder` end now, so that the next process need not wait for it."""
    ours = update(LoopLeader).where(LoopLeader.id == ONLY_ROW, LoopLeader.holder == holder)
    db.session.execute(ours.values(until=now))


def take_slot(job: str, slot: str, now: datetime) -> bool:
    """Take one occurrence of a clock job; return False when somebody has it already.

    The slot is taken in the transaction of the work itself: if the work fails, it is free again.
    """
    return added(Slot(job=job, slot=slot, taken_at=now))


def added(row: Base) -> bool:
    """Insert `row`; return False when a UNIQUE constraint says that somebody was quicker."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return False
    return True
