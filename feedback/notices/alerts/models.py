"""What staff are told of alerts: one row for each person and alert, which is news inside the house and a mail."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.insights.watching.models import SeriesAlert
from feedback.notices.models import StaffNews
from surveys.database import Base
from surveys.staff.models import StaffMember


class AlertNotice(StaffNews, Base):
    """One alert for one person who watches its series."""

    __tablename__ = "alert_notice"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'sent', 'failed')", name="state_known"),
        CheckConstraint("state = 'queued' OR due_at IS NULL", name="settled_is_not_due"),
        UniqueConstraint("alert_id", "staff_id"),
        Index("ix_alert_notice_staff_id_made_at", "staff_id", "made_at"),
    )

    alert_id: Mapped[int] = mapped_column(ForeignKey("series_alert.id", ondelete="CASCADE"))
    alert: Mapped[SeriesAlert] = relationship()
    staff: Mapped[StaffMember] = relationship()
