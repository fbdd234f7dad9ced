"""What somebody told us about a purchase, before it is anybody's row.

The API, shop hooks and CSV files all make a `PurchaseRecord` out of their input. A field that
was left out is UNSET and leaves what is stored as it is; None means that it is known to be
empty, and empties it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final


class Unset(Enum):
    """The kind of a field that was left out."""

    UNSET = "unset"


UNSET: Final = Unset.UNSET
Text = str | None | Unset
Moment = datetime | None | Unset


@dataclass(frozen=True)
class Money:
    """An amount in minor units (cents) of a currency (ISO 4217)."""

    amount: int
    currency: str


@dataclass(frozen=True)
class Permission:
    """On what basis somebody may be asked, and since when; `at` is None when nobody said.

    `evidence` is what they were shown or agreed to; `confirmed_at` when they confirmed an opt-in.
    """

    basis: str  # opt_in, existing_customer, none
    at: datetime | None = None
    evidence: str | None = None
    confirmed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CustomerRecord:
    """Someone who bought; known by a reference of the shop or by an address."""

    reference: Text = UNSET
    email: Text = UNSET
    name: Text = UNSET
    locale: Text = UNSET
    time_zone: Text = UNSET
    country: Text = UNSET
    permission: Permission | Unset | None = UNSET


@dataclass(frozen=True, kw_only=True)
class ItemRecord:
    """One line of an order."""

    name: str
    sku: str | None = None
    category: str | None = None
    quantity: int = 1
    price: Money | None = None


@dataclass(frozen=True, kw_only=True)
class PurchaseRecord:
    """An order as somebody told it; `items` and `attributes` are given whole or not at all."""

    reference: str
    customer: CustomerRecord
    placed_at: datetime
    items: tuple[ItemRecord, ...] | Unset = UNSET
    total: Money | Unset | None = UNSET
    ship_country: Text = UNSET
    carrier: Text = UNSET
    order_url: Text = UNSET
    tracking_url: Text = UNSET
    promised_at: Moment = UNSET
    shipped_at: Moment = UNSET
    delivered_at: Moment = UNSET
    cancelled_at: Moment = UNSET
    returned_at: Moment = UNSET
    refunded_at: Moment = UNSET
    attributes: Mapping[str, str | int | float | bool | None] | Unset = UNSET
