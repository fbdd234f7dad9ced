"""The installation itself: where its database lives, and whether mail to customers is held."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from surveys.database import Base

ONLY_ROW = 1


class Installation(Base):
    """One row. `home` is the place the database was known to live in; a copy lives somewhere else.

    `held_because` is None, `restored` or `by_hand`; people release it.
    """

    __tablename__ = "installation"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("held_because IN ('restored', 'by_hand')", name="reason_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    home: Mapped[str] = mapped_column(String(100))
    held_because: Mapped[str | None] = mapped_column(String(10))
    held_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
