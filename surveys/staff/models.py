"""Staff members, their sessions, one-time links and failed sign-ins."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.database import Base, public_id
from surveys.errors import N_

ROLES = (N_("owner"), N_("admin"), N_("agent"), N_("analyst"))


class StaffMember(Base):
    """Someone who signs in.

    `capacity` is how many points of open tasks they are given at most (8 to 9999; None: no limit), `languages` the
    codes of those they write to customers in, none for all. Days of absences count in `time_zone`.
    """

    __tablename__ = "staff_member"
    __table_args__ = (
        CheckConstraint("role IN ('owner', 'admin', 'agent', 'analyst')", name="role_known"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("capacity BETWEEN 8 AND 9999", name="capacity_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(10))
    locale: Mapped[str] = mapped_column(String(5), default="en")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_active: Mapped[bool] = mapped_column(default=True)
    is_away: Mapped[bool] = mapped_column(default=False)
    time_zone: Mapped[str] = mapped_column(
        String(60), default="Europe/Berlin", server_default="Europe/Berlin"
    )
    capacity: Mapped[int | None]
    languages: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")
    keys_off: Mapped[bool] = mapped_column(default=False, server_default=false())
    made_by_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class StaffAbsence(Base):
    """Days on which somebody is not there, both included; the moments are those days in the person's time zone."""

    __tablename__ = "staff_absence"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint("begins_at < ends_at", name="lasts"),
        Index("ix_staff_absence_staff_id_ends_at", "staff_id", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class StaffSession(Base):
    """A signed-in browser: only the hash of its secret is kept, and it can be revoked."""

    __tablename__ = "staff_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"), index=True)
    staff: Mapped[StaffMember] = relationship(lazy="joined")
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class OneTimeLink(Base):
    """A link that lets somebody set a password once: first owner, invitation or reset."""

    __tablename__ = "one_time_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="CASCADE"))
    staff: Mapped[StaffMember | None] = relationship()
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class FailedSignIn(Base):
    """One wrong password, kept for as long as it slows the next try down."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (
        Index("ix_failed_sign_in_account", "account", "failed_at"),
        Index("ix_failed_sign_in_address", "address", "failed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(254))
    address: Mapped[str] = mapped_column(String(45))  # a keyed hash of the network, see `views.caller`
    failed_at: Mapped[datetime]
