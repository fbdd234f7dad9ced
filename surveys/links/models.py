"""Open links."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.brand.models import Brand
from surveys.database import Base
from surveys.questionnaires.models import Survey
from surveys.staff.models import StaffMember

MOST_PER_MINUTE = 60_000


class Link(Base):
    """One address under which anybody may answer a survey of a brand; `key` is its last part.

    `attributes` are noted with every answer by their names; one without a value may come with the address.
    Pages of `origins` may show the survey in a frame. `locale` is for those whose browser asks for no language
    of ours; None means the brand's. `next_at` is when the next answer fits into the pace (see `pacing`).
    """

    __tablename__ = "link"
    __table_args__ = (
        CheckConstraint("channel IN ('link', 'qr', 'embed')", name="channel_known"),
        CheckConstraint("per_minute BETWEEN 1 AND 60000", name="per_minute_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(20), unique=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"), index=True)
    brand: Mapped[Brand] = relationship()
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    survey: Mapped[Survey] = relationship()
    name: Mapped[str] = mapped_column(String(100))
    channel: Mapped[str] = mapped_column(String(10))
    locale: Mapped[str | None] = mapped_column(String(5))
    attributes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    origins: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")
    is_on: Mapped[bool] = mapped_column(default=True, server_default=true())
    per_minute: Mapped[int] = mapped_column(default=60, server_default="60")
    next_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    created_by: Mapped[StaffMember | None] = relationship()
