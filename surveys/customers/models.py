"""Customers, purchases, objections, and the inbox of signed order events."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.brand.models import Brand, ShopConnection
from surveys.database import Base, public_id
from surveys.staff.models import StaffMember

PRICED = text("currency IS NOT NULL")


class Customer(Base):
    """Someone who bought: (brand, reference), or (brand, lower-cased address) without one."""

    __tablename__ = "customer"
    __table_args__ = (
        UniqueConstraint("brand_id", "reference"),
        Index(
            "uq_customer_brand_id_email_alone",
            "brand_id",
            "email",
            unique=True,
            sqlite_where=text("reference IS NULL"),
            postgresql_where=text("reference IS NULL"),
        ),
        Index("ix_customer_brand_id_email", "brand_id", "email"),
        Index(
            "ix_customer_unconfirmed",
            "brand_id",
            "basis_at",
            sqlite_where=text("basis = 'opt_in' AND basis_confirmed_at IS NULL"),
            postgresql_where=text("basis = 'opt_in' AND basis_confirmed_at IS NULL"),
        ),
        CheckConstraint("reference IS NOT NULL OR email IS NOT NULL", name="known_by_something"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("basis IN ('opt_in', 'existing_customer', 'none')", name="basis_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"), index=True)
    brand: Mapped[Brand] = relationship()
    reference: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    name: Mapped[str | None] = mapped_column(String(200))
    locale: Mapped[str | None] = mapped_column(String(10))
    time_zone: Mapped[str | None] = mapped_column(String(60))
    country: Mapped[str | None] = mapped_column(String(2))
    basis: Mapped[str | None] = mapped_column(String(20))  # None: the brand's default holds
    basis_at: Mapped[datetime | None]
    basis_confirmed_at: Mapped[datetime | None]  # when an opt-in was confirmed a second time
    basis_evidence: Mapped[str | None] = mapped_column(Text)  # what they were shown or agreed to
    source: Mapped[str | None] = mapped_column(String(20))  # by which way the shop told us of them
    objected_at: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]  # no questions until then, as the customer asked; see `pausing`
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    owner: Mapped[StaffMember | None] = relationship()
    # Set: this is a duplicate; what the shop tells of it belongs to the other one (see `feedback.overview.merging`).
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"), index=True)
    merged_into: Mapped["Customer | None"] = relationship(remote_side="Customer.id")
    made_by_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    @property
    def display_name(self) -> str:
        """The name, else the address, else the shop's reference."""
        return self.name or self.email or self.reference or ""


class PermissionEvent(Base):
    """One line of a customer's consent history; it is added to and never changed.

    `kind` is one of `permission.KINDS`; `evidence` holds texts and times as they were then.
    """

    __tablename__ = "permission_event"
    __table_args__ = (Index("ix_permission_event_customer_id", "customer_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"))
    customer: Mapped[Customer] = relationship()
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str | None] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(20))
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    actor: Mapped[StaffMember | None] = relationship()


class Objection(Base):
    """An address that must not be asked by this brand again; it beats every later import."""

    __tablename__ = "objection"
    __table_args__ = (UniqueConstraint("brand_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"))
    email: Mapped[str] = mapped_column(String(254))
    objected_at: Mapped[datetime]
    source: Mapped[str] = mapped_column(String(20))  # page, one_click, staff


class CustomerHold(Base):
    """Something that keeps a customer from being asked for now, such as a problem somebody looks after.

    `key` names what holds, so that it can let go; `reason` is one of the reasons of invitations.
    """

    __tablename__ = "customer_hold"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    reason: Mapped[str] = mapped_column(String(30))
    held_at: Mapped[datetime]


