"""How templates format for people: signed scores, percents, money, relative and exact times."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_currency, format_decimal, get_currency_precision
from flask import Flask, current_app
from flask_babel import get_locale, gettext
from markupsafe import Markup, escape

from surveys.errors import N_
from surveys.personal_data import Masked
from surveys.personal_data import masked as mask

COVERED_BY = {
    "email": N_("[mail address]"),
    "iban": N_("[account number]"),
    "card": N_("[card number]"),
    "phone": N_("[phone number]"),
    "address": N_("[address]"),
    "name": N_("[name]"),
}
NBSP = "\N{NO-BREAK SPACE}"
IN_A_DATE = re.compile("(?<!,) ")  # the spaces of a date; behind its comma the time of day begins
TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")  # a letter beside a digit
NAMES = "names_of_ours"


def signed(number: float | None) -> str:
    """Return a score as a signed whole number, half away from zero; a dash without one."""
    if number is None:
        return "–"
    whole = int(abs(number) + 0.5)
    return f"−{whole}" if number < 0 and whole else f"{whole}"


def percent(share: float | None) -> str:
    """Return a share of 0 to 100 as a whole percentage; a dash without one."""
    if share is None:
        return "–"
    return f"{int(share + 0.5)}{NBSP}%"


def number(value: float, digits: int = 0) -> str:
    """Return a number in the reader's language with a fixed count of decimals."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=get_locale())


def money(amount: int | None, currency: str | None) -> str:
    """Return minor units of a currency as an amount; a dash without one. A yen has no smaller unit."""
    if amount is None or currency is None:
        return "–"
    exact = Decimal(amount).scaleb(-get_currency_precision(currency))
    return apart(format_currency(exact, currency, locale=get_locale()))


def apart(amount: str) -> str:
    """Return an amount with a space between the letters of its currency and the figures: "CHF 13.58", but "€13.58"."""
    return TOUCHING.sub(NBSP, amount)


def moment(at: datetime | None, zone: str = "UTC") -> str:
    """Return the exact date and time in `zone`; a dash without one."""
    if at is None:
        return "–"
    pattern = gettext("d MMM y, HH:mm")
    return in_one_line(format_datetime(at.astimezone(ZoneInfo(zone)), pattern, locale=get_locale()))


def plain_day(day: date) -> str:
    """Return a date that belongs to no time zone."""
    return in_one_line(format_date(day, gettext("d MMM y"), locale=get_locale()))


def day(at: datetime | None, zone: str = "UTC") -> str:
    """Return the date in `zone`; a dash without one."""
    if at is None:
        return "–"
    return plain_day(at.astimezone(ZoneInfo(zone)).date())


def in_one_line(day: str) -> str:
    """Return a date that no line breaks in two; a time of day behind its comma may stand in the next one."""
    return IN_A_DATE.sub(NBSP, day)


def span(length: timedelta) -> str:
    """Return a span in its largest fitting unit, such as "2 hours"."""
    return format_timedelta(abs(length), threshold=1.2, locale=get_locale())


def ago(at: datetime | None, now: datetime, zone: str = "UTC") -> Markup:
    """Return a <time> that says how long ago or ahead, with the exact moment on hover."""
    if at is None:
        return Markup("–")
    words = format_timedelta(at - now, add_direction=True, threshold=1.2, locale=get_locale())
    iso = at.isoformat(timespec="seconds")
    return Markup('<time datetime="{}" title="{}">{}</time>').format(iso, moment(at, zone), words)


def paragraphs(text: str) -> Markup:
    """Return plain text with its line breaks kept, everything else escaped."""
    return Markup("<br>").join(escape(line) for line in text.splitlines())


def translated(name: str) -> str:
    """Return a name of our own giving in the reader's language; one the shop gave stays as it was typed.

    Of our own giving are the names that rooms have told to `give_names`: what staff type may be a text of the catalog
    by chance, and is theirs.
    """
    return str(gettext(name)) if name in current_app.extensions[NAMES] else name


def stored_sentence(stored: str) -> str:
    """Return a stored English text of ours in the reader's language, and one with values in it as it is.

    `_()` of a template would take a "%" in it for a place to fill in.
    """
    return str(gettext(stored))


def give_names(app: Flask, names: Iterable[str]) -> None:
    """Tell which English names the house itself gives to things that staff name as well."""
    app.extensions.setdefault(NAMES, set()).update(names)


def covered(text: str) -> Masked:
    """Return `text` with its personal data covered by words of the reader's language."""
    return mask(text, {kind: str(gettext(words)) for kind, words in COVERED_BY.items()})


def masked(text: str | None) -> str:
    """Return what somebody wrote as lists show it, with its personal data covered; nothing for None."""
    return covered(text).text if text else ""


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    for function in (
        signed,
        percent,
        number,
        money,
        moment,
        plain_day,
        day,
        span,
        ago,
        paragraphs,
        translated,
        stored_sentence,
        masked,
    ):
        app.add_template_filter(function)
