"""Conditions on a purchase and who made it: data that people choose and pure code judges.

What nobody told is not *one of* anything and reaches no number; it is *none of* everything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from surveys.errors import N_, Refusal, Words
from surveys.questionnaires.conditions import OPS, compare, number_of
from surveys.segments.past import LAST_GROUPS, STAGES

MOST_VALUES, LONGEST_VALUE, MOST_CONDITIONS = 50, 200, 6

# What kind of thing a field is decides how it can be compared.
WORD, NUMBER, CHOICE, SEGMENT = "word", "number", "choice", "segment"


class Field(NamedTuple):
    """One thing that is known of a purchase: its kind and its name for people (English, translated at the edge).

    `choices` are the codes there are, with their words, where only those can be found; `example` is a sentence
    that says how a value is written.
    """

    kind: str
    label: str
    choices: Mapping[str, str] = {}
    example: str = ""


FIELDS: dict[str, Field] = {
    "country": Field(WORD, N_("Country"), example=N_("Two letters, like DE.")),
    "language": Field(WORD, N_("Language"), example=N_("Two letters, like de.")),
    "carrier": Field(WORD, N_("Carrier"), example=N_("As your shop reports it, like DHL.")),
    "sku": Field(WORD, N_("Article number"), example=N_("As in your shop, like MUG-1.")),
    "product": Field(
        WORD,
        N_("Product name"),
        example=N_("As in your shop; with “contains one of” a part will do, like mug."),
    ),
    "category": Field(WORD, N_("Product category"), example=N_("As in your shop, like Tea.")),
    "value": Field(
        NUMBER, N_("Order value"), example=N_("One number in the currency of the order, like 49.90.")
    ),
    "orders": Field(NUMBER, N_("Orders of this customer so far"), example=N_("One whole number, like 2.")),
    "stage": Field(CHOICE, N_("Stage of the customer"), STAGES),
    "last_nps": Field(CHOICE, N_("Last answer (NPS)"), LAST_GROUPS["last_nps"]),
    "last_csat": Field(CHOICE, N_("Last answer (CSAT)"), LAST_GROUPS["last_csat"]),
    "last_ces": Field(CHOICE, N_("Last answer (CES)"), LAST_GROUPS["last_ces"]),
    "last_smileys": Field(CHOICE, N_("Last answer (smileys)"), LAST_GROUPS["last_smileys"]),
    "last_stars": Field(CHOICE, N_("Last answer (stars)"), LAST_GROUPS["last_stars"]),
    "last_thumbs": Field(CHOICE, N_("Last answer (thumbs)"), LAST_GROUPS["last_thumbs"]),
    "last_pmf": Field(CHOICE, N_("Last answer (PMF)"), LAST_GROUPS["last_pmf"]),
    "last_enps": Field(CHOICE, N_("Last answer (eNPS)"), LAST_GROUPS["last_enps"]),
    "attribute": Field(
        WORD, N_("Order attribute"), example=N_("Its name, then its values, like gift = yes.")
    ),
    "segment": Field(SEGMENT, N_("Segment")),
}
# What a customer's past says changes with time alone.
PAST = frozenset({"stage", *LAST_GROUPS})
# What only one order says: who is asked without an order has none of it.
OF_ONE_ORDER = frozenset({"carrier", "sku", "product", "category", "value", "attribute"})
OPS_OF = {
    WORD: ("one_of", "none_of", "contains"),
    NUMBER: ("at_least", "at_most"),
    CHOICE: ("one_of", "none_of"),
    SEGMENT: ("one_of", "none_of"),
}


class BadCondition(Refusal):
    """A condition that could never be judged."""


@dataclass(frozen=True)
class Condition:
    """One sentence such as *country is one of DE, AT*; `name` is the attribute's, None for other fields."""

    field: str
    op: str
    values: tuple[str, ...]
    name: str | None = None

    def as_data(self) -> dict[str, Any]:
        """Return the condition as it is stored."""
        data: dict[str, Any] = {"field": self.field, "op": self.op, "value": list(self.values)}
        return data | ({"name": self.name} if self.name is not None else {})


@dataclass(frozen=True)
class Facts:
    """What is known of a purchase and its customer when a condition is judged.

    `value` is in whole units of the order's own currency; `orders` counts the customer's
    purchases up to and with this one; `stage` and `last`, the groups of the last answers by field, are
    the customer's when the condition is judged.
    """

    country: str | None = None
    language: str | None = None
    carrier: str | None = None
    skus: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    value: Decimal | None = None
    orders: int | None = None
    stage: str | None = None
    last: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)