class Purchase(Base):
    """An order with its items and events.

    `considered_at` is None while the purchase is new or changed and nobody has yet decided
    whether to ask about it; the planning of invitations writes it.
    """

    __tablename__ = "purchase"
    __table_args__ = (
        UniqueConstraint("brand_id", "reference"),
        Index(
            "ix_purchase_unconsidered",
            "id",
            sqlite_where=text("considered_at IS NULL"),
            postgresql_where=text("considered_at IS NULL"),
        ),
        Index("ix_purchase_customer_id_placed_at", "customer_id", "placed_at", "id"),
        Index("ix_purchase_priced", "brand_id", "id", sqlite_where=PRICED, postgresql_where=PRICED),
        CheckConstraint("(total_amount IS NULL) = (currency IS NULL)", name="money_has_currency"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"))
    brand: Mapped[Brand] = relationship()
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    customer: Mapped[Customer] = relationship()
    reference: Mapped[str] = mapped_column(String(200))
    total_amount: Mapped[int | None]
    currency: Mapped[str | None] = mapped_column(String(3))
    ship_country: Mapped[str | None] = mapped_column(String(2))
    carrier: Mapped[str | None] = mapped_column(String(100))
    order_url: Mapped[str | None] = mapped_column(String(2000))
    tracking_url: Mapped[str | None] = mapped_column(String(2000))
    placed_at: Mapped[datetime]
    promised_at: Mapped[datetime | None]
    shipped_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    refunded_at: Mapped[datetime | None]
    attributes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    considered_at: Mapped[datetime | None]
    items: Mapped[list["PurchaseItem"]] = relationship(
        back_populates="purchase", order_by="PurchaseItem.position", cascade="all, delete-orphan"
    )

    @property
    def is_late(self) -> bool | None:
        """Whether it came after the promised moment; None when either is unknown."""
        if self.promised_at is None or self.delivered_at is None:
            return None
        return self.delivered_at > self.promised_at


class PurchaseItem(Base):
    """One line of an order."""

    __tablename__ = "purchase_item"
    __table_args__ = (
        UniqueConstraint("purchase_id", "position"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("(price_amount IS NULL) = (price_currency IS NULL)", name="money_has_currency"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    purchase_id: Mapped[int] = mapped_column(ForeignKey("purchase.id", ondelete="CASCADE"))
    purchase: Mapped[Purchase] = relationship(back_populates="items")
    position: Mapped[int]
    sku: Mapped[str | None] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(400))
    category: Mapped[str | None] = mapped_column(String(200))
    quantity: Mapped[int] = mapped_column(default=1)
    price_amount: Mapped[int | None]
    price_currency: Mapped[str | None] = mapped_column(String(3))


class OrderEvent(Base):
    """A signed order event as it came in: acknowledged after one insert, read by a tick.

    `body_hash` makes the same delivery sent twice one row; for connected shops it covers the
    connection and the topic too. An event that cannot be read is kept with its `problem`, so
    that the shop does not switch its hook off. `object_key`, `customer_key` and `told_at` are
    what the reading found: the order and the customer it tells of, and the moment it tells of.
    """

    __tablename__ = "order_event"
    __table_args__ = (
        UniqueConstraint("brand_id", "source", "body_hash"),
        Index(
            "ix_order_event_unread",
            "id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index("ix_order_event_connection_id_id", "connection_id", "id"),
        Index(
            "ix_order_event_unusable",
            "id",
            sqlite_where=text("problem IS NOT NULL"),
            postgresql_where=text("problem IS NOT NULL"),
        ),
        Index("ix_order_event_connection_id_object_key", "connection_id", "object_key"),
        Index("ix_order_event_connection_id_customer_key", "connection_id", "customer_key", "told_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"))
    brand: Mapped[Brand] = relationship()
    connection_id: Mapped[int | None] = mapped_column(ForeignKey("shop_connection.id"))
    connection: Mapped[ShopConnection | None] = relationship()
    source: Mapped[str] = mapped_column(String(20))
    topic: Mapped[str | None] = mapped_column(String(60))
    delivery_key: Mapped[str | None] = mapped_column(String(100))  # the shop's own name for the delivery
    triggered_at: Mapped[datetime | None]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    body_hash: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    problem: Mapped[str | None] = mapped_column(String(1000))
    outcome: Mapped[str | None] = mapped_column(String(20))
    object_key: Mapped[str | None] = mapped_column(String(80))
    customer_key: Mapped[str | None] = mapped_column(String(300))
    told_at: Mapped[datetime | None]


class PrivacyRequest(Base):
    """Somebody wants to see their data, or to have it deleted; a shop wants that for all of its data.

    `customer_reference`, `email` and `told` (the orders that were named) are as they were told;
    whoever settles the request empties them. An event makes one request, however often it is read.
    """

    __tablename__ = "privacy_request"
    __table_args__ = (
        CheckConstraint("kind IN ('disclosure', 'erasure', 'shop_erasure')", name="kind_known"),
        Index(
            "ix_privacy_request_open",
            "due_at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"), index=True)
    brand: Mapped[Brand] = relationship()
    customer_id: Mapped[int | None] = mapped_column(
        ForeignKey("customer.id", ondelete="SET NULL"), index=True
    )
    customer: Mapped[Customer | None] = relationship()
    kind: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(20))  # shopify, staff
    event_id: Mapped[int | None] = mapped_column(
        ForeignKey("order_event.id", ondelete="SET NULL"), unique=True
    )
    customer_reference: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    told: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    received_at: Mapped[datetime]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    note: Mapped[str | None] = mapped_column(String(1000))
