"""What time it is: real time, and the business's time, which a demo may run ahead of.

Edges ask for the business time and pass it on as `now`; leases, sessions, throttles and the
beat of the loop live in real time. Without a demo the two are the same.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from surveys.database import Base, db, read_once


class ClockOffset(Base):
    """How far the demo's clock runs ahead of real time; at most one row, none without a demo."""

    __tablename__ = "clock_offset"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("seconds >= 0", name="never_back"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seconds: Mapped[int]


def real_now() -> datetime:
    """Return the real time, aware, in UTC."""
    return datetime.now(UTC)


def business_now() -> datetime:
    """Return the time the business lives in: real time plus the demo's offset."""
    return real_now() + _ahead()


@read_once
def _ahead() -> timedelta:
    return timedelta(seconds=db.session.scalar(select(ClockOffset.seconds)) or 0)


def set_forward(by: timedelta) -> None:
    """Move the business's clock `by` ahead; flushes, does not commit."""
    offset = db.session.get(ClockOffset, 1)
    if offset is None:
        offset = ClockOffset(id=1, seconds=0)
        db.session.add(offset)
    offset.seconds += int(by.total_seconds())
    db.session.flush()


def reset() -> None:
    """Let the business's clock be the real one again; flushes, does not commit."""
    offset = db.session.get(ClockOffset, 1)
    if offset is not None:
        db.session.delete(offset)
        db.session.flush()
