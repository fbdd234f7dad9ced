"""What a team decided in its huddle, who gets the page by mail, and those mails."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.notices.models import StaffMail
from surveys.database import Base, public_id
from surveys.staff.models import StaffMember


class HuddleDecision(Base):
    """One thing that a team decided to do, on the day of its huddle, until somebody says that it is done."""

    __tablename__ = "huddle_decision"
    __table_args__ = (Index("ix_huddle_decision_done_at_day", "done_at", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    day: Mapped[date]
    text: Mapped[str] = mapped_column(String(400))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    made_by: Mapped[StaffMember | None] = relationship(foreign_keys=[made_by_id])
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))


class HuddleReader(Base):
    """Somebody who gets the page by mail on business days, `at` so many minutes after midnight in the shop's zone."""

    __tablename__ = "huddle_reader"
    __table_args__ = (CheckConstraint("at BETWEEN 0 AND 1439", name="minute_of_a_day"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"), primary_key=True)
    staff: Mapped[StaffMember] = relationship()
    at: Mapped[int]
    since: Mapped[datetime]


class HuddleMail(StaffMail, Base):
    """The mail with the page of one day for one reader."""

    __tablename__ = "huddle_mail"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'sent', 'failed')", name="state_known"),
        CheckConstraint("state = 'queued' OR due_at IS NULL", name="settled_is_not_due"),
        UniqueConstraint("staff_id", "day"),
    )

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"))
    staff: Mapped[StaffMember] = relationship()
    day: Mapped[date]
