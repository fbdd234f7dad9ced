"""Saved views, what was stored of them, links to them, and who gets which of them by mail."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.notices.models import StaffMail
from surveys.database import Base, public_id
from surveys.staff.models import StaffMember

INSIGHTS, EXPLORE, THEMES, RESPONSES = "insights", "explore", "themes", "responses"
PAGES = (INSIGHTS, EXPLORE, THEMES, RESPONSES)
REPORT_OF_ALL = text("view_id IS NULL")


class SavedView(Base):
    """An address of a page under a name; `query` is what `Selection.query` said, and what the page chooses beside it.

    With `last_days` it moves with time and always shows that many days up to today; without, `query` has its days.
    """

    __tablename__ = "saved_view"
    __table_args__ = (
        UniqueConstraint("owner_id", "name"),
        CheckConstraint("last_days BETWEEN 1 AND 1831", name="last_days_range"),
        CheckConstraint("page IN ('insights', 'explore', 'themes', 'responses')", name="page_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    owner_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"))
    owner: Mapped[StaffMember] = relationship()
    name: Mapped[str] = mapped_column(String(60))
    page: Mapped[str] = mapped_column(String(10), default=INSIGHTS)
    query: Mapped[dict[str, str]] = mapped_column(JSON)
    last_days: Mapped[int | None]
    is_shared: Mapped[bool]
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class StoredReport(Base):
    """The numbers of a view as they were known at `as_of`, and what is needed to count them again.

    `query` has the days it covers; `figures` are the counts by score of each survey that was shown; `versions` name
    questionnaires, reader and book of phrases of that time. `last_response_id` is the newest answer there was: what
    has come in since, even with an older date, is told by it.
    """

    __tablename__ = "stored_report"
    __table_args__ = (
        UniqueConstraint("view_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    view_id: Mapped[int] = mapped_column(ForeignKey("saved_view.id", ondelete="CASCADE"))
    view: Mapped[SavedView] = relationship()
    number: Mapped[int]
    query: Mapped[dict[str, str]] = mapped_column(JSON)
    as_of: Mapped[datetime]
    last_response_id: Mapped[int]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    versions: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    made_by: Mapped[StaffMember | None] = relationship()


class ReportLink(Base):
    """A link by which anybody may read a view until `expires_at` or until it is revoked.

    Only the hash of its token is kept, so it is shown once. `last_used_at` is noted at most once a minute; `next_at`
    is the pace at which it may be opened (`links.pacing`).
    """

    __tablename__ = "report_link"
    __table_args__ = (CheckConstraint("expires_at > made_at", name="lasts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    view_id: Mapped[int] = mapped_column(ForeignKey("saved_view.id", ondelete="CASCADE"), index=True)
    view: Mapped[SavedView] = relationship()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    made_by: Mapped[StaffMember | None] = relationship()
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]


class ReportReader(Base):
    """Somebody who gets a view by mail at its rhythm, or the monthly report, which is of no view.

    `told_until` is the last day that they were told of, or told nothing of while the digest pauses.
    """

    __tablename__ = "report_reader"
    __table_args__ = (
        UniqueConstraint("view_id", "staff_id"),
        Index(
            "uq_report_reader_staff_id_monthly",
            "staff_id",
            unique=True,
            sqlite_where=REPORT_OF_ALL,
            postgresql_where=REPORT_OF_ALL,
        ),
        CheckConstraint("rhythm IN ('daily', 'weekly', 'monthly')", name="rhythm_known"),
        CheckConstraint("view_id IS NOT NULL OR rhythm = 'monthly'", name="report_is_monthly"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"), index=True)
    staff: Mapped[StaffMember] = relationship()
    view_id: Mapped[int | None] = mapped_column(ForeignKey("saved_view.id", ondelete="CASCADE"))
    view: Mapped[SavedView | None] = relationship()
    rhythm: Mapped[str] = mapped_column(String(8))
    since: Mapped[datetime]
    told_until: Mapped[date | None]
    is_paused: Mapped[bool] = mapped_column(default=False)


class ReportMail(StaffMail, Base):
    """One mail to one reader about the days `first_day` to `last_day`; with `is_pause` it says that it pauses."""

    __tablename__ = "report_mail"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'sent', 'failed')", name="state_known"),
        CheckConstraint("state = 'queued' OR due_at IS NULL", name="settled_is_not_due"),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        UniqueConstraint("reader_id", "last_day"),
    )

    reader_id: Mapped[int] = mapped_column(ForeignKey("report_reader.id", ondelete="CASCADE"))
    reader: Mapped[ReportReader] = relationship()
    first_day: Mapped[date]
    last_day: Mapped[date]
    is_pause: Mapped[bool] = mapped_column(default=False)
