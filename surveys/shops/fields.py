"""Values out of a shop's payload: what does not fit is left out, so that one odd field never loses an order.

A payload is another system's and grows with its versions; only what an order cannot do without
(its number and its moment) is missed by name, where the order is put together.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from babel.core import UnknownLocaleError
from babel.numbers import get_currency_precision

from surveys.api.shapes import EARLIEST, LATEST
from surveys.api.strict_json import NotStrictJson, check_depth
from surveys.customers import checks
from surveys.customers.records import Money
from surveys.errors import Refusal

LONGEST_NUMBER = 30  # Digits of a number as a text; more is no amount of money.
Payload = Mapping[str, Any]


def read(body: bytes) -> Payload:
    """Return the object that `body` holds; raise NotStrictJson when it holds none.

    Large numbers are taken (Shopify's sample order has an id beyond 2^53) and fractions stay exact.
    """
    try:
        text = body.decode("utf-8")
        check_depth(text)
        found = json.loads(text, parse_float=Decimal, parse_constant=lambda _name: None)
    except UnicodeDecodeError as error:
        raise NotStrictJson(f"Byte {error.start} is not UTF-8; send the body as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise NotStrictJson(
            f"Not valid JSON at line {error.lineno}, column {error.colno}: {error.msg}."
        ) from None
    except ValueError as error:  # A number of thousands of digits, which Python does not read.
        raise NotStrictJson(str(error)) from None
    if not isinstance(found, dict):
        raise NotStrictJson("The body is no JSON object; nothing was told.")
    return found


def text(value: Any, longest: int) -> str | None:
    """Return a text or number as one clean line of at most `longest` characters; None when there is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    line = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return line[:longest].strip() or None


def number(value: Any) -> int | None:
    """Return an id: a whole number above 0, also when it came as a text; None for anything else."""
    line = text(value, LONGEST_NUMBER + 1)
    if line is None or not re.fullmatch(r"[0-9]{1,30}", line, re.ASCII):
        return None
    return int(line) or None


def moment(value: Any) -> datetime | None:
    """Return an ISO 8601 moment in UTC, one without a zone being UTC; None for anything else."""
    line = text(value, 40)
    if line is None:
        return None
    try:
        found = datetime.fromisoformat(line)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found if EARLIEST <= found < LATEST else None


def money(amount: Any, currency: Any) -> Money | None:
    """Return an amount such as "19.99" in minor units; None when amount or currency cannot be read.

    A yen has no smaller unit and a dinar a thousand of them: the places are the currency's (CLDR).
    """
    code = checked(currency, checks.currency)
    line = str(amount) if isinstance(amount, Decimal | float) else text(amount, LONGEST_NUMBER)
    if code is None or line is None:
        return None
    try:
        exact = Decimal(line).scaleb(get_currency_precision(code))
        minor = int(exact.to_integral_value(ROUND_HALF_UP))
    except (InvalidOperation, ValueError, OverflowError, UnknownLocaleError):
        return None
    return Money(minor, code) if abs(minor) <= checks.LARGEST_AMOUNT else None


def quantity(value: Any) -> int | None:
    """Return how many pieces; None when nothing is left of the line or nobody can tell."""
    found = number(value)
    return found if found is not None and found <= 1_000_000 else None


def checked(value: Any, check: Callable[[str], str], longest: int = 2000) -> str | None:
    """Return the text in the spelling of `check`, one of those in `customers.checks`; None when refused."""
    line = text(value, longest)
    try:
        return check(line) if line else None
    except Refusal:
        return None


def part(payload: Payload, *names: str) -> Payload:
    """Return the object at the end of the names; an empty one when there is none."""
    found: Any = payload
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def parts(payload: Payload, name: str) -> Sequence[Payload]:
    """Return the objects of a list; an empty one when there is none."""
    found = payload.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def full_name(person: Payload) -> str | None:
    """Return first and last name as one; None when there is neither."""
    names = (text(person.get("first_name"), 100), text(person.get("last_name"), 100))
    return " ".join(each for each in names if each) or None
