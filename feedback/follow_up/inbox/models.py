"""What the inbox keeps: filters of people's own, and deeds on many tasks with what became of each."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.follow_up.incidents.models import Incident
from feedback.follow_up.models import Task
from surveys.database import Base, public_id
from surveys.staff.models import StaffMember


class InboxFilter(Base):
    """A queue of somebody's own: its name, and what the address of the inbox then asks for (`asking.NAMES`)."""

    __tablename__ = "inbox_filter"
    __table_args__ = (UniqueConstraint("staff_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"))
    staff: Mapped[StaffMember] = relationship()
    name: Mapped[str] = mapped_column(String(60))
    wanted: Mapped[dict[str, str]] = mapped_column(JSON)
    is_shared: Mapped[bool]
    made_at: Mapped[datetime]


class BulkDeed(Base):
    """One deed on many tasks; `details` are what it needs, `done_at` is None while some of them wait.

    `undoes` is the deed that an undo takes back; each can be taken back once. `incident` is the one whose customers a
    letter (`write`) is for.
    """

    __tablename__ = "bulk_deed"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('take', 'give', 'snooze', 'close', 'ask', 'write', 'undo')", name="kind_known"
        ),
        CheckConstraint("(kind = 'undo') = (undoes_id IS NOT NULL)", name="undo_has_deed"),
        Index("ix_bulk_deed_staff_id_id", "staff_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"))
    staff: Mapped[StaffMember] = relationship()
    kind: Mapped[str] = mapped_column(String(10))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("bulk_deed.id", ondelete="CASCADE"), unique=True)
    undoes: Mapped["BulkDeed | None"] = relationship(remote_side="BulkDeed.id")
    incident_id: Mapped[int | None] = mapped_column(
        ForeignKey("incident.id", ondelete="SET NULL"), index=True
    )
    incident: Mapped[Incident | None] = relationship()
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class BulkItem(Base):
    """One task of a deed on many: waiting, done, or refused with `why`.

    `why` is an English text that pages translate; one with values in it is in the language of whoever ordered the deed.
    `before` is what an undo restores (of a letter also the `reply` that it takes back), `left_at` the last change of the
    task when the deed was done: whoever has changed it since keeps it from being undone.
    """

    __tablename__ = "bulk_item"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'done', 'refused')", name="state_known"),
        CheckConstraint("(state = 'refused') = (why IS NOT NULL)", name="refused_says_why"),
        UniqueConstraint("deed_id", "task_id"),
        Index(
            "ix_bulk_item_waiting",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    deed_id: Mapped[int] = mapped_column(ForeignKey("bulk_deed.id", ondelete="CASCADE"))
    deed: Mapped[BulkDeed] = relationship()
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    task: Mapped[Task] = relationship()
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    why: Mapped[str | None] = mapped_column(String(400))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    left_at: Mapped[int | None]
