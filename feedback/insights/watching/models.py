"""Marks of events, watched series with who reads them and which levels were accepted, and their alerts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.brand.models import Brand
from surveys.database import Base, public_id
from surveys.questionnaires.models import Survey
from surveys.staff.models import StaffMember

KINDS = ("release", "price", "carrier", "holiday", "other")


class EventMark(Base):
    """What happened on a day that may move figures, in a few words; of one shop, or of all (`brand_id` None)."""

    __tablename__ = "event_mark"
    __table_args__ = (
        CheckConstraint("kind IN ('release', 'price', 'carrier', 'holiday', 'other')", name="kind_known"),
        Index("ix_event_mark_day", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    day: Mapped[date]
    text: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(10))
    brand_id: Mapped[int | None] = mapped_column(ForeignKey("brand.id", ondelete="CASCADE"), index=True)
    brand: Mapped[Brand | None] = relationship()
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    made_by: Mapped[StaffMember | None] = relationship()


class WatchedSeries(Base):
    """One metric of one selection of answers, or one volume of a shop, that the loop keeps an eye on.

    `wanted` is the selection without its days, as an address says it; `key` is made of it, so that nobody watches the
    same twice. `unit` is how answers are cut into stretches, chosen once for a level that begins at `level_from`; both
    are None until there is enough. Stretches up to `judged_until` are judged. `look_at` is when the next one may be
    finished, None for a series nobody watches any more; `state` is where it stood at the last look, and since when.
    """

    __tablename__ = "watched_series"
    __table_args__ = (
        CheckConstraint(
            "metric IN ('score', 'unhappy', 'invitations', 'answers', 'response_rate', 'bounces')",
            name="metric_known",
        ),
        CheckConstraint(
            "(metric IN ('score', 'unhappy')) = (survey_id IS NOT NULL)", name="answers_have_survey"
        ),
        CheckConstraint("unit IN ('day', 'week', 'month', 'batch', 'small')", name="unit_known"),
        CheckConstraint("(unit IS NULL) = (level_from IS NULL)", name="level_has_unit"),
        CheckConstraint("state IN ('gathering', 'hidden', 'within', 'lower', 'higher')", name="state_known"),
        Index("ix_watched_series_look_at", "look_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    metric: Mapped[str] = mapped_column(String(15))
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"), index=True)
    survey: Mapped[Survey | None] = relationship()
    brand_id: Mapped[int | None] = mapped_column(ForeignKey("brand.id", ondelete="CASCADE"), index=True)
    brand: Mapped[Brand | None] = relationship()
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    unit: Mapped[str | None] = mapped_column(String(5))
    level_from: Mapped[datetime | None]
    judged_until: Mapped[datetime | None]
    look_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10), default="gathering")
    state_since: Mapped[datetime | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    readers: Mapped[list["SeriesReader"]] = relationship(
        back_populates="series", cascade="all, delete-orphan", passive_deletes=True
    )


class SeriesReader(Base):
    """Somebody who watches a series and hears of its alerts, of those about what ended after `since`."""

    __tablename__ = "series_reader"

    series_id: Mapped[int] = mapped_column(
        ForeignKey("watched_series.id", ondelete="CASCADE"), primary_key=True
    )
    series: Mapped[WatchedSeries] = relationship(back_populates="readers")
    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff_member.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    staff: Mapped[StaffMember] = relationship()
    since: Mapped[datetime]


class SeriesLevel(Base):
    """A level that somebody accepted as the new normal, from `from_at` on, and why."""

    __tablename__ = "series_level"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("watched_series.id", ondelete="CASCADE"), index=True)
    from_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    made_by: Mapped[StaffMember | None] = relationship()


class SeriesAlert(Base):
    """What chance does not explain about a series, told once; the first stretch that shows it begins at `signal_on`.

    It began at `since` and was last seen in the stretch that ends at `until`. `level`, `value` and its interval are as
    people read them: points, percent, scale points or a count. `likely` is what probably lies behind it (see `causes`).
    `state` is open until somebody says what it was: an incident (which is no part of any level), a new level, or nothing.
    """

    __tablename__ = "series_alert"
    __table_args__ = (
        UniqueConstraint("series_id", "signal_on", "direction"),
        CheckConstraint("direction IN ('lower', 'higher')", name="direction_known"),
        CheckConstraint("rule IN ('outside', 'run', 'pair')", name="rule_known"),
        CheckConstraint("state IN ('open', 'incident', 'accepted', 'nothing')", name="state_known"),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled_has_time"),
        CheckConstraint("since <= signal_on AND signal_on < until", name="in_order"),
        Index("ix_series_alert_told_at", "told_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    series_id: Mapped[int] = mapped_column(ForeignKey("watched_series.id", ondelete="CASCADE"))
    series: Mapped[WatchedSeries] = relationship()
    direction: Mapped[str] = mapped_column(String(6))
    rule: Mapped[str] = mapped_column(String(10))
    since: Mapped[datetime]
    signal_on: Mapped[datetime]
    until: Mapped[datetime]
    level: Mapped[float] = mapped_column(Float)
    value: Mapped[float] = mapped_column(Float)
    low: Mapped[float | None] = mapped_column(Float)
    high: Mapped[float | None] = mapped_column(Float)
    n: Mapped[int]
    likely: Mapped[dict[str, Any]] = mapped_column(JSON)
    raised_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10), default="open")
    note: Mapped[str | None] = mapped_column(String(200))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    settled_by: Mapped[StaffMember | None] = relationship()
