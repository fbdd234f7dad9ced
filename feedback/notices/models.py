"""Notices to staff, the mails they are bundled into, and how far history was read."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.follow_up.models import TaskEvent
from surveys.database import Base, public_id
from surveys.staff.models import StaffMember
from surveys.work import Claimable


class StaffMail(Claimable):
    """Columns of a mail to somebody of the team: queued with its due time until it is sent, or has failed for good."""

    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    state: Mapped[str] = mapped_column(String(10), default="queued")
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class StaffNews(StaffMail):
    """Columns of a mail that is news inside the house, too; `read_at` is when its reader said that they had read it."""

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"))
    read_at: Mapped[datetime | None]


class NoticeMail(StaffMail, Base):
    """One mail to one staff member with everything new since the last; a digest has its `digest_day`."""

    __tablename__ = "notice_mail"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'sent', 'failed')", name="state_known"),
        CheckConstraint("state = 'queued' OR due_at IS NULL", name="settled_is_not_due"),
        UniqueConstraint("staff_id", "digest_day"),
    )

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"), index=True)
    staff: Mapped[StaffMember] = relationship()
    digest_day: Mapped[date | None]
    notices: Mapped[list["Notice"]] = relationship(back_populates="mail", order_by="Notice.id")


class Notice(Base):
    """One thing that one staff member should hear about: inside the house, and in a mail where it is `by_mail`.

    `in_digest` says that it waits for the digest instead. `pushed` names the task and the rung of the ladder that it told
    by mail, so that no other mail tells that person of the same. `read_at` is when they said that they had read it.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("event_id", "staff_id"),
        UniqueConstraint("staff_id", "pushed"),
        CheckConstraint("NOT (by_mail AND in_digest)", name="one_way"),
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
    in_digest: Mapped[bool] = mapped_column(default=False)
    pushed: Mapped[str | None] = mapped_column(String(60))
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class NoticeHabits(Base):
    """How one person has chosen to hear: the way of P1 to P4 (see `habits.WAYS`), and when (minutes after midnight)."""

    __tablename__ = "notice_habits"
    __table_args__ = (
        CheckConstraint(
            "p1 IN ('mail', 'digest', 'app') AND p2 IN ('mail', 'digest', 'app')"
            " AND p3 IN ('mail', 'digest', 'app') AND p4 IN ('mail', 'digest', 'app')",
            name="ways_known",
        ),
        CheckConstraint(
            "quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439 AND digest_at BETWEEN 0 AND 1439",
            name="minutes_of_a_day",
        ),
    )

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"), primary_key=True)
    p1: Mapped[str] = mapped_column(String(10))
    p2: Mapped[str] = mapped_column(String(10))
    p3: Mapped[str] = mapped_column(String(10))
    p4: Mapped[str] = mapped_column(String(10))
    time_zone: Mapped[str] = mapped_column(String(60))
    quiet_from: Mapped[int]
    quiet_until: Mapped[int]
    digest_at: Mapped[int]
    changed_at: Mapped[datetime]


class HistoryCursor(Base):
    """Up to which history row somebody has read; one row per reader."""

    __tablename__ = "history_cursor"

    reader: Mapped[str] = mapped_column(String(40), primary_key=True)
    event_id: Mapped[int]
