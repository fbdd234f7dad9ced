"""Proofs that somebody's data was erased, and reports of what was forgotten in time."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.database import Base, public_id
from surveys.staff.models import StaffMember


class Erasure(Base):
    """One person was erased. It says nothing about them: two keyed hashes, how many rows, when, by whom.

    `subject_hash` finds the same row again in a restored copy; `address_hash` answers "was this
    address erased?" and is None for somebody without one. `counts` are rows by table.
    """

    __tablename__ = "erasure"
    __table_args__ = (CheckConstraint("way IN ('page', 'command', 'again')", name="way_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    at: Mapped[datetime]
    way: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    by: Mapped[StaffMember | None] = relationship()
    subject_hash: Mapped[str] = mapped_column(String(64), index=True)
    address_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ForgettingRun(Base):
    """One day's forgetting: what had been kept for as long as it may be; `counts` by what it was."""

    __tablename__ = "forgetting_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
