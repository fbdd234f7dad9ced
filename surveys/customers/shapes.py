"""How a purchase and a customer look as JSON that comes in; hooks and CSV files use the same.

Here are types and lengths. What a well-formed value must not be (an unknown country, a link to
a script) is in `checks`.
"""

from typing import Any, Literal

from pydantic import Field

from surveys.api.shapes import Body, Line40, Line100, Line200, Line400, Line500, Line2000, Moment
from surveys.customers.checks import LARGEST_AMOUNT
from surveys.customers.records import CustomerRecord, ItemRecord, Money, Permission, PurchaseRecord

MOST_ITEMS = 200
MOST_ATTRIBUTES = 50


class MoneyIn(Body):
    """An amount in minor units, such as 1999 for 19.99, and its currency."""

    amount: int = Field(ge=-LARGEST_AMOUNT, le=LARGEST_AMOUNT)
    currency: Line100

    def record(self) -> Money:
        """Return the money as the house knows it."""
        return Money(self.amount, self.currency)


class PermissionIn(Body):
    """On what basis the customer may be asked, and since when.

    Strict countries (Germany and Austria unless the shop says otherwise) count `existing_customer`
    only with `evidence` and `opt_in` only with `confirmed_at`; see docs/permission.md.
    """

    basis: Literal["opt_in", "existing_customer", "none"]
    at: Moment | None = None
    evidence: Line2000 | None = Field(
        None, description="What they were shown or agreed to: the words, or where these are kept."
    )
    confirmed_at: Moment | None = Field(None, description="When they confirmed the opt-in (double opt-in).")


class CustomerIn(Body):
    """Someone who bought; with a reference or an e-mail address."""

    reference: Line200 | None = None
    email: Line400 | None = None
    name: Line200 | None = None
    locale: Line100 | None = None
    time_zone: Line100 | None = None
    country: Line100 | None = None
    permission: PermissionIn | None = None

    def record(self) -> CustomerRecord:
        """Return the customer as the house knows them, with what was left out unset."""
        given: dict[str, Any] = {name: getattr(self, name) for name in self.model_fields_set}
        if self.permission is not None:
            told = self.permission
            given["permission"] = Permission(told.basis, told.at, told.evidence, told.confirmed_at)
        return CustomerRecord(**given)


class ItemIn(Body):
    """One line of an order."""

    name: Line400
    sku: Line100 | None = None
    category: Line200 | None = None
    quantity: int = Field(1, ge=1, le=1_000_000)
    price: MoneyIn | None = None

    def record(self) -> ItemRecord:
        """Return the line as the house knows it."""
        price = self.price.record() if self.price else None
        return ItemRecord(
            name=self.name, sku=self.sku, category=self.category, quantity=self.quantity, price=price
        )


class PurchaseIn(Body):
    """An order with its customer, items and events; fields left out stay as they are."""

    reference: Line200
    brand: Line40 | None = None
    customer: CustomerIn
    items: list[ItemIn] = Field([], max_length=MOST_ITEMS)
    total: MoneyIn | None = None
    ship_country: Line100 | None = None
    carrier: Line100 | None = None
    order_url: Line2000 | None = None
    tracking_url: Line2000 | None = None
    placed_at: Moment
    promised_at: Moment | None = None
    shipped_at: Moment | None = None
    delivered_at: Moment | None = None
    cancelled_at: Moment | None = None
    returned_at: Moment | None = None
    refunded_at: Moment | None = None
    attributes: dict[Line100, Line500 | int | float | bool | None] = Field({}, max_length=MOST_ATTRIBUTES)

    def record(self) -> PurchaseRecord:
        """Return the purchase as the house knows it, with what was left out unset."""
        given: dict[str, Any] = {name: getattr(self, name) for name in self.model_fields_set - {"brand"}}
        given["customer"] = self.customer.record()
        if "items" in given:
            given["items"] = tuple(item.record() for item in self.items)
        if self.total is not None:
            given["total"] = self.total.record()
        return PurchaseRecord(**given)
