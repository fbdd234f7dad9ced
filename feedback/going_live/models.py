"""Steps of going live that only a person can know to be done, and the test mail that such a step waits for."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.database import Base
from surveys.staff.models import StaffMember

TICKED = ("mail_arrived", "dns", "dry_run", "alone")
MAIL_LEFT = "mail_left"


class TickedStep(Base):
    """A step somebody has ticked (the test mail arrived, the records stand in the DNS, …), or that it has left."""

    __tablename__ = "ticked_step"
    __table_args__ = (
        CheckConstraint("key IN ('mail_left', 'mail_arrived', 'dns', 'dry_run', 'alone')", name="key_known"),
    )

    key: Mapped[str] = mapped_column(String(20), primary_key=True)
    ticked_at: Mapped[datetime]
    ticked_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    ticked_by: Mapped[StaffMember | None] = relationship()
