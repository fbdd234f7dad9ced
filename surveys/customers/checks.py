"""Whether a record can be true: addresses, zones, countries, currencies, links and moments.

A checked record comes back in one spelling: addresses and links trimmed, addresses in lower
case, codes in capitals. Every fault names its field.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel.core import get_global
from babel.numbers import is_currency

from surveys.channels.addresses import NO_ADDRESS, checked_email
from surveys.customers.records import (
    UNSET,
    CustomerRecord,
    ItemRecord,
    Money,
    PurchaseRecord,
    Text,
    Unset,
)
from surveys.errors import N_, Refusal, together
from surveys.masking import quoted

LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,4}){0,2}", re.ASCII)
LONGEST_LOCALE = 10
UNKNOWN_REGION = "ZZ"  # In the table of Unicode, but no country.
LONGEST_ZONE = 60
LARGEST_AMOUNT = 2_000_000_000  # Minor units; what a database integer holds with room to spare.
MOMENTS = (
    "placed_at",
    "promised_at",
    "shipped_at",
    "delivered_at",
    "cancelled_at",
    "returned_at",
    "refunded_at",
)
NOBODY = N_("The customer has neither a reference nor an e-mail address; send at least one.")
# What stands before the @ of nearly every address; the longest leaves room for the longest host.
PLAIN_NAME = re.compile(r"(?=.{1,64}$)[a-z0-9]+([._+-][a-z0-9]+)*", re.ASCII | re.IGNORECASE)
LONGEST_PLAIN_HOST = 180
NO_ZONE = N_("%(value)s is not a time zone; send a name such as Europe/Berlin.")
NO_COUNTRY = N_("%(value)s is not a country; send the two letters of ISO 3166, such as DE.")
NO_CURRENCY = N_("%(value)s is not a currency; send the three letters of ISO 4217, such as EUR.")
NO_LOCALE = N_("%(value)s is not a language; send a code such as de or de-AT.")
NO_LINK = N_("%(value)s is not a web address; it begins with https:// or http://.")
NO_MOMENT = N_("%(value)s has no time zone; send a moment such as 2026-11-04T15:30:00Z.")
NO_AMOUNT = N_("%(value)s is too much money for one order; send minor units such as 1999 for 19.99.")


def checked(record: PurchaseRecord) -> PurchaseRecord:
    """Return the record in one spelling; raise Refusal, or SeveralRefusals, for what cannot be true."""
    faults: list[Refusal] = []
    found = replace(
        record,
        customer=_customer(record.customer, "customer/", faults),
        items=record.items if isinstance(record.items, Unset) else _items(record.items, faults),
        total=_money(record.total, "total", faults),
        ship_country=_one(record.ship_country, country, "ship_country", faults),
        order_url=_one(record.order_url, link, "order_url", faults),
        tracking_url=_one(record.tracking_url, link, "tracking_url", faults),
    )
    for name in MOMENTS:
        moment = getattr(record, name)
        if isinstance(moment, datetime) and moment.tzinfo is None:
            faults.append(Refusal(NO_MOMENT, field=name, value=repr(moment.isoformat())))
    if faults:
        raise together(faults)
    return found


def checked_customer(record: CustomerRecord, field: str = "") -> CustomerRecord:
    """Return the record in one spelling; raise as `checked` does, with `field` before each pointer."""
    faults: list[Refusal] = []
    found = _customer(record, field, faults)
    if faults:
        raise together(faults)
    return found


def email(text: str) -> str:
    """Return the address in lower case and ASCII (IDNA); no name server is asked. Raise Refusal."""
    name, at, host = text.strip().rpartition("@")
    try:
        if at and PLAIN_NAME.fullmatch(name) and len(host) < LONGEST_PLAIN_HOST:
            return f"{name.lower()}@{_host(host)}"
        return checked_email(text, "email")
    except Refusal:
        raise Refusal(NO_ADDRESS, value=_shown(text)) from None


@lru_cache(maxsize=1000)
def _host(name: str) -> str:
    """Return what stands behind the @; most customers share a few of them, so they are judged once."""
    return checked_email(f"x@{name}", "email").removeprefix("x@")


def zone(text: str) -> str:
    """Return the name of an IANA time zone; raise Refusal for anything else, abbreviations included."""
    try:
        if len(text) > LONGEST_ZONE:
            raise ValueError(text)
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise Refusal(NO_ZONE, value=_shown(text)) from None
    return text


@lru_cache(maxsize=500)
def country(text: str) -> str:
    """Return the ISO 3166 code in capitals; raise Refusal when there is no such country."""
    code = text.upper()
    if code == UNKNOWN_REGION or code not in get_global("territory_currencies"):
        raise Refusal(NO_COUNTRY, value=_shown(text))
    return code


@lru_cache(maxsize=500)
def currency(text: str) -> str:
    """Return the ISO 4217 code in capitals; raise Refusal when there is no such currency."""
    code = text.upper()
    if not is_currency(code):
        raise Refusal(NO_CURRENCY, value=_shown(text))
    return code


def locale(text: str) -> str:
    """Return the code of a language, written with a hyphen; raise Refusal when it is none."""
    if len(text) > LONGEST_LOCALE or not LOCALE.fullmatch(text):
        raise Refusal(NO_LOCALE, value=_shown(text))
    language, *rest = text.replace("_", "-").split("-")
    return "-".join([language.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def link(text: str) -> str:
    """Return a web address; raise Refusal for other schemes, which a page must not link to."""
    try:
        parts = urlsplit(text)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        fits = False
    if not fits:
        raise Refusal(NO_LINK, value=_shown(text))
    return text


def _customer(record: CustomerRecord, field: str, faults: list[Refusal]) -> CustomerRecord:
    """Return the customer in one spelling and add what is wrong to `faults`."""
    if record.reference in (UNSET, None) and record.email in (UNSET, None):
        faults.append(Refusal(NOBODY, field=field.rstrip("/") or "email"))
    for name in ("at", "confirmed_at"):
        moment = getattr(record.permission, name, None)
        if moment is not None and moment.tzinfo is None:
            shown = repr(moment.isoformat())
            faults.append(Refusal(NO_MOMENT, field=f"{field}permission/{name}", value=shown))
    return replace(
        record,
        email=_one(record.email, email, field + "email", faults),
        locale=_one(record.locale, locale, field + "locale", faults),
        time_zone=_one(record.time_zone, zone, field + "time_zone", faults),
        country=_one(record.country, country, field + "country", faults),
    )


def _items(items: tuple[ItemRecord, ...], faults: list[Refusal]) -> tuple[ItemRecord, ...]:
    """Return the lines of the order with their prices checked."""
    found = []
    for number, item in enumerate(items):
        price = _money(item.price, f"items/{number}/price", faults)
        found.append(replace(item, price=None if isinstance(price, Unset) else price))
    return tuple(found)


def _money(money: Money | Unset | None, field: str, faults: list[Refusal]) -> Money | Unset | None:
    """Return the money with its currency in capitals."""
    if money is None or isinstance(money, Unset):
        return money
    if abs(money.amount) > LARGEST_AMOUNT:
        faults.append(Refusal(NO_AMOUNT, field=field + "/amount", value=money.amount))
    code = _one(money.currency, currency, field + "/currency", faults)
    return Money(money.amount, code if isinstance(code, str) else money.currency)


def _one(value: Text, check: Callable[[str], str], field: str, faults: list[Refusal]) -> Text:
    """Return what `check` makes of `value`; a refusal is added to `faults` under the name of `field`."""
    if value is None or isinstance(value, Unset):
        return value
    try:
        return check(value)
    except Refusal as fault:
        fault.field = field
        faults.append(fault)
        return value


def _shown(text: str) -> str:
    """Return what somebody sent, fit to be quoted in a refusal."""
    return f"“{quoted(text, 60)}”"
