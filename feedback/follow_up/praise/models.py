"""Thank-yous to happy customers, and what they let the shop quote."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.follow_up.outgoing.models import Outgoing
from surveys.customers.models import Customer
from surveys.database import Base, public_id
from surveys.responses.models import Response
from surveys.staff.models import StaffMember


class ThankYou(Outgoing, Base):
    """What somebody of the team did with a happy answer that was drawn: wrote, or left it out (*skipped*)."""

    __tablename__ = "thank_you"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'sent', 'failed', 'uncertain', 'skipped')", name="state_known"),
        CheckConstraint("state = 'queued' OR due_at IS NULL", name="settled_is_not_due"),
    )

    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), unique=True)
    response: Mapped[Response] = relationship()
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    customer: Mapped[Customer] = relationship()
    author_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    author: Mapped[StaffMember] = relationship()


class Testimonial(Base):
    """A customer's word that the shop may quote what they wrote, until they take it back.

    `text` is the comment as it was when they said so: one that they have corrected since needs their word anew.
    `signed` says with which name: first_name, initial or anonymous.
    """

    __tablename__ = "testimonial"
    __table_args__ = (
        CheckConstraint("signed IN ('first_name', 'initial', 'anonymous')", name="signed_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), unique=True)
    response: Mapped[Response] = relationship()
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    customer: Mapped[Customer] = relationship()
    text: Mapped[str] = mapped_column(Text)
    signed: Mapped[str] = mapped_column(String(10))
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
