"""What is most common among the latest orders: for ready-made segments, and to be offered where values are typed."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from surveys.customers.models import Customer, Purchase, PurchaseItem
from surveys.database import db
from surveys.segments.starters import Common

LATEST = 2_000  # orders that say what is common
OFFERED = 12  # values of one field
COUNTRY = func.coalesce(Purchase.ship_country, Customer.country)
LANGUAGE = func.substr(Customer.locale, 1, 2)


def common_in(brand_id: int) -> Common:
    """Return what is most common among the brand's latest orders: two countries, two languages, one product."""
    are_latest = among_latest(brand_id)
    item = (PurchaseItem.sku, func.max(PurchaseItem.name))
    bought = select(*item).join(PurchaseItem.purchase).where(are_latest, PurchaseItem.sku.is_not(None))
    product = bought.group_by(PurchaseItem.sku).order_by(func.count().desc(), PurchaseItem.sku).limit(1)
    products = [(sku, name) for sku, name in db.session.execute(product).tuples() if sku]
    orders = select(Purchase.id).join(Purchase.customer).where(are_latest)
    return Common(most(orders, COUNTRY, 2), most(orders, LANGUAGE, 2), products)


def frequent_in(brand_id: int | None = None) -> dict[str, list[str]]:
    """Return the most frequent values by the fields of conditions, of one brand or of all."""
    found = {"country": COUNTRY, "language": LANGUAGE, "carrier": Purchase.carrier}
    bought = {"sku": PurchaseItem.sku, "product": PurchaseItem.name, "category": PurchaseItem.category}
    return {field: frequent_of_orders(column, brand_id) for field, column in found.items()} | {
        field: frequent_of_items(column, brand_id) for field, column in bought.items()
    }


def frequent_of_orders(column: Any, brand_id: int | None, some: int = OFFERED) -> list[str]:
    """Return the most frequent values of a column of orders or their customers among the latest orders."""
    return most(select(Purchase.id).join(Purchase.customer).where(among_latest(brand_id)), column, some)


def frequent_of_items(column: Any, brand_id: int | None, some: int = OFFERED) -> list[str]:
    """Return the most frequent values of a column of what was bought with the latest orders."""
    return most(
        select(PurchaseItem.id).join(PurchaseItem.purchase).where(among_latest(brand_id)), column, some
    )


def among_latest(brand_id: int | None) -> ColumnElement[bool]:
    """Return the condition that an order is among the latest."""
    latest = select(Purchase.id).order_by(Purchase.id.desc()).limit(LATEST)
    return Purchase.id.in_(latest if brand_id is None else latest.where(Purchase.brand_id == brand_id))


def most(rows: Select[Any], column: Any, some: int) -> list[str]:
    """Return the values of a column that most of the rows have, the most frequent first."""
    counted = rows.with_only_columns(column).where(column.is_not(None)).group_by(column)
    ordered = counted.order_by(func.count().desc(), column).limit(some)
    return [found for found in db.session.scalars(ordered) if found]
