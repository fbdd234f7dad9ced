"""The shop's own second level of causes, and how much each role may give out of goodwill."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from surveys.database import Base


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


class GoodwillLimit(Base):
    """The most that a role may give with one task, in whole units of whatever currency the order has."""

    __tablename__ = "goodwill_limit"
    __table_args__ = (
        CheckConstraint("role IN ('agent', 'admin')", name="role_limited"),
        CheckConstraint("most >= 0", name="most_not_negative"),
    )

    role: Mapped[str] = mapped_column(String(10), primary_key=True)
    most: Mapped[int]
