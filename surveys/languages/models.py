"""Languages that only customers are spoken to in."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.database import Base
from surveys.staff.models import StaffMember


class CustomerLanguage(Base):
    """What somebody decided about one added language; no row, nobody has.

    `is_on` None leaves it to the review: it is used once a native speaker has read its sentences.
    """

    __tablename__ = "customer_language"

    key: Mapped[str] = mapped_column(String(5), primary_key=True)
    is_on: Mapped[bool | None]
    reviewed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    reviewed_by: Mapped[StaffMember | None] = relationship()

    @property
    def is_used(self) -> bool:
        """Whether customers are written to in it."""
        return self.reviewed_at is not None if self.is_on is None else self.is_on
