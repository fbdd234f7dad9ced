"""The dimensions of an answer: their names in addresses, and what their values look like.

A dimension *parts* the answers when each has exactly one value; one that is not known is written "-". Products,
categories, segments and themes do not part: an order holds several products, and a comment speaks of several things.
An answer then belongs to each of its values, and groups overlap.

A question of a survey of which an answer has one of a few values parts the answers to that survey, too. It is written
"answer.KEY"; pages split by it, but restrict nothing to one of its values.

Order values are put into bands of one currency each, because money of two currencies has no sum: "EUR-2" is the
second band of orders in euros.
"""

import re
from typing import NamedTuple

from surveys.code_book.themes import DETAILS, THEMES
from surveys.segments.past import STAGES

UNKNOWN = "-"
CHOICE = "answer."
BASIC = ("country", "carrier", "language")
FURTHER = (
    "touchpoint",
    "product",
    "category",
    "lateness",
    "channel",
    "stage",
    "segment",
    "buyer",
    "value",
    "theme",
)
EVERY = BASIC + FURTHER
OVERLAPPING = frozenset({"product", "category", "segment", "theme"})
PARTING = tuple(name for name in EVERY if name not in OVERLAPPING)
# What is known of everybody who was asked, whether they answered or not; it does not change with the answer.
OF_THE_ASKED = ("buyer", "value", "country", "carrier", "lateness", "language", "touchpoint")
# What a change is looked through for, when the mix may have changed (methodology 2.6 c).
STANDARD = ("buyer", "value", "country", "carrier", "lateness", "language", "channel", "touchpoint")

LATENESS = ("late", "on_time")
BUYERS = ("new", "returning")
# Where a band ends, in whole units of the currency; what lies above the last edge is the last band.
EDGES = (25, 50, 100, 250)
# So many of the smallest whole unit are worth about as much as one euro or dollar.
SMALL_UNITS = {"JPY": 100, "HUF": 100, "ISK": 100, "CLP": 100, "KRW": 1000, "IDR": 10_000, "VND": 10_000}
SOME_UNITS = {
    "CZK": 10,
    "SEK": 10,
    "NOK": 10,
    "DKK": 10,
    "INR": 10,
    "TRY": 10,
    "THB": 10,
    "MXN": 10,
    "ZAR": 10,
}

LONGEST_NAME = 100
LONGEST_PRODUCT = 400
CHOICES: dict[str, frozenset[str]] = {
    "lateness": frozenset({*LATENESS, UNKNOWN}),
    "stage": frozenset({*STAGES, UNKNOWN}),
    "buyer": frozenset({*BUYERS, UNKNOWN}),
    "theme": frozenset({*THEMES, *DETAILS, UNKNOWN}),
}
PATTERNS: dict[str, re.Pattern[str]] = {
    "country": re.compile(r"[A-Z]{2}|-"),
    "language": re.compile(r"[a-z]{2,3}(-[A-Za-z]{2})?|-"),
    "touchpoint": re.compile(r"[A-Za-z0-9]{22}|-"),
    "segment": re.compile(r"[A-Za-z0-9]{22}|-"),
    "channel": re.compile(r"[a-z]{1,10}"),
    "value": re.compile(rf"[A-Z]{{3}}-[1-{len(EDGES) + 1}]|-"),
}


class Band(NamedTuple):
    """A range of order values in whole units of one currency; `high` does not belong to it, None is no limit."""

    currency: str
    low: int
    high: int | None


def can_be(name: str, value: str) -> bool:
    """Tell whether a dimension can have this value; whether any answer has it is another question."""
    if name in CHOICES:
        return value in CHOICES[name]
    if name in PATTERNS:
        return PATTERNS[name].fullmatch(value) is not None
    longest = (
        LONGEST_PRODUCT if name == "product" else 2 * LONGEST_NAME if name == "category" else LONGEST_NAME
    )
    return len(value) <= longest and value.isprintable()


def question_of(dimension: str) -> str | None:
    """Return the key of the question that a dimension is; None for another one."""
    return dimension.removeprefix(CHOICE) if dimension.startswith(CHOICE) else None


def edges_of(currency: str) -> tuple[int, ...]:
    """Return where the bands of a currency end, in its whole units."""
    factor = SMALL_UNITS.get(currency) or SOME_UNITS.get(currency, 1)
    return tuple(edge * factor for edge in EDGES)


def band_of(value: str) -> Band:
    """Return the band that a value of the dimension "value" names; ValueError for what is none."""
    currency, number = value.split("-")
    edges, place = edges_of(currency), int(number) - 1
    return Band(currency, edges[place - 1] if place else 0, edges[place] if place < len(edges) else None)
