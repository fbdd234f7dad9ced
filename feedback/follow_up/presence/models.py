"""Who was last seen at which task."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.database import Base

LASTS = timedelta(seconds=30)  # a sign of life is believed for so long


class TaskPresence(Base):
    """The last sign of life of somebody at a task; `writes` is what they have typed and not sent yet."""

    __tablename__ = "task_presence"
    __table_args__ = (
        CheckConstraint("writes IN ('mail', 'note')", name="writes_known"),
        UniqueConstraint("task_id", "staff_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"), index=True)
    writes: Mapped[str | None] = mapped_column(String(4))
    seen_at: Mapped[datetime] = mapped_column(index=True)
