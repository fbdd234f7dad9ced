"""How each tick is doing, which process leads, and which clock slots have been done."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.database import Base


class TickRun(Base):
    """The last run of one tick, its last error, and how much it did in all."""

    __tablename__ = "tick_run"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    done_in_all: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(2000))
    failed_at: Mapped[datetime | None]

    @property
    def is_failing(self) -> bool:
        """Whether the last run failed; an earlier error stays noted."""
        return self.failed_at is not None and self.failed_at == self.finished_at


class LoopLeader(Base):
    """The process that beats now, until its lease runs out; one row."""

    __tablename__ = "loop_leader"

    id: Mapped[int] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(String(100))
    until: Mapped[datetime]


class Slot(Base):
    """A clock job's occurrence that somebody has taken; nobody else does it again."""

    __tablename__ = "slot"
    __table_args__ = (UniqueConstraint("job", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(40))
    slot: Mapped[str] = mapped_column(String(40))
    taken_at: Mapped[datetime]
