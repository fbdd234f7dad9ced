"""Why a row of a file was refused: the faults of its body said in our words, each with its column."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from surveys.customers.columns import ATTRIBUTES, column_of
from surveys.errors import N_, Refusal, SeveralRefusals, together

EMPTY = N_("This must not be empty.")
OTHERWISE = N_("This does not fit here.")
# What pydantic calls a fault, how we say it, and which of its limits we name.
SAID: Mapping[str, tuple[str, str | None]] = {
    "missing": (EMPTY, None),
    "string_too_short": (EMPTY, None),
    "string_too_long": (N_("This is longer than %(limit)s characters."), "max_length"),
    "too_long": (N_("These are more than %(limit)s."), "max_length"),
    "int_type": (N_("This is not a whole number."), None),
    "greater_than_equal": (N_("This is less than %(limit)s."), "ge"),
    "less_than_equal": (N_("This is more than %(limit)s."), "le"),
    "bool_type": (N_("This is neither yes nor no."), None),
    "literal_error": (N_("This is none of %(limit)s."), "expected"),
}


def told(fault: ValidationError | Refusal, cells: Mapping[str, str]) -> Refusal:
    """Return the refusal of a row with its columns named as `field`; several become one of several."""
    if isinstance(fault, ValidationError):
        return together(_said(fault, cells))
    if isinstance(fault, SeveralRefusals):
        for each in fault.refusals:
            told(each, cells)
    elif fault.field and fault.field not in cells:
        fault.field = column_of(fault.field.split("/"), cells)
    return fault


def _said(error: ValidationError, cells: Mapping[str, str]) -> list[Refusal]:
    """Return the faults that pydantic found, one for each column."""
    found: dict[str, Refusal] = {}
    for fault in error.errors(include_url=False, include_input=False):
        location: tuple[Any, ...] = fault["loc"]
        # A value of several types is told once for each of them; the first says enough.
        place = location[:2] if location[0] == ATTRIBUTES else location
        column, context = column_of(place, cells), fault.get("ctx", {})
        phrase, limit = SAID.get(fault["type"], (str(context.get("error", OTHERWISE)), None))
        values = {"limit": context[limit]} if limit else {}
        found.setdefault(column, Refusal(phrase, field=column, **values))
    return list(found.values())
