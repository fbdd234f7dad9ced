"""Rows about what staff did."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.database import Base
from surveys.staff.models import StaffMember


class AuditEvent(Base):
    """Somebody changed something, or took data out; rows are only ever added, and go after their time.

    The row about an export learns at its end how many rows left.

    `action` is the address's name, such as team.switch; `object_id` the opaque id or the key it was
    about; `changes` lists the rows that changed, with values only where they cannot be personal
    (see `changes.describe`). `actor` is None when a command, a machine or a customer (on their own page) acted.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        CheckConstraint("way IN ('page', 'export', 'command')", name="way_known"),
        Index("ix_audit_event_at", "at"),
        Index("ix_audit_event_actor_id_id", "actor_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    actor: Mapped[StaffMember | None] = relationship()
    way: Mapped[str] = mapped_column(String(10))
    action: Mapped[str] = mapped_column(String(80))
    object_id: Mapped[str | None] = mapped_column(String(100))
    changes: Mapped[list[Any]] = mapped_column(JSON, default=list)
