"""Brands, the shop systems connected to them, and the secrets those sign order events with."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Interval, LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.brand.corners import SOFT
from surveys.database import Base, public_id

BASES = ("opt_in", "existing_customer", "none")


class Brand(Base):
    """One shop: how it looks, who it writes as, and when it works."""

    __tablename__ = "brand"
    __table_args__ = (
        CheckConstraint("default_basis IN ('opt_in', 'existing_customer', 'none')", name="basis_known"),
        CheckConstraint("opens >= 0 AND opens < closes AND closes <= 1440", name="business_hours"),
        CheckConstraint(
            "active_days >= 1 AND active_days < lapsed_days AND lapsed_days <= 3650", name="stage_days"
        ),
        CheckConstraint("thanks_per_day BETWEEN 0 AND 50", name="thanks_range"),
        CheckConstraint("corners IN ('square', 'soft', 'round')", name="corners_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    colour: Mapped[str] = mapped_column(String(7), default="#0f4c5c")
    corners: Mapped[str] = mapped_column(String(10), default=SOFT, server_default=SOFT)
    sender_name: Mapped[str | None] = mapped_column(String(100))
    sender_email: Mapped[str | None] = mapped_column(String(254))
    reply_to: Mapped[str | None] = mapped_column(String(254))
    postal_address: Mapped[str | None] = mapped_column(Text)
    privacy_url: Mapped[str | None] = mapped_column(String(500))
    imprint_url: Mapped[str | None] = mapped_column(String(500))
    logo_mark: Mapped[str | None] = mapped_column(String(10))  # changes with the logo; None: there is none
    locale: Mapped[str] = mapped_column(String(5), default="en")
    time_zone: Mapped[str] = mapped_column(String(60), default="Europe/Berlin")
    opens: Mapped[int] = mapped_column(default=540)  # minutes after midnight
    closes: Mapped[int] = mapped_column(default=1080)
    business_days: Mapped[str] = mapped_column(String(7), default="01234")  # 0 is Monday
    holidays: Mapped[list[Any]] = mapped_column(JSON, default=list)  # ISO dates
    default_basis: Mapped[str] = mapped_column(String(20), default="none")
    # There a basis alone is not enough to ask by mail; see docs/permission.md.
    strict_countries: Mapped[list[Any]] = mapped_column(
        JSON, default=lambda: ["AT", "DE"], server_default='["AT", "DE"]'
    )
    # Whether a fresh opt-in is asked for its confirmation by itself; see `surveys.permission.prompts`.
    asks_to_confirm: Mapped[bool] = mapped_column(default=False, server_default=false())
    # After a task was resolved, and after a replacement was delivered.
    check_back_after: Mapped[timedelta] = mapped_column(Interval, default=timedelta(days=7))
    check_back_after_replacement: Mapped[timedelta] = mapped_column(Interval, default=timedelta(days=3))
    # How many happy customers a day are proposed for a thank-you.
    thanks_per_day: Mapped[int] = mapped_column(default=3, server_default="3")
    # Days after the last order: until then a customer is active, after the second they have lapsed.
    active_days: Mapped[int] = mapped_column(default=90, server_default="90")
    lapsed_days: Mapped[int] = mapped_column(default=180, server_default="180")
    made_by_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    hook_secrets: Mapped[list["HookSecret"]] = relationship(back_populates="brand", order_by="HookSecret.id")

    @property
    def holiday_dates(self) -> frozenset[date]:
        """The brand's holidays as dates."""
        return frozenset(date.fromisoformat(day) for day in self.holidays)


class BrandLogo(Base):
    """A brand's picture, in a table of its own because few who ask for a brand want it."""

    __tablename__ = "brand_logo"

    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id", ondelete="CASCADE"), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(20))
    picture: Mapped[bytes] = mapped_column(LargeBinary)


class HookSecret(Base):
    """A secret that a shop signs its order events with; two may live during rotation.

    It is kept in clear because a signature can only be checked with the secret itself.
    """

    __tablename__ = "hook_secret"

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id", ondelete="CASCADE"), index=True)
    brand: Mapped[Brand] = relationship(back_populates="hook_secrets")
    secret: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class ShopConnection(Base):
    """A shop system that sends its events by its own hooks, such as Shopify or WooCommerce.

    `address` is the host (and path) of the shop; `prefix` stands before order and customer
    numbers where two shops of one brand count alike. A connection that was ended stays, because
    its events do, and because requests about personal data may still arrive.
    """

    __tablename__ = "shop_connection"
    __table_args__ = (CheckConstraint("kind IN ('shopify', 'woocommerce')", name="kind_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"), index=True)
    brand: Mapped[Brand] = relationship()
    kind: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(200))
    prefix: Mapped[str] = mapped_column(String(20), default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]  # when it last sent something that was turned away
    refused_why: Mapped[str | None] = mapped_column(String(20))
    secrets: Mapped[list["ShopSecret"]] = relationship(back_populates="connection", order_by="ShopSecret.id")


class ShopSecret(Base):
    """A secret that a connected shop signs with; the old one counts until `ends_at` after a change.

    It is kept in clear because a signature can only be checked with the secret itself.
    """

    __tablename__ = "shop_secret"

    id: Mapped[int] = mapped_column(primary_key=True)
    connection_id: Mapped[int] = mapped_column(
        ForeignKey("shop_connection.id", ondelete="CASCADE"), index=True
    )
    connection: Mapped[ShopConnection] = relationship(back_populates="secrets")
    secret: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
