"""The versions of the rule book and of the weights, and what customers of a shop spend."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.database import Base
from surveys.staff.models import StaffMember


class RuleBook(Base):
    """One version of all rules in their order; the newest holds, and none is ever changed.

    The shipped book is version 1 and not stored. `rules` are what `book.Rule.as_data` writes. `changed_by` is None
    when a machine did it.
    """

    __tablename__ = "rule_book"
    __table_args__ = (CheckConstraint("version > 1", name="shipped_is_first"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(unique=True)
    rules: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    changed_by: Mapped[StaffMember | None] = relationship()


class WeightsVersion(Base):
    """One version of how much the parts of the points count; the newest holds, and none is ever changed.

    The shipped weights are version 1 and not stored. `parts` are the most points of each, `undelivered_after` days.
    """

    __tablename__ = "weights_version"
    __table_args__ = (
        CheckConstraint("version > 1", name="shipped_is_first"),
        CheckConstraint("undelivered_after BETWEEN 1 AND 90", name="undelivered_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(unique=True)
    parts: Mapped[dict[str, int]] = mapped_column(JSON)
    undelivered_after: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    changed_by: Mapped[StaffMember | None] = relationship()


class SpendingScale(Base):
    """What the customers of a shop spent in a year, cut into at most a hundred equal crowds, by currency.

    `limits` holds for each currency the most that each crowd spent, ascending, in minor units.
    """

    __tablename__ = "spending_scale"

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id", ondelete="CASCADE"), unique=True)
    limits: Mapped[dict[str, list[int]]] = mapped_column(JSON, default=dict)
    reckoned_at: Mapped[datetime]
