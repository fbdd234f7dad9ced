"""Notices to staff, the mails they are bundled into, and how far history was read."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.follow_up.models import TaskEvent
from surveys.database import Base, public_id
from surveys.staff.models import StaffMember
from surveys.work import Claimable


class NoticeMail(Claimable, Base):
    """One mail to one staff member with everything new since the last."""

    __tablename__ = "notice_mail"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'sent', 'failed')", name="state_known"),
        CheckConstraint("state = 'queued' OR due_at IS NULL", name="settled_is_not_due"),
    )

    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"), index=True)
    staff: Mapped[StaffMember] = relationship()
    state: Mapped[str] = mapped_column(String(10), default="queued")
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    notices: Mapped[list["Notice"]] = relationship(back_populates="mail", order_by="Notice.id")


class Notice(Base):
    """One thing that one staff member should hear about: inside the house, and in a mail where it is `by_mail`.

    `read_at` is when they said that they had read it.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("event_id", "staff_id"),
        Index("ix_notice_staff_id_made_at", "staff_id", "made_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"))
    staff: Mapped[StaffMember] = relationship()
    event_id: Mapped[int] = mapped_column(ForeignKey("task_event.id", ondelete="CASCADE"))
    event: Mapped[TaskEvent] = relationship()
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("notice_mail.id", ondelete="CASCADE"), index=True)
    mail: Mapped[NoticeMail | None] = relationship(back_populates="notices")
    by_mail: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class HistoryCursor(Base):
    """Up to which history row somebody has read; one row per reader."""

    __tablename__ = "history_cursor"

    reader: Mapped[str] = mapped_column(String(40), primary_key=True)
    event_id: Mapped[int]
