"""What does not fit a shape, said in our words: which place, what is wrong with it, and what to send instead.

The checker of shapes (pydantic) names each fault by a type; its own sentences speak of inputs and instances and
never reach anybody.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from pydantic import ValidationError

WHOLE_NUMBER = "wants a whole number, such as 3"
NUMBER = "wants a number, such as 2.5"
YES_NO = "wants true or false"
OBJECT = "wants an object in curly brackets"
DAY = "wants a day such as 2026-11-24"
MOMENT = "wants a moment with its time zone, such as 2026-11-04T15:30:00Z"
SEVERAL_KINDS = "wants a text, a number, true, false or null"
OTHERWISE = "does not fit here; the description of the API says what does (/api/openapi.json)"
SAID: Mapping[str, str] = {
    "missing": "is missing; send it",
    "extra_forbidden": "is not known here; check how it is spelled, or leave it out",
    "string_type": "wants a text in quotation marks",
    "string_unicode": "holds half a character; send whole ones",
    "string_too_short": "is shorter than {min_length} characters",
    "string_too_long": "is longer than {max_length} characters; shorten it",
    "string_pattern_mismatch": "does not have the form {pattern}",
    "too_short": "holds less than {min_length}; send more",
    "too_long": "holds more than {max_length}; send fewer at a time",
    "int_type": WHOLE_NUMBER,
    "int_parsing": WHOLE_NUMBER,
    "int_parsing_size": "is a number with too many digits; send a smaller one",
    "int_from_float": WHOLE_NUMBER,
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "finite_number": "wants a number that is not infinite",
    "bool_type": YES_NO,
    "bool_parsing": YES_NO,
    "list_type": "wants a list in square brackets",
    "dict_type": OBJECT,
    "model_type": OBJECT,
    "model_attributes_type": OBJECT,
    "literal_error": "wants {expected}",
    "enum": "wants {expected}",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "date_type": DAY,
    "date_parsing": DAY,
    "datetime_type": MOMENT,
    "datetime_parsing": MOMENT,
}
EMPTY = "must not be empty"
OWN = "value_error"  # of our own checks, which say it themselves
KINDS = frozenset({"string_type", "int_type", "float_type", "bool_type"})


class Fault(NamedTuple):
    """What does not fit: its place as keys and indexes, what is wrong, and what was sent."""

    place: tuple[str | int, ...]
    said: str
    given: Any


def faults_of(error: ValidationError) -> list[Fault]:
    """Return what does not fit, one fault for each place."""
    each = error.errors(include_url=False)
    return [_one(place, list(found)) for place, found in groupby(each, key=_place)]


def _place(fault: Mapping[str, Any]) -> tuple[str | int, ...]:
    """Return where a fault is in what was sent; the checker adds which kind of value it tried there."""
    place: tuple[str | int, ...] = fault["loc"]
    is_added = bool(place) and fault["type"] not in ("missing", "extra_forbidden") and _is_kind(place[-1])
    return place[:-1] if is_added else place


def _is_kind(part: str | int) -> bool:
    return part in ("[key]", "int", "float", "bool", "str") or str(part).startswith("function-")


def _one(place: tuple[str | int, ...], found: Sequence[Mapping[str, Any]]) -> Fault:
    """Return what is wrong at one place: that the kind is none of several, or what is wrong with the one it has."""
    telling = next((fault for fault in found if fault["type"] not in KINDS), found[0])
    given = telling["input"]
    several = len(found) > 1 and telling["type"] in KINDS
    return Fault(place, SEVERAL_KINDS if several else said(telling), given)


def said(fault: Mapping[str, Any]) -> str:
    """Return what is wrong, in words that go on after the name of the field."""
    context = fault.get("ctx", {})
    if fault["type"] == OWN:
        return str(context["error"])
    if fault["type"] == "string_too_short" and context["min_length"] == 1:
        return EMPTY
    return SAID.get(fault["type"], OTHERWISE).format(**context)
