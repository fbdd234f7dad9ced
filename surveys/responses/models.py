"""Responses."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.brand.models import Brand
from surveys.customers.models import Customer, Purchase
from surveys.database import Base, public_id
from surveys.invitations.models import Invitation
from surveys.links.models import Link
from surveys.questionnaires.models import Survey, SurveyVersion
from surveys.staff.models import StaffMember

NEW, WAITS_FOR_READING, CONSIDERED = 0, 1, 2  # follow_up_stage
OF_AN_ORDER = "link_id IS NOT NULL AND purchase_id IS NOT NULL"
WITHOUT_ORDER = "link_id IS NOT NULL AND purchase_id IS NULL AND attributes_verified"
COMMENTED_HALF_WAY = "submitted_at IS NULL AND comment IS NOT NULL"
OF_NOBODY = (
    "NOT is_anonymous OR (invitation_id IS NULL AND customer_id IS NULL AND purchase_id IS NULL"
    " AND submission_id IS NULL AND external_id IS NULL AND contact_permission IS NULL AND NOT is_partial)"
)
CHANNELS = ("email", "api", "import", "link", "qr", "embed")
IMPORT = "import"  # of a file: history, which nobody is waiting for
# Named one by one, because an index knows no "other than".
FRESH = tuple(channel for channel in CHANNELS if channel != IMPORT)
TEST = "test"  # excluded_reason of what the team answered while it tried things out


class Response(Base):
    """All of one respondent's submission.

    A *partial* one was left half-way; it is kept and shown as such. `analysed_at` and
    `follow_up_stage` are written by the upper half of the house and say what is still to do.

    Whoever answered by an open link has no invitation. `attributes` were noted with the answer;
    they are *verified* when the link itself or the shop's signature vouches for them.

    One to an *anonymous* survey leads to nobody, and its times are the first moment of its day.

    An *excluded* one stays and counts nowhere; `excluded_by` is None when that happened by itself.
    """

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("survey_id", "submission_id"),
        UniqueConstraint("survey_id", "external_id"),
        ForeignKeyConstraint(["survey_id", "is_anonymous"], ["survey.id", "survey.is_anonymous"]),
        CheckConstraint(OF_NOBODY, name="anonymous_is_nobodys"),
        CheckConstraint('score IS NULL OR "group" IS NOT NULL', name="score_has_group"),
        CheckConstraint("is_partial OR submitted_at IS NOT NULL", name="submitted_has_time"),
        CheckConstraint("channel IN ('email', 'api', 'import', 'link', 'qr', 'embed')", name="channel_known"),
        CheckConstraint(
            "excluded_reason IN ('bot', 'duplicate', 'test', 'scanner', 'other')",
            name="excluded_reason_known",
        ),
        CheckConstraint("(excluded_at IS NULL) = (excluded_reason IS NULL)", name="excluded_has_reason"),
        CheckConstraint("excluded_by_id IS NULL OR excluded_at IS NOT NULL", name="excluded_by_is_excluded"),
        Index(
            "uq_response_link_id_purchase_id",
            "link_id",
            "purchase_id",
            unique=True,
            sqlite_where=text(OF_AN_ORDER),
            postgresql_where=text(OF_AN_ORDER),
        ),
        Index(
            "ix_response_without_order",
            "saved_at",
            sqlite_where=text(WITHOUT_ORDER),
            postgresql_where=text(WITHOUT_ORDER),
        ),
        Index("ix_response_survey_id_submitted_at", "survey_id", "submitted_at"),
        # Without the half-finished ones: SQLite would look for those here, and read all of them for one day's.
        Index(
            "ix_response_submitted_at",
            "submitted_at",
            "id",
            sqlite_where=text("submitted_at IS NOT NULL"),
            postgresql_where=text("submitted_at IS NOT NULL"),
        ),
        Index(
            "ix_response_commented",
            "survey_id",
            "submitted_at",
            "id",
            sqlite_where=text("comment IS NOT NULL"),
            postgresql_where=text("comment IS NOT NULL"),
        ),
        Index(
            "ix_response_left_half_way",
            "saved_at",
            "id",
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
        Index(
            "ix_response_commented_half_way",
            "survey_id",
            "saved_at",
            "id",
            sqlite_where=text(COMMENTED_HALF_WAY),
            postgresql_where=text(COMMENTED_HALF_WAY),
        ),
        Index(
            "ix_response_unread",
            "channel",
            "id",
            sqlite_where=text("analysed_at IS NULL"),
            postgresql_where=text("analysed_at IS NULL"),
        ),
        Index(
            "ix_response_unconsidered",
            "channel",
            "follow_up_stage",
            "id",
            sqlite_where=text("follow_up_stage < 2"),
            postgresql_where=text("follow_up_stage < 2"),
        ),
        Index(
            "ix_response_refused",
            "contact_permission",
            "submitted_at",
            sqlite_where=text("contact_permission IS 0"),
            postgresql_where=text("contact_permission IS false"),
        ),
        Index(
            "ix_response_corrected",
            "corrected_score",
            "id",
            sqlite_where=text("corrected_score IS NOT NULL"),
            postgresql_where=text("corrected_score IS NOT NULL"),
        ),
        Index(
            "ix_response_excluded",
            "excluded_at",
            "id",
            sqlite_where=text("excluded_at IS NOT NULL"),
            postgresql_where=text("excluded_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    survey_id: Mapped[int]
    is_anonymous: Mapped[bool] = mapped_column(default=False, server_default=false())
    # By the number alone, so that a survey that is at hand is not looked up again.
    survey: Mapped[Survey] = relationship(
        primaryjoin="foreign(Response.survey_id) == Survey.id",
    )
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    version: Mapped[SurveyVersion] = relationship()
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"), index=True)
    brand: Mapped[Brand] = relationship()
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"), unique=True)
    invitation: Mapped[Invitation | None] = relationship()
    link_id: Mapped[int | None] = mapped_column(ForeignKey("link.id"), index=True)
    link: Mapped[Link | None] = relationship()
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"), index=True)
    customer: Mapped[Customer | None] = relationship()
    purchase_id: Mapped[int | None] = mapped_column(ForeignKey("purchase.id"), index=True)
    purchase: Mapped[Purchase | None] = relationship()
    submission_id: Mapped[str | None] = mapped_column(String(64))
    external_id: Mapped[str | None] = mapped_column(String(200))
    channel: Mapped[str] = mapped_column(String(10))
    locale: Mapped[str] = mapped_column(String(5))
    score: Mapped[int | None]
    corrected_score: Mapped[int | None]  # what the customer says they meant, once `score` stands
    group: Mapped[str | None] = mapped_column(String(24))
    comment: Mapped[str | None] = mapped_column(Text)
    contact_permission: Mapped[bool | None]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # further questions by key
    attributes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    attributes_verified: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_partial: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    analysed_at: Mapped[datetime | None]
    follow_up_stage: Mapped[int] = mapped_column(default=NEW)
    excluded_at: Mapped[datetime | None]
    excluded_reason: Mapped[str | None] = mapped_column(String(10))
    excluded_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    excluded_by: Mapped[StaffMember | None] = relationship()


class SpentForm(Base):
    """A form by which an anonymous answer was given: sent again it is known, and leads to no answer.

    The rows lie in the order of their digests, which is not the order in which they came.
    """

    __tablename__ = "spent_form"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
