"""What is kept added up, and the marks of what has changed since."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.database import Base

SUBJECT_KNOWN = "subject IN ('answers', 'invitations', 'themes')"


class RollupCalendar(Base):
    """How far the days of one calendar are added up, of one subject: answers, invitations, or themes.

    Every day before `rolled_until` is, but for those with a mark; None before the first. `checked_until` is how far the
    hourly check has come on its way through them. `differed_days` were found to differ from the rows, the last of them
    at `differed_at`, and were counted anew.
    """

    __tablename__ = "rollup_calendar"
    __table_args__ = (
        UniqueConstraint("subject", "zone"),
        CheckConstraint(SUBJECT_KNOWN, name="subject_known"),
        CheckConstraint("(differed_at IS NULL) = (differed_days = 0)", name="differed_has_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(11))
    zone: Mapped[str] = mapped_column(String(60))
    rolled_until: Mapped[date | None]
    checked_until: Mapped[date | None]
    differed_days: Mapped[int] = mapped_column(default=0, server_default="0")
    differed_at: Mapped[datetime | None]


class RollupMark(Base):
    """Something about an answer, an invitation, or what an answer mentions, of this moment has changed.

    `at` is None where that may be any moment.
    Triggers write it (see `triggers`), whoever adds the day up takes it away.
    """

    __tablename__ = "rollup_mark"
    __table_args__ = (
        CheckConstraint(SUBJECT_KNOWN, name="subject_known"),
        Index("ix_rollup_mark_subject_at", "subject", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(11))
    at: Mapped[datetime | None]


class Cell:
    """Where something is counted: a stretch of time, a survey, a brand, and where it comes from.

    A *day* and a *month* are told apart by country, carrier and language ("-" where one is not known); the *whole* day
    is not, there all three are "*". A month is the sum of its days, and is there only when it is over.
    """

    calendar_id: Mapped[int] = mapped_column(
        ForeignKey("rollup_calendar.id", ondelete="CASCADE"), primary_key=True
    )
    unit: Mapped[str] = mapped_column(String(5), primary_key=True)
    start: Mapped[date] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id", ondelete="CASCADE"), primary_key=True)
    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    carrier: Mapped[str] = mapped_column(String(100), primary_key=True)
    language: Mapped[str] = mapped_column(String(5), primary_key=True)


UNIT_KNOWN = "unit IN ('whole', 'day', 'month')"


class Scores:
    """How many answers gave each score, from 0 to 10: more points no scale has."""

    n0: Mapped[int]
    n1: Mapped[int]
    n2: Mapped[int]
    n3: Mapped[int]
    n4: Mapped[int]
    n5: Mapped[int]
    n6: Mapped[int]
    n7: Mapped[int]
    n8: Mapped[int]
    n9: Mapped[int]
    n10: Mapped[int]


class AnswerRollup(Cell, Scores, Base):
    """How many answers of a cell gave each score.

    `refused` are the unhappy ones among them that do not want to be contacted.
    """

    __tablename__ = "answer_rollup"
    __table_args__ = (
        CheckConstraint(UNIT_KNOWN, name="unit_known"),
        {"sqlite_with_rowid": False},
    )

    refused: Mapped[int]


class ThemeRollup(Cell, Scores, Base):
    """How many answers of a cell gave each score and mention `code`, and how many sound how where they do.

    A code is one of the first level, one of the second, or "": a comment that was read, whatever it is about. There are
    no *whole* days of them.
    """

    __tablename__ = "theme_rollup"
    __table_args__ = (
        CheckConstraint("unit IN ('day', 'month')", name="unit_known"),
        {"sqlite_with_rowid": False},
    )

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    negative: Mapped[int]
    neutral: Mapped[int]
    positive: Mapped[int]


class InvitationRollup(Cell, Base):
    """What became of the invitations of a cell; see `response_rates.Dispositions`."""

    __tablename__ = "invitation_rollup"
    __table_args__ = (
        CheckConstraint(UNIT_KNOWN, name="unit_known"),
        {"sqlite_with_rowid": False},
    )

    complete: Mapped[int]
    partial: Mapped[int]
    silent: Mapped[int]
    unclear: Mapped[int]  # `unknown` there
