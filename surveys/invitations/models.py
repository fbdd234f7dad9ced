"""Touchpoints and invitations."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, Interval, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.brand.models import Brand
from surveys.customers.models import Customer, Purchase
from surveys.database import Base, public_id
from surveys.questionnaires.models import Survey, SurveyVersion
from surveys.work import Claimable


class Touchpoint(Base):
    """The moment after which a brand asks: which survey, how long after, in which hours."""

    __tablename__ = "touchpoint"
    __table_args__ = (
        CheckConstraint("opens >= 0 AND opens < closes AND closes <= 24", name="window"),
        UniqueConstraint("brand_id", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"))
    brand: Mapped[Brand] = relationship()
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    survey: Mapped[Survey] = relationship()
    name: Mapped[str] = mapped_column(String(100))
    is_on: Mapped[bool] = mapped_column(default=True)
    delay: Mapped[timedelta] = mapped_column(Interval, default=timedelta(days=7))
    shipped_margin: Mapped[timedelta] = mapped_column(Interval, default=timedelta(days=4))
    placed_margin: Mapped[timedelta] = mapped_column(Interval, default=timedelta(days=10))
    opens: Mapped[int] = mapped_column(default=9)  # hours of the customer's day
    closes: Mapped[int] = mapped_column(default=20)
    rest: Mapped[timedelta] = mapped_column(Interval, default=timedelta(days=30))
    latest: Mapped[timedelta] = mapped_column(Interval, default=timedelta(hours=72))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))


class Invitation(Claimable, Base):
    """The decision about one purchase at one touchpoint, and the request that follows from it.

    One row per purchase and touchpoint, also when the decision is *no*: then the state is
    `refused` with its `reason`. A verification asks whether a task was solved; it has no
    touchpoint, and the task points to it. `due_at` moves when the rest period, the hours of the
    day or a busy mail server put the request off; `first_due_at` stays, and lateness counts from it.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("touchpoint_id", "purchase_id"),
        CheckConstraint("purpose IN ('survey', 'verification')", name="purpose_known"),
        CheckConstraint(
            "purpose = 'verification' OR touchpoint_id IS NOT NULL", name="survey_has_touchpoint"
        ),
        CheckConstraint(
            "state IN ('planned', 'sent', 'refused', 'failed', 'uncertain')",
            name="state_known",
        ),
        CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name="refused_has_reason"),
        CheckConstraint("state = 'planned' OR due_at IS NULL", name="settled_is_not_due"),
        CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="sent_has_time"),
        Index("ix_invitation_customer_id_sent_at", "customer_id", "sent_at"),
    )

    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    purpose: Mapped[str] = mapped_column(String(12), default="survey")
    touchpoint_id: Mapped[int | None] = mapped_column(ForeignKey("touchpoint.id"))
    touchpoint: Mapped[Touchpoint | None] = relationship()
    purchase_id: Mapped[int | None] = mapped_column(ForeignKey("purchase.id"), index=True)
    purchase: Mapped[Purchase | None] = relationship()
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    customer: Mapped[Customer] = relationship()
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    version: Mapped[SurveyVersion] = relationship()
    locale: Mapped[str] = mapped_column(String(5))
    state: Mapped[str] = mapped_column(String(10), default="planned")
    reason: Mapped[str | None] = mapped_column(String(30))
    skip_window: Mapped[bool] = mapped_column(default=False)  # "Ask now" and verifications
    planned_at: Mapped[datetime]
    first_due_at: Mapped[datetime | None]  # None: as `due_at`
    sent_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
