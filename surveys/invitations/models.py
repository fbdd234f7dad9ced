"""Touchpoints and invitations."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    Interval,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.brand.models import Brand
from surveys.customers.models import Customer, Purchase
from surveys.database import Base, public_id
from surveys.questionnaires.models import Survey, SurveyVersion
from surveys.staff.models import StaffMember
from surveys.work import Claimable

NEVER_LEFT = "sent_at IS NULL AND state IN ('failed', 'uncertain')"


class Touchpoint(Base):
    """The moment after which a brand asks: which survey, whom, how long after, in which hours.

    A programme waits for no order: *rolling* asks every customer once in `every_days`, *once* asks
    when somebody says so, only those listed where it goes `by_list` (see `rounds`).
    `conditions` are those of `surveys.segments.conditions`; all must be met. `share` of a hundred
    purchases are drawn. Where two touchpoints are due to one person, the lower `rank` goes first.
    A `yearly` limit of 0 is none. While `only_team`, it is being tested: nobody else is asked.
    """

    __tablename__ = "touchpoint"
    __table_args__ = (
        CheckConstraint("opens >= 0 AND opens < closes AND closes <= 24", name="window"),
        CheckConstraint(
            "trigger IN ('placed', 'shipped', 'delivered', 'returned', 'refunded', 'lapsed', 'rolling', 'once')",
            name="trigger_known",
        ),
        CheckConstraint("every_days > 0", name="every_some_days"),
        CheckConstraint("delay_unit IN ('days', 'hours')", name="delay_unit_known"),
        CheckConstraint("share BETWEEN 1 AND 100", name="share_percent"),
        CheckConstraint("reminders BETWEEN 0 AND 2", name="few_reminders"),
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
    only_team: Mapped[bool] = mapped_column(default=False, server_default=false())
    trigger: Mapped[str] = mapped_column(String(10), default="delivered", server_default="delivered")
    conditions: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")
    every_days: Mapped[int] = mapped_column(default=180, server_default="180")
    by_list: Mapped[bool] = mapped_column(default=False, server_default=false())
    delay: Mapped[timedelta] = mapped_column(Interval, default=timedelta(days=7))
    delay_unit: Mapped[str] = mapped_column(String(5), default="days", server_default="days")
    shipped_margin: Mapped[timedelta] = mapped_column(Interval, default=timedelta(days=4))
    placed_margin: Mapped[timedelta] = mapped_column(Interval, default=timedelta(days=10))
    opens: Mapped[int] = mapped_column(default=9)  # hours of the customer's day
    closes: Mapped[int] = mapped_column(default=20)
    rest: Mapped[timedelta] = mapped_column(Interval, default=timedelta(days=30))
    latest: Mapped[timedelta] = mapped_column(Interval, default=timedelta(hours=72))
    skip_sundays: Mapped[bool] = mapped_column(default=False, server_default=false())
    skip_holidays: Mapped[bool] = mapped_column(default=False, server_default=false())
    spread_hours: Mapped[int] = mapped_column(default=0, server_default="0")
    share: Mapped[int] = mapped_column(default=100, server_default="100")
    rank: Mapped[int] = mapped_column(default=5, server_default="5")
    answer_rest_days: Mapped[int] = mapped_column(default=0, server_default="0")
    yearly: Mapped[int] = mapped_column(default=0, server_default="0")
    reminders: Mapped[int] = mapped_column(default=0, server_default="0")
    remind_after_days: Mapped[int] = mapped_column(default=4, server_default="4")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))


class AskingRound(Base):
    """A round of a programme, in which every customer has one turn.

    A rolling one ends; the next begins there. `passed_id` is the last customer who got their turn:
    whoever comes later has a higher number. A send that happens once has no end and goes up to
    `last_id`, the last customer there was when somebody confirmed it.
    """

    __tablename__ = "asking_round"
    __table_args__ = (
        UniqueConstraint("touchpoint_id", "number"),
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint("(ends_at IS NULL) = (last_id IS NOT NULL)", name="ends_or_has_a_last"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    touchpoint_id: Mapped[int] = mapped_column(ForeignKey("touchpoint.id", ondelete="CASCADE"))
    touchpoint: Mapped[Touchpoint] = relationship()
    number: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    passed_id: Mapped[int] = mapped_column(default=0)
    last_id: Mapped[int | None]
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    begun_by: Mapped[StaffMember | None] = relationship()
    created_at: Mapped[datetime]


class ListedCustomer(Base):
    """A customer on the list of a send that goes to a list."""

    __tablename__ = "listed_customer"
    __table_args__ = (UniqueConstraint("touchpoint_id", "customer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    touchpoint_id: Mapped[int] = mapped_column(ForeignKey("touchpoint.id", ondelete="CASCADE"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    listed_at: Mapped[datetime]


class Invitation(Claimable, Base):
    """The decision about one purchase or one customer at one touchpoint, and the request that follows from it.

    One row per purchase and touchpoint, or per customer and round of a programme, where there is no
    purchase; also when the decision is *no*: then the state is `refused` with its `reason`. A
    verification asks whether a task was solved; it has no touchpoint, and the task points to it.
    `due_at` moves when the rest period, the hours of the day or a busy mail server put the request
    off; `first_due_at` stays, and lateness counts from it.
    `put_off` says what it waits for. `facts` keeps what the decision rests on: from which moment the
    delay counts, the condition that was not met. `share` is the probability with which this purchase
    was drawn. A planned one that is not due waits for the event its touchpoint counts from. `variant` says
    which of two subjects its letters bear, None where there is one; `is_test`
    that the mail left while the touchpoint asked only the team.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("touchpoint_id", "purchase_id"),
        UniqueConstraint("round_id", "customer_id"),
        CheckConstraint("round_id IS NULL OR purchase_id IS NULL", name="round_has_no_purchase"),
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
        CheckConstraint("variant IN ('a', 'b')", name="variant_known"),
        Index("ix_invitation_customer_id_sent_at", "customer_id", "sent_at"),
        Index("ix_invitation_sent_at", "sent_at"),
        Index(
            "ix_invitation_never_left",
            "planned_at",
            sqlite_where=text(NEVER_LEFT),
            postgresql_where=text(NEVER_LEFT),
        ),
        Index(
            "ix_invitation_put_off",
            "due_at",
            "id",
            sqlite_where=text("put_off IS NOT NULL"),
            postgresql_where=text("put_off IS NOT NULL"),
        ),
    )

    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    purpose: Mapped[str] = mapped_column(String(12), default="survey")
    touchpoint_id: Mapped[int | None] = mapped_column(ForeignKey("touchpoint.id"))
    touchpoint: Mapped[Touchpoint | None] = relationship()
    purchase_id: Mapped[int | None] = mapped_column(ForeignKey("purchase.id"), index=True)
    purchase: Mapped[Purchase | None] = relationship()
    round_id: Mapped[int | None] = mapped_column(ForeignKey("asking_round.id"))
    round: Mapped[AskingRound | None] = relationship()
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    customer: Mapped[Customer] = relationship()
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    version: Mapped[SurveyVersion] = relationship()
    locale: Mapped[str] = mapped_column(String(5))
    state: Mapped[str] = mapped_column(String(10), default="planned")
    reason: Mapped[str | None] = mapped_column(String(30))
    put_off: Mapped[str | None] = mapped_column(String(30))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    share: Mapped[float] = mapped_column(Float, default=1.0, server_default="1")
    skip_window: Mapped[bool] = mapped_column(default=False)  # "Ask now" and verifications
    variant: Mapped[str | None] = mapped_column(String(1))
    is_test: Mapped[bool] = mapped_column(default=False, server_default=false())
    planned_at: Mapped[datetime]
    first_due_at: Mapped[datetime | None]  # None: as `due_at`
    sent_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]


