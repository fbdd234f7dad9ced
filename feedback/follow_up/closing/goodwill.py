"""Money given out of goodwill: amounts as people write them, and how much a role may give with one task."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from babel.numbers import NumberFormatError, get_currency_precision, parse_decimal

from surveys.errors import N_, Forbidden, Refusal

# Whole units of the order's currency that a role may give with one task while the shop has said nothing else.
USUAL_LIMITS: dict[str, int] = {"agent": 50, "admin": 500}
MOST_UNITS = 1_000_000
DIGITS = re.compile(r"[0-9][0-9.,'\s]{0,19}")


class Money(NamedTuple):
    """An amount in minor units (cents) of a currency (ISO 4217)."""

    amount: int
    currency: str


class NoAmount(Refusal):
    """What was written is no amount that can be given."""

    phrase = N_(
        "Write an amount above 0 and up to 1,000,000 with at most %(places)s places, such as %(example)s."
    )


class NoCurrency(Refusal):
    """No currency is known by these letters."""

    phrase = N_("Give the currency with its three letters, such as EUR.")


class AboveLimit(Forbidden):
    """More than this role may give with one task."""

    phrase = N_(
        "With this, %(total)s %(currency)s would be given with this task, and you may give %(most)s."
        " Give less, or ask an admin or owner to resolve it."
    )


def read_amount(text: str, currency: str, locale: str) -> Money:
    """Return the amount that was written in the manner of `locale` ("12,50" in German).

    Refuses with NoCurrency or NoAmount.
    """
    currency = currency.strip().upper()
    if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
        raise NoCurrency(field="goodwill")
    places = get_currency_precision(currency)
    units = _number(text.strip(), locale)
    minor = units.scaleb(places)
    if not 0 < units <= MOST_UNITS or minor != minor.to_integral_value():
        example = "12,50" if locale.startswith("de") else "12.50"
        raise NoAmount(field="goodwill", places=places, example=example if places else "12")
    return Money(int(minor), currency)


def _number(text: str, locale: str) -> Decimal:
    """Return a number written with the marks of `locale`, 0 for anything else."""
    if not DIGITS.fullmatch(text):
        return Decimal(0)
    try:
        return parse_decimal(text, locale=locale, strict=True)
    except NumberFormatError:
        return Decimal(0)


def check_limit(given: Money, before: int, role: str, limits: Mapping[str, int]) -> None:
    """Refuse with AboveLimit what a role may not give.

    `before` is what the task has cost already in that currency, in minor units; `limits` are whole units by role,
    and a role that is not named there may give anything.
    """
    most = limits.get(role)
    if most is None:
        return
    total = Decimal(before + given.amount).scaleb(-get_currency_precision(given.currency))
    if total > most:
        raise AboveLimit(field="goodwill", total=f"{total:f}", currency=given.currency, most=most)
