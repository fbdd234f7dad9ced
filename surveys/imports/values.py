"""How a file writes dates, amounts, countries and words, brought into the one spelling of the API."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.numbers import get_currency_precision

from surveys.customers.columns import WHOLE
from surveys.errors import N_, Refusal, together
from surveys.imports.headings import FIRST, LAST
from surveys.masking import quoted

DATES = ("ymd", "dmy", "mdy")
MARKS = ("point", "comma")
AMOUNTS = (*MARKS, "minor")
DATE = re.compile(
    r"(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})(?:[T ,]+(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:\.\d{1,9})?)?)?"
    r"\s*(Z|UTC|[+-]\d\d:?\d\d)?(?:\s*Uhr)?",
    re.ASCII | re.IGNORECASE,
)
EXACT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
AMOUNT = re.compile(r"[+-]?\d{1,15}(\.\d{1,6})?", re.ASCII)
# Only whole groups of three are groups: “12,50” read with points is no 1250.
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
SWAPPED = str.maketrans(".,", ",.")
WITHOUT_HOUR = time(12)  # A day without an hour means its noon, which is that day nearly everywhere.
CUSTOMARY = "EUR"
WORDS = {
    "contact_permission": {"ja": "yes", "nein": "no", "true": "yes", "false": "no", "1": "yes", "0": "no"},
    "permission.basis": {
        "opt in": "opt_in",
        "optin": "opt_in",
        "einwilligung": "opt_in",
        "existing customer": "existing_customer",
        "bestandskunde": "existing_customer",
        "bestandskundin": "existing_customer",
        "keine": "none",
    },
}
NO_DATE = N_("%(value)s is not a date as this file writes them; choose how dates are written.")
NO_DATE_AT_ALL = N_("%(value)s is not a date, however dates are written; correct it in the file.")
NO_AMOUNT = N_("%(value)s is not an amount as this file writes them; choose how amounts are written.")
NO_AMOUNT_AT_ALL = N_("%(value)s is not an amount, however amounts are written; correct it in the file.")


@dataclass(frozen=True)
class Settings:
    """How a file is written: the order of a date's parts, the amounts, and what holds for all rows.

    `amounts`: point (1,234.50), comma (1.234,50) or minor (123450). `zone` is that of dates without
    one. `currency` and `survey` hold for rows that name none; `currency` None leaves them without.
    """

    dates: str = "ymd"
    amounts: str = "minor"
    zone: str = "UTC"
    currency: str | None = None
    survey: str | None = None

    def kept(self) -> dict[str, Any]:
        """Return the settings as they are stored."""
        return asdict(self)

    @property
    def given(self) -> tuple[str, ...]:
        """The fields that need no column."""
        return ("survey",) if self.survey else ()


def guessed(
    mapping: Sequence[str | None], columns: Sequence[str], rows: Iterable[Sequence[str]], zone: str
) -> Settings:
    """Return how the first rows are likely written; columns with the API's own names keep its spelling."""
    dates, amounts, is_ours = [], [], True
    for row in rows:
        for field, heading, cell in zip(mapping, columns, row, strict=True):
            if field is None or not cell:
                continue
            if field.endswith("_at") or field == "permission.at":
                dates.append(cell)
            elif field.endswith(".amount"):
                amounts.append(cell)
                is_ours = is_ours and field == heading
    has_currency = any(field == "total.currency" for field in mapping)
    currency = None if has_currency or not amounts else CUSTOMARY
    return Settings(_dates(dates), "minor" if is_ours else _amounts(amounts), zone, currency)


def _dates(cells: Iterable[str]) -> str:
    """Return the order of parts that the dates have; a point between them means the German one."""
    orders = set()
    for cell in cells:
        parts = re.split(r"[-./T ,]", cell)[:3]
        if len(parts) == 3 and all(part.isdecimal() for part in parts) and len(parts[0]) < 4:
            is_american = int(parts[1]) > 12 or ("/" in cell and int(parts[0]) <= 12)
            orders.add("mdy" if is_american else "dmy")
    return "dmy" if "dmy" in orders else "mdy" if orders else "ymd"


def _amounts(cells: Iterable[str]) -> str:
    """Return "comma" when the last mark of any amount is a comma with one or two digits behind."""
    return "comma" if any(re.search(r",\d{1,2}\D*$", cell) for cell in cells) else "point"


def cells_of(cells: Sequence[str], mapping: Sequence[str | None], settings: Settings) -> dict[str, str]:
    """Return a row's cells by field in the API's spelling, empty ones left out; raise Refusal with the fields."""
    found, faults = read_cells(cells, mapping, settings)
    if faults:
        raise together(faults)
    return found


def read_cells(
    cells: Sequence[str], mapping: Sequence[str | None], settings: Settings
) -> tuple[dict[str, str], list[Refusal]]:
    """Return a row's cells as `cells_of` does, without those that cannot be read, and why not, each with its field."""
    found = {field: cell for field, cell in zip(mapping, cells, strict=True) if field and cell}
    if settings.survey:
        found.setdefault("survey", settings.survey)
    join_names(found)
    give_currencies(found, settings.currency)
    faults: list[Refusal] = []
    for field, cell in list(found.items()):
        kind = kind_of(field)
        try:
            if kind == "moment":
                found[field] = moment(field, cell, settings.dates, settings.zone)
            elif kind == "amount":
                currency = found.get(field.removesuffix("amount") + "currency", "")
                found[field] = minor(field, cell, currency, settings.amounts)
            elif kind != "text":
                found[field] = in_words(kind, cell)
        except Refusal as fault:
            faults.append(fault)
            del found[field]
    return found, faults