class CarrierTime(Base):
    """How long a carrier's parcels usually take, learned from a brand's own deliveries.

    `span` is the time within which nine of ten arrived after they were shipped; `country` is the
    one they went to.
    """

    __tablename__ = "carrier_time"
    __table_args__ = (UniqueConstraint("brand_id", "carrier", "country"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id", ondelete="CASCADE"))
    brand: Mapped[Brand] = relationship()
    carrier: Mapped[str] = mapped_column(String(100))
    country: Mapped[str] = mapped_column(String(2))
    span: Mapped[timedelta] = mapped_column(Interval)
    parcels: Mapped[int]
    learned_at: Mapped[datetime]


class Allowance(Base):
    """How many questions a brand may still ask, so that its team can follow up; no row is no limit.

    `cases_per_day` is set by people. The rest is reckoned: questions `left`, cases `waiting` for a first
    contact, questions that are `out` without an answer, and the `share` of questions that becomes a
    case; None before the first reckoning.
    """

    __tablename__ = "allowance"
    __table_args__ = (
        CheckConstraint("cases_per_day BETWEEN 1 AND 10000", name="cases_sane"),
        CheckConstraint('"left" >= 0', name="left_not_negative"),
    )

    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id", ondelete="CASCADE"), primary_key=True)
    brand: Mapped[Brand] = relationship()
    cases_per_day: Mapped[int]
    left: Mapped[int]
    waiting: Mapped[int | None]
    out: Mapped[int | None]
    share: Mapped[float | None]
    reckoned_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))


class Reminder(Claimable, Base):
    """A second or third mail to somebody who was asked and has not answered."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("invitation_id", "number"),
        CheckConstraint("state IN ('planned', 'sent', 'refused', 'failed', 'uncertain')", name="state_known"),
        CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name="refused_has_reason"),
        CheckConstraint("state = 'planned' OR due_at IS NULL", name="settled_is_not_due"),
    )

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"))
    invitation: Mapped[Invitation] = relationship()
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="planned")
    reason: Mapped[str | None] = mapped_column(String(30))
    first_due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
