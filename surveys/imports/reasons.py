"""Why rows were refused: kept as our phrases with what they speak of, said in the reader's words.

A field is named by the word that the page has for it, with the heading of the reader's own file.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext

from surveys.doors import spoken
from surveys.errors import Refusal, SeveralRefusals, Words
from surveys.imports.headings import FIELDS, is_field, plain

MOST_FAULTS = 20  # More are found once these are mended.


class Naming(NamedTuple):
    """What the fields of a file are called: by our word for the field, and by its own headings."""

    kind: str
    headings: Mapping[str, str]

    def name(self, field: str) -> str | None:
        """Return what a field is called, None for what is no field of its own."""
        heading, label = self.headings.get(field), FIELDS[self.kind].get(field)
        if label is None:
            return heading or (field if is_field(self.kind, field) else None)
        word = str(gettext(label))
        return f"{word} ({heading})" if heading and plain(heading) != plain(word) else word


def naming_of(kind: str, columns: Sequence[str], mapping: Sequence[str | None]) -> Naming:
    """Return what the fields are called in a file with these columns."""
    return Naming(kind, {field: heading for heading, field in zip(columns, mapping, strict=True) if field})


def kept(refusal: Refusal) -> list[dict[str, Any]]:
    """Return the faults of a refusal as they are stored: the field, the phrase and what it speaks of."""
    if isinstance(refusal, SeveralRefusals):
        return [fault for each in refusal.refusals for fault in kept(each)][:MOST_FAULTS]
    values = {name: _plain(value) for name, value in refusal.values.items()}
    return [{"field": refusal.field, "phrase": refusal.phrase, "values": values}]


def said(faults: Iterable[Mapping[str, Any]], naming: Naming) -> str:
    """Return stored faults in the reader's language, each behind the name of its column."""
    return " ".join(_said(fault, naming) for fault in faults)


def _said(fault: Mapping[str, Any], naming: Naming) -> str:
    """Return one fault."""
    values: dict[str, Any] = {name: _again(value) for name, value in fault["values"].items()}
    sentence = spoken(Refusal(fault["phrase"], **values))
    name = naming.name(fault["field"]) if fault["field"] else None
    return f"{name}: {sentence}" if name else sentence


def _plain(value: object) -> object:
    """Return a value of a refusal as JSON can hold it."""
    if isinstance(value, Words):
        return value.said
    return value if isinstance(value, int) else str(value)


def _again(value: object) -> object:
    """Return a stored value as a refusal takes it."""
    return Words(value) if isinstance(value, dict) else value