class Unmet(NamedTuple):
    """The condition that was not met, and what was found instead: the purchase's own words."""

    condition: Condition
    found: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Return it as a decision keeps it."""
        return {"condition": self.condition.as_data(), "found": list(self.found)[:5]}


def from_data(rows: Iterable[Mapping[str, Any]]) -> list[Condition]:
    """Return stored conditions; ValueError or KeyError for what `as_data` did not write."""
    return [
        Condition(row["field"], row["op"], tuple(str(value) for value in row["value"]), row.get("name"))
        for row in rows
    ]


def checked(field_name: str, op: str, text: str) -> Condition:
    """Return the condition that somebody typed; `text` holds values between commas.

    An attribute is written `name = value, value`. Refuses with BadCondition what has no sense.
    """
    known = FIELDS.get(field_name)
    if known is None:
        raise BadCondition(N_("Choose what the condition looks at."))
    if op not in OPS_OF[known.kind]:
        words = N_(
            "“%(op)s” does not fit here. Use “at least” and “at most” for numbers, the others for words."
        )
        raise BadCondition(words, op=Words({op: OPS.get(op, op)}))
    name = None
    if field_name == "attribute":
        name, equals, text = (part.strip() for part in text.partition("="))
        if not name or not equals:
            raise BadCondition(N_("Write the attribute and its values like this: gift = yes, true."))
    values = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    values = checked_values(known.kind, values)
    return Condition(field_name, op, codes_of(known, values) if known.choices else values, name)


def checked_values(kind: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values if they can be compared; refuses with BadCondition otherwise."""
    if not values:
        raise BadCondition(N_("Say with which value to compare; several stand between commas."))
    if len(values) > MOST_VALUES or max(map(len, values)) > LONGEST_VALUE:
        words = N_("At most %(most)s values of %(longest)s characters each.")
        raise BadCondition(words, most=MOST_VALUES, longest=LONGEST_VALUE)
    if kind == NUMBER and (len(values) > 1 or number_of(values[0]) is None):
        raise BadCondition(N_("Compare with one number, such as 50 or 49.90."))
    return values


def codes_of(known: Field, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes of what was chosen by code or English word; refuses what is no choice of the field."""
    codes = {word.casefold(): code for code, word in known.choices.items()}
    codes |= {code: code for code in known.choices}
    for value in values:
        if value.casefold() not in codes:
            words = N_("There is no “%(value)s” to choose here; there are: %(choices)s.")
            raise BadCondition(words, value=value[:60], choices=Words(known.choices))
    return tuple(dict.fromkeys(codes[value.casefold()] for value in values))


def first_unmet(
    conditions: Sequence[Condition], facts: Facts, segments: Mapping[str, Sequence[Condition]]
) -> Unmet | None:
    """Return the first condition that the facts do not meet, or None when all are met.

    `segments` holds the conditions of each segment by its public id; one that is gone contains nobody.
    """
    for condition in conditions:
        found = found_in(condition, facts, segments)
        if not is_met(condition, found):
            return Unmet(condition, found)
    return None


def found_in(
    condition: Condition, facts: Facts, segments: Mapping[str, Sequence[Condition]]
) -> tuple[str, ...]:
    """Return what the facts say to the condition's field, as words; empty when nobody told."""
    if condition.field == "segment":
        inside = (
            key
            for key in condition.values
            if key in segments and first_unmet(segments[key], facts, {}) is None
        )
        return tuple(inside)
    if condition.field == "attribute":
        value: Any = facts.attributes.get(condition.name or "")
    elif condition.field in LAST_GROUPS:
        value = facts.last.get(condition.field)
    else:
        value = getattr(
            facts,
            {"sku": "skus", "product": "products", "category": "categories"}.get(
                condition.field, condition.field
            ),
        )
    if value is None:
        return ()
    if isinstance(value, bool):
        return ("yes", "true", "1") if value else ("no", "false", "0")
    return value if isinstance(value, tuple) else (str(value),)


def is_met(condition: Condition, found: Sequence[str]) -> bool:
    """Tell whether what was found meets the condition; capital letters do not matter."""
    return compare(condition.op, condition.values, found)


def fields_of(conditions: Iterable[Condition]) -> frozenset[str]:
    """Return what the conditions look at, so that only that is gathered."""
    return frozenset(condition.field for condition in conditions)
