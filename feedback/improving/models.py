"""Improvements with their evidence, what is said of them, the letters to those who raised them, and reminders."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.follow_up.outgoing.models import Outgoing
from feedback.notices.models import StaffNews
from surveys.brand.models import Brand
from surveys.customers.models import Customer
from surveys.database import Base, public_id
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response
from surveys.staff.models import StaffMember


class Improvement(Base):
    """A change made for many customers, from the idea to the verdict.

    `about` and `code` say what was raised: a theme of the code book or a cause of tasks. The evidence is frozen when it
    starts: the answers to the survey within two days (both belong to it), of one brand or all, in `parts` (values by
    dimension, see `insights.selection`); `evidence_scores` counts them by score, `evidence_raised` are those that
    raised it. `measure`, `direction` and `least` (points, None for any) are what was hoped for. `figures` are the two
    windows as they were when it was judged, see `verdicts.Comparison`.
    """

    __tablename__ = "improvement"
    __table_args__ = (
        CheckConstraint("about IN ('theme', 'cause')", name="about_known"),
        CheckConstraint(
            "state IN ('idea', 'planned', 'in_effect', 'checked', 'declined')", name="state_known"
        ),
        CheckConstraint("measure IN ('score', 'share')", name="measure_known"),
        CheckConstraint("direction IN ('up', 'down')", name="direction_known"),
        CheckConstraint("least > 0", name="least_positive"),
        CheckConstraint("evidence_since <= evidence_until", name="evidence_in_order"),
        CheckConstraint(
            "0 <= evidence_raised AND evidence_raised <= evidence_answers", name="raised_of_answers"
        ),
        CheckConstraint("effect_on < check_on", name="window_in_order"),
        CheckConstraint(
            "state NOT IN ('in_effect', 'checked') OR (effect_on IS NOT NULL AND check_on IS NOT NULL)",
            name="in_effect_has_window",
        ),
        CheckConstraint("(state = 'declined') = (reason IS NOT NULL)", name="declined_has_reason"),
        CheckConstraint("verdict IN ('worked', 'did_not', 'unclear')", name="verdict_known"),
        CheckConstraint(
            "(state = 'checked') = (verdict IS NOT NULL) AND (verdict IS NULL) = (judged_at IS NULL)",
            name="checked_has_verdict",
        ),
        CheckConstraint(
            "published_at IS NULL OR state IN ('in_effect', 'checked', 'declined')",
            name="published_is_settled",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    title: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(String(5))
    code: Mapped[str] = mapped_column(String(60))
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    survey: Mapped[Survey] = relationship()
    brand_id: Mapped[int | None] = mapped_column(ForeignKey("brand.id"), index=True)
    brand: Mapped[Brand | None] = relationship()
    parts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    evidence_since: Mapped[date]
    evidence_until: Mapped[date]
    evidence_answers: Mapped[int]
    evidence_raised: Mapped[int]
    evidence_scores: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    owner: Mapped[StaffMember | None] = relationship(foreign_keys=[owner_id])
    hypothesis: Mapped[str] = mapped_column(String(500), default="")
    measure: Mapped[str] = mapped_column(String(5))
    direction: Mapped[str] = mapped_column(String(4))
    least: Mapped[float | None]
    state: Mapped[str] = mapped_column(String(10), default="idea", index=True)
    effect_on: Mapped[date | None]
    check_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(String(500))
    verdict: Mapped[str | None] = mapped_column(String(10))
    why: Mapped[str | None] = mapped_column(String(20))
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    judged_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    made_by: Mapped[StaffMember | None] = relationship(foreign_keys=[made_by_id])
    changed_at: Mapped[datetime]
    examples: Mapped[list["ImprovementExample"]] = relationship(
        order_by="ImprovementExample.id", passive_deletes="all"
    )
    texts: Mapped[list["ImprovementText"]] = relationship(
        order_by="ImprovementText.language", passive_deletes="all"
    )


class ImprovementExample(Base):
    """An answer that stands for those that raised it; it goes when the answer does, or the person is erased."""

    __tablename__ = "improvement_example"
    __table_args__ = (UniqueConstraint("improvement_id", "response_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"))
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), index=True)
    response: Mapped[Response] = relationship()


class ImprovementText(Base):
    """What customers are told in one language: what they said, and what was done, or why it was not."""

    __tablename__ = "improvement_text"
    __table_args__ = (
        UniqueConstraint("improvement_id", "language"),
        CheckConstraint("language IN ('en', 'de')", name="language_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(2))
    said: Mapped[str] = mapped_column(String(300))
    did: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))


class ImprovementLetter(Outgoing, Base):
    """The mail that tells one customer what became of what they raised; `response` is the latest that did.

    Its words are kept as they were when it was ordered. A customer gets one for each improvement, ever.
    """

    __tablename__ = "improvement_letter"
    __table_args__ = (
        UniqueConstraint("improvement_id", "customer_id"),
        CheckConstraint("state IN ('queued', 'sent', 'failed', 'uncertain')", name="state_known"),
        CheckConstraint("state = 'queued' OR due_at IS NULL", name="settled_is_not_due"),
    )

    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"))
    improvement: Mapped[Improvement] = relationship()
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    customer: Mapped[Customer] = relationship()
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), index=True)
    response: Mapped[Response] = relationship()
    author_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    author: Mapped[StaffMember | None] = relationship()
    language: Mapped[str] = mapped_column(String(2))


class ImprovementReminder(StaffNews, Base):
    """What tells one person of the team that an improvement was judged, inside the house and by mail."""

    __tablename__ = "improvement_reminder"
    __table_args__ = (
        UniqueConstraint("improvement_id", "staff_id"),
        Index("ix_improvement_reminder_staff_id_made_at", "staff_id", "made_at"),
        CheckConstraint("state IN ('queued', 'sent', 'failed')", name="state_known"),
        CheckConstraint("state = 'queued' OR due_at IS NULL", name="settled_is_not_due"),
    )

    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"))
    improvement: Mapped[Improvement] = relationship()
    staff: Mapped[StaffMember] = relationship()
