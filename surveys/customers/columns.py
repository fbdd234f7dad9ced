"""Which columns a CSV file of purchases or customers may have: the field names of the API with dots.

Lines of an order are numbered from 1: items.1.sku, items.1.name, items.2.sku …
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

MOMENTS = ("promised_at", "shipped_at", "delivered_at", "cancelled_at", "returned_at", "refunded_at")
CUSTOMER = (
    "reference",
    "email",
    "name",
    "locale",
    "time_zone",
    "country",
    "permission.basis",
    "permission.at",
    "permission.evidence",
    "permission.confirmed_at",
)
PURCHASE = (
    "reference",
    "brand",
    "placed_at",
    *MOMENTS,
    *(f"customer.{name}" for name in CUSTOMER),
    "total.amount",
    "total.currency",
    "ship_country",
    "carrier",
    "order_url",
    "tracking_url",
)
ITEM = re.compile(
    r"items\.([1-9][0-9]?)\.(sku|name|category|quantity|price\.amount|price\.currency)", re.ASCII
)
ATTRIBUTES = "attributes"
ATTRIBUTE = re.compile(rf"{ATTRIBUTES}\.[^.\s][^.]{{0,99}}")
NUMBERS = re.compile(r"(.+\.)?(amount|quantity)")
WHOLE = re.compile(r"[+-]?[0-9]{1,15}", re.ASCII)
PURCHASE_REQUIRED = (("reference",), ("placed_at",), ("customer.reference", "customer.email"))
CUSTOMER_REQUIRED = (("reference", "email"),)


def is_purchase_column(name: str) -> bool:
    """Return whether a file of purchases may have this column."""
    return name in PURCHASE or bool(ITEM.fullmatch(name) or ATTRIBUTE.fullmatch(name))


def is_customer_column(name: str) -> bool:
    """Return whether a file of customers may have this column."""
    return name in CUSTOMER or name == "brand"


def nested(cells: dict[str, str]) -> dict[str, Any]:
    """Return the cells as the JSON body they stand for; whole numbers become numbers.

    What should be a number and is none stays a text, for the body's schema to refuse.
    """
    body: dict[str, Any] = {}
    items: dict[int, dict[str, Any]] = {}
    for name, text in cells.items():
        number, path, last, is_number = parsed(name)
        value = int(text) if is_number and WHOLE.fullmatch(text) else text
        place = items.setdefault(number, {}) if number else body
        for part in path:
            place = place.setdefault(part, {})
        place[last] = value
    if items:
        body["items"] = [items[number] for number in sorted(items)]
    return body


@lru_cache(maxsize=1000)
def parsed(name: str) -> tuple[int, tuple[str, ...], str, bool]:
    """Return of a column the number of its line of the order (0 without), its path, its field, if it counts."""
    item = ITEM.fullmatch(name)
    *path, last = item[2].split(".") if item else name.split(".")
    return int(item[1]) if item else 0, tuple(path), last, bool(NUMBERS.fullmatch(name))


def column_of(location: Sequence[str | int], cells: Mapping[str, str]) -> str:
    """Return the name of the column that a place in the nested body came from."""
    parts = list(location)
    if len(parts) > 1 and parts[0] == "items":
        numbers = sorted({int(item[1]) for item in map(ITEM.fullmatch, cells) if item})
        parts[1] = numbers[int(parts[1])]
    return ".".join(str(part) for part in parts)
