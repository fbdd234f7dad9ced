"""Declared sources of permission, requests to confirm, and the list of addresses we do not write to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.brand.models import Brand
from surveys.customers.models import Customer
from surveys.database import Base, public_id
from surveys.staff.models import StaffMember
from surveys.work import Claimable


class PermissionSource(Base):
    """What a brand declares about the permission of customers that come by one way.

    It covers purchases from `since` on, until it is replaced (`until`). One that was declared by
    mistake is withdrawn and then covers nobody. Rows are kept: they are the evidence.
    """

    __tablename__ = "permission_source"
    __table_args__ = (
        CheckConstraint("basis IN ('opt_in', 'existing_customer', 'none')", name="basis_known"),
        Index("ix_permission_source_brand_id", "brand_id", "source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"))
    brand: Mapped[Brand] = relationship()
    source: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str] = mapped_column(String(20))
    evidence: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    declared_at: Mapped[datetime]
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    declared_by: Mapped[StaffMember | None] = relationship()
    withdrawn_at: Mapped[datetime | None]


class AddressKey(Base):
    """The key that addresses are hashed with; one row, made once, so that it outlives other secrets."""

    __tablename__ = "address_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))


class Suppression(Base):
    """An address nobody here writes to; kept as a keyed hash, with just enough to recognise it by eye.

    `brand_id` None means every brand. A released row stays as history.
    """

    __tablename__ = "suppression"
    __table_args__ = (
        CheckConstraint("reason IN ('bounce', 'complaint', 'manual', 'import')", name="reason_known"),
        Index(
            "uq_suppression_everywhere",
            "address_hash",
            unique=True,
            sqlite_where=text("brand_id IS NULL AND released_at IS NULL"),
            postgresql_where=text("brand_id IS NULL AND released_at IS NULL"),
        ),
        Index(
            "uq_suppression_brand",
            "address_hash",
            "brand_id",
            unique=True,
            sqlite_where=text("brand_id IS NOT NULL AND released_at IS NULL"),
            postgresql_where=text("brand_id IS NOT NULL AND released_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    brand_id: Mapped[int | None] = mapped_column(ForeignKey("brand.id"), index=True)
    brand: Mapped[Brand | None] = relationship()
    address_hash: Mapped[str] = mapped_column(String(64), index=True)
    masked: Mapped[str] = mapped_column(String(254))
    reason: Mapped[str] = mapped_column(String(10))
    code: Mapped[str | None] = mapped_column(String(20))  # of the mail server, such as 5.1.1
    at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    added_by: Mapped[StaffMember | None] = relationship(foreign_keys=added_by_id)
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    released_by: Mapped[StaffMember | None] = relationship(foreign_keys=released_by_id)


class Bounce(Base):
    """One time a mail came back; enough of them put an address on the list."""

    __tablename__ = "bounce"
    __table_args__ = (CheckConstraint("kind IN ('hard', 'other', 'soft', 'complaint')", name="kind_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int | None] = mapped_column(ForeignKey("brand.id"), index=True)  # None: every brand
    address_hash: Mapped[str] = mapped_column(String(64), index=True)
    masked: Mapped[str] = mapped_column(String(254))
    kind: Mapped[str] = mapped_column(String(10))
    code: Mapped[str | None] = mapped_column(String(20))
    said: Mapped[str | None] = mapped_column(String(500))
    told_by: Mapped[str] = mapped_column(String(20))  # mail, hook, smtp
    key: Mapped[str | None] = mapped_column(String(64), unique=True)  # the same report twice is one
    at: Mapped[datetime]


class ConsentRequest(Claimable, Base):
    """A request to confirm a consent: one mail, one page with a button, good for 14 days.

    `text` is what the page asks; confirming stores it as the evidence.
    """

    __tablename__ = "consent_request"
    __table_args__ = (
        CheckConstraint("state IN ('planned', 'sent', 'refused', 'failed', 'uncertain')", name="state_known"),
        CheckConstraint("state = 'planned' OR due_at IS NULL", name="settled_is_not_due"),
        Index(
            "uq_consent_request_by_itself",
            "customer_id",
            unique=True,
            sqlite_where=text("by_itself"),
            postgresql_where=text("by_itself"),
        ),
    )

    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    customer: Mapped[Customer] = relationship()
    # A confirmation counts for this address only; by itself nobody asks the same address twice.
    email: Mapped[str] = mapped_column(String(254), index=True)
    locale: Mapped[str] = mapped_column(String(5))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="planned")
    mails: Mapped[int] = mapped_column(default=1)  # 2 after it was sent once more
    requested_at: Mapped[datetime]
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    by_itself: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # once per customer at most
    expires_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
