"""Goals as they were set, what came of them, and the mails that tell of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.aiming.standings import TWO_SIDED, Standing
from feedback.insights.intervals import LEVEL, Interval
from feedback.notices.models import StaffNews
from surveys.brand.models import Brand
from surveys.database import Base, public_id
from surveys.questionnaires.models import Survey
from surveys.staff.models import StaffMember

LONGEST_REASON = 400
STORED = "stored"  # the method of an interval that was written down


class Goal(Base):
    """A score (`target`) that answers to `survey` from `first_day` to `last_day` are to have, both days included.

    Counted are those of `brand`, None for all, and of `part`, values by dimension of a selection. The baseline is what
    the same customers said from `baseline_first_day` to `baseline_last_day`; it was measured when the goal was set and
    never changes, and neither do `unit` and `amount`, from which the target came, nor how many answers were `expected`
    and `needed` to see the change. A goal ends once: *settled* with an `outcome` after its last day, or *ended* before
    by somebody who says why. The figures `reached…` are those of the settlement, `sure…` the bounds it went by; all are
    None where nobody answered. `so_far` is where it stood at `so_far_at`, when the loop measured it last while it ran:
    score, n, and the ends of both intervals; None where nothing is shown.
    """

    __tablename__ = "goal"
    __table_args__ = (
        CheckConstraint("unit IN ('points', 'relative', 'score')", name="unit_known"),
        CheckConstraint(
            "outcome IN ('confirmed', 'unconfirmed', 'open', 'missed', 'no_answers')", name="outcome_known"
        ),
        CheckConstraint("target > baseline", name="above_today"),
        CheckConstraint("baseline_low <= baseline AND baseline <= baseline_high", name="baseline_inside"),
        CheckConstraint("baseline_n > 0 AND expected >= 0 AND needed > 0", name="counts_positive"),
        CheckConstraint(
            "baseline_first_day <= baseline_last_day AND baseline_last_day < first_day AND first_day < last_day",
            name="days_in_order",
        ),
        CheckConstraint("(settled_at IS NULL) = (outcome IS NULL)", name="settled_with_outcome"),
        CheckConstraint("(ended_at IS NULL) = (ended_because IS NULL)", name="ended_with_reason"),
        CheckConstraint("settled_at IS NULL OR ended_at IS NULL", name="ends_once"),
        CheckConstraint(
            "(reached_n IS NULL) = (reached IS NULL) AND (reached_n IS NULL) = (reached_low IS NULL)"
            " AND (reached_n IS NULL) = (reached_high IS NULL) AND (reached_n IS NULL) = (sure_low IS NULL)"
            " AND (reached_n IS NULL) = (sure_high IS NULL)",
            name="reached_whole",
        ),
        CheckConstraint(
            "reached_n IS NULL OR (outcome IS NOT NULL AND outcome <> 'no_answers')", name="reached_settled"
        ),
        Index("ix_goal_last_day", "last_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    survey: Mapped[Survey] = relationship()
    brand_id: Mapped[int | None] = mapped_column(ForeignKey("brand.id"))
    brand: Mapped[Brand | None] = relationship()
    part: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    unit: Mapped[str] = mapped_column(String(10))
    amount: Mapped[float]
    target: Mapped[float]
    baseline: Mapped[float]
    baseline_low: Mapped[float]
    baseline_high: Mapped[float]
    baseline_n: Mapped[int]
    baseline_first_day: Mapped[date]
    baseline_last_day: Mapped[date]
    expected: Mapped[int]
    needed: Mapped[int]
    first_day: Mapped[date]
    last_day: Mapped[date]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    owner: Mapped[StaffMember | None] = relationship(foreign_keys=[owner_id])
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    outcome: Mapped[str | None] = mapped_column(String(12))
    settled_at: Mapped[datetime | None]
    reached: Mapped[float | None]
    reached_low: Mapped[float | None]
    reached_high: Mapped[float | None]
    sure_low: Mapped[float | None]
    sure_high: Mapped[float | None]
    reached_n: Mapped[int | None]
    so_far: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    so_far_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str | None] = mapped_column(String(LONGEST_REASON))
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    ended_by: Mapped[StaffMember | None] = relationship(foreign_keys=[ended_by_id])

    @property
    def settled_standing(self) -> Standing | None:
        """The figures it was settled by; None while it is not, and where nobody answered."""
        if self.reached is None or self.reached_n is None:
            return None
        ends = self.reached_low, self.reached_high, self.sure_low, self.sure_high
        low, high, sure_low, sure_high = (float(end or 0.0) for end in ends)
        return _standing(self.reached, self.reached_n, (low, high), (sure_low, sure_high))

    @property
    def standing_so_far(self) -> Standing | None:
        """The figures when the loop measured it last; None before that, and where nothing is shown."""
        if self.so_far is None:
            return None
        return _standing(self.so_far["score"], self.so_far["n"], self.so_far["usual"], self.so_far["sure"])

    @property
    def is_running(self) -> bool:
        """Whether it is neither settled nor ended."""
        return self.settled_at is None and self.ended_at is None


def _standing(score: float, n: int, usual: Sequence[float], sure: Sequence[float]) -> Standing:
    """Return figures that were written down."""
    return Standing(
        score, n, Interval(usual[0], usual[1], LEVEL, STORED), Interval(sure[0], sure[1], TWO_SIDED, STORED)
    )


class GoalMail(StaffNews, Base):
    """What tells one person what came of a goal, inside the house and by mail."""

    __tablename__ = "goal_mail"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'sent', 'failed')", name="state_known"),
        CheckConstraint("state = 'queued' OR due_at IS NULL", name="settled_is_not_due"),
        UniqueConstraint("goal_id", "staff_id"),
        Index("ix_goal_mail_staff_id_made_at", "staff_id", "made_at"),
    )

    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"))
    goal: Mapped[Goal] = relationship()
    staff: Mapped[StaffMember] = relationship()
