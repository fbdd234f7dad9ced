"""What the first rows of a file are understood as, in the reader's words, before anything is stored."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from babel.numbers import is_currency
from flask_babel import gettext as _

from surveys.customers.columns import ATTRIBUTE, WHOLE
from surveys.customers.csv_table import RawRow
from surveys.errors import Refusal
from surveys.filters import moment, money
from surveys.imports.headings import FIELDS, FIRST, LAST
from surveys.imports.values import Settings, cells_of, kind_of

EXAMPLES = 3


class ColumnShown(NamedTuple):
    """A column of the file on the page: what it holds, where it goes, what that makes of it."""

    heading: str
    field: str | None
    choices: Sequence[tuple[str, str]]
    examples: Sequence[str]
    becomes: Sequence[str]


def shown_columns(
    kind: str,
    columns: Sequence[str],
    mapping: Sequence[str | None],
    rows: Sequence[RawRow],
    settings: Settings,
) -> list[ColumnShown]:
    """Return the columns with the first values in them, as they stand there and as they are understood."""
    first = rows[:EXAMPLES]
    shown = []
    for place, heading in enumerate(columns):
        field = mapping[place]
        becomes = [understood(row, mapping, settings, field) for row in first] if field else []
        examples = [row.cells[place] for row in first]
        shown.append(ColumnShown(heading, field, field_choices(kind, heading, field), examples, becomes))
    return shown


def understood(row: RawRow, mapping: Sequence[str | None], settings: Settings, field: str) -> str:
    """Return what becomes of one cell, empty when it stays as it is or cannot be read."""
    for part in (FIRST, LAST):
        field = field.removesuffix(part) + "name" if field.endswith(part) else field
    try:
        cells = cells_of(row.cells, mapping, settings)
    except Refusal:
        return ""
    if kind_of(field) == "amount":
        return as_money(cells.get(field, ""), cells.get(field.removesuffix("amount") + "currency"))
    if kind_of(field) == "moment":
        return as_moment(cells.get(field, ""), settings.zone)
    return cells.get(field, "")


def as_moment(text: str, zone: str) -> str:
    """Return a moment of the API as people of the file's zone read it; as it stands when it is none."""
    try:
        return moment(datetime.fromisoformat(text.upper()), zone)
    except (ValueError, OverflowError):
        return text


def as_money(amount: str, currency: str | None) -> str:
    """Return minor units as money of their currency; as they stand when it is neither amount nor currency."""
    if WHOLE.fullmatch(amount) and currency and is_currency(currency.upper()):
        return money(int(amount), currency.upper())
    return amount


def field_choices(kind: str, heading: str, field: str | None) -> list[tuple[str, str]]:
    """Return the fields that a column can go to, as codes and words; the first leaves it out."""
    found = [("", _("Leave out"))] + [(code, _(label)) for code, label in FIELDS[kind].items()]
    attribute = "attributes." + heading
    if kind == "purchases" and ATTRIBUTE.fullmatch(attribute):
        found.append((attribute, _("Keep as “%(name)s”", name=heading)))
    if field and field not in dict(found):
        found.append((field, field))
    return found
