"""The shop's own second level of causes, money given out of goodwill, and how much each role may give."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.follow_up.models import Task
from surveys.database import Base
from surveys.staff.models import StaffMember


class OwnDetail(Base):
    """A second-level cause that the shop added, renamed, or does not offer any more.

    `key` is the first-level cause, a dot and a name. A row with the key of a shipped one stands in its place.
    `is_retired`: no longer offered; tasks that carry it still say it.
    """

    __tablename__ = "own_cause_detail"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    en: Mapped[str] = mapped_column(String(80))
    de: Mapped[str] = mapped_column(String(80))
    is_retired: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))


class Goodwill(Base):
    """Money that a customer was given with a task, in minor units; rows are only ever added."""

    __tablename__ = "goodwill"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    task: Mapped[Task] = relationship()
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    given_at: Mapped[datetime]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    given_by: Mapped[StaffMember | None] = relationship()


class GoodwillLimit(Base):
    """The most that a role may give with one task, in whole units of whatever currency the order has."""

    __tablename__ = "goodwill_limit"
    __table_args__ = (
        CheckConstraint("role IN ('agent', 'admin')", name="role_limited"),
        CheckConstraint("most >= 0", name="most_not_negative"),
    )

    role: Mapped[str] = mapped_column(String(10), primary_key=True)
    most: Mapped[int]
