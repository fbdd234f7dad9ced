"""Proofs that somebody's data was erased, reports of what was forgotten in time, and links to one's own data."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.customers.models import Customer
from surveys.database import Base, public_id
from surveys.staff.models import StaffMember
from surveys.work import Claimable


class Erasure(Base):
    """One person was erased. It says nothing about them: two keyed hashes, how many rows, when, by whom.

    `subject_hash` finds the same row again in a restored copy; `address_hash` answers "was this
    address erased?" and is None for somebody without one. `counts` are rows by table.
    """

    __tablename__ = "erasure"
    __table_args__ = (CheckConstraint("way IN ('page', 'command', 'again', 'own')", name="way_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    at: Mapped[datetime]
    way: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    by: Mapped[StaffMember | None] = relationship()
    subject_hash: Mapped[str] = mapped_column(String(64), index=True)
    address_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ForgettingRun(Base):
    """One day's forgetting: what had been kept for as long as it may be; `counts` by what it was."""

    __tablename__ = "forgetting_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class OwnDataLink(Claimable, Base):
    """A customer's wish to take out or to erase their own data, and the mail with the link that does it.

    The page where they ask may have been opened by somebody a mail was forwarded to; so nothing happens before
    the link was opened that went to the address on file. It is good for an hour from when it left, and once.
    """

    __tablename__ = "own_data_link"
    __table_args__ = (
        CheckConstraint("kind IN ('disclosure', 'erasure')", name="kind_known"),
        CheckConstraint("state IN ('planned', 'sent', 'refused', 'failed', 'uncertain')", name="state_known"),
        CheckConstraint("state = 'planned' OR due_at IS NULL", name="settled_is_not_due"),
        Index("ix_own_data_link_customer_id_requested_at", "customer_id", "requested_at"),
    )

    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"))
    customer: Mapped[Customer] = relationship()
    kind: Mapped[str] = mapped_column(String(10))
    email: Mapped[str] = mapped_column(String(254))  # The link is worth nothing once the address has changed.
    locale: Mapped[str] = mapped_column(String(5))
    state: Mapped[str] = mapped_column(String(10), default="planned")
    requested_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