@cache
def kind_of(field: str) -> str:
    """Return what a field holds: moment, amount, quantity, country, words of ours, or any text."""
    last = field.rpartition(".")[2]
    if last.endswith("_at") or field.endswith("permission.at"):
        return "moment"
    if last in ("amount", "quantity"):
        return last
    if last in ("country", "ship_country"):
        return "country"
    return next((name for name in WORDS if field.endswith(name)), "text")


def in_words(kind: str, cell: str) -> str:
    """Return a whole number, a country or a word of ours in the API's spelling."""
    if kind == "quantity":
        return re.sub(r"[.,]0+$", "", cell)
    if kind == "country":
        return countries().get(cell.casefold(), cell)
    return WORDS[kind].get(cell.casefold().replace("-", " "), cell.lower())


def join_names(found: dict[str, str]) -> None:
    """Make one name of first and last name where there is none."""
    for prefix in ("", "customer."):
        parts = (found.pop(prefix + FIRST, ""), found.pop(prefix + LAST, ""))
        if any(parts):
            found.setdefault(prefix + "name", " ".join(filter(None, parts)))


def give_currencies(found: dict[str, str], currency: str | None) -> None:
    """Give every amount a currency: the order's for its lines, and `currency` where there is none."""
    order = found.get("total.currency") or currency
    for field in [field for field in found if field.endswith(".amount")]:
        if order is not None:
            found.setdefault(field.removesuffix("amount") + "currency", order)


@lru_cache(maxsize=4096)
def moment(field: str, cell: str, dates: str, zone: str) -> str:
    """Return a date as RFC 3339; without a zone it is in `zone`, without an hour noon."""
    try:
        return _moment(cell, dates, zone)
    except (ValueError, OverflowError):
        fits = any(_reads(_moment, cell, order, zone) for order in DATES)
        phrase = NO_DATE if fits else NO_DATE_AT_ALL
        raise Refusal(phrase, field=field, value=f"“{quoted(cell, 60)}”") from None


def _moment(cell: str, dates: str, zone: str) -> str:
    """Return a date as `moment` does; raise ValueError or OverflowError for what is none in this order."""
    if EXACT.fullmatch(cell):
        return cell
    found = DATE.fullmatch(cell.strip())
    if found is None:
        raise ValueError(cell)
    first, second, third = int(found[1]), int(found[2]), int(found[3])
    if len(found[1]) == 4:
        year, month, day = first, second, third
    elif dates == "mdy":
        month, day, year = first, second, third
    else:
        day, month, year = first, second, third
    hour = time(int(found[4]), int(found[5]), int(found[6] or 0)) if found[4] else WITHOUT_HOUR
    at = datetime.combine(date(year + 2000 if year < 100 else year, month, day), hour)
    return _aware(at, found[7], zone).isoformat().replace("+00:00", "Z")


def _reads(read: Callable[..., str], *said: str) -> bool:
    """Return whether a cell can be read in one of the ways that a file may choose."""
    try:
        read(*said)
    except (ValueError, OverflowError, InvalidOperation):
        return False
    return True


def _aware(at: datetime, offset: str | None, zone: str) -> datetime:
    """Return a local moment in UTC."""
    if not offset:
        return at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    if offset[0] not in "+-":
        return at.replace(tzinfo=UTC)
    digits = offset.replace(":", "")
    shift = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    return (at + shift if digits[0] == "-" else at - shift).replace(tzinfo=UTC)


def minor(field: str, cell: str, currency: str, amounts: str) -> str:
    """Return an amount in minor units; "12,50 €" is 1250, of a yen 12 is 12."""
    if amounts == "minor" and WHOLE.fullmatch(cell):
        return cell
    try:
        if amounts == "minor":
            raise InvalidOperation
        return _minor(cell, currency, amounts)
    except InvalidOperation:
        fits = any(_reads(_minor, cell, currency, marks) for marks in MARKS)
        phrase = NO_AMOUNT if fits else NO_AMOUNT_AT_ALL
        raise Refusal(phrase, field=field, value=f"“{quoted(cell, 60)}”") from None


def _minor(cell: str, currency: str, amounts: str) -> str:
    """Return an amount as `minor` does; raise InvalidOperation for what is none with these marks."""
    bare = re.sub(r"[^\d.,+-]", "", cell)
    if amounts == "comma":
        bare = bare.translate(SWAPPED)
    if GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    if not AMOUNT.fullmatch(bare):
        raise InvalidOperation
    exact = Decimal(bare).scaleb(get_currency_precision(currency.upper()))
    if exact != exact.to_integral_value():
        raise InvalidOperation
    return str(int(exact))


@cache
def countries() -> dict[str, str]:
    """Return the two letters of countries by their English and German names in lower case."""
    return {
        name.casefold(): code
        for language in ("en", "de")
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha()
    }
