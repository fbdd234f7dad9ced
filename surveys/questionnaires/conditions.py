"""When a further question is asked: conditions that are data, judged against what is known of one respondent.

Everything that is known has a name and a tuple of words: `group` and `score` of the key question,
`language`, the answers given so far under the keys of their questions, and what the purchase says
under the names that segments use. An empty tuple is something nobody told: it is *none of*
everything, *one of* nothing, and reaches no number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from surveys.errors import N_

Known = Mapping[str, tuple[str, ...]]

ONE_OF, NONE_OF, CONTAINS, AT_LEAST, AT_MOST = "one_of", "none_of", "contains", "at_least", "at_most"
OPS: dict[str, str] = {
    ONE_OF: N_("is one of"),
    NONE_OF: N_("is none of"),
    CONTAINS: N_("contains one of"),
    AT_LEAST: N_("is at least"),
    AT_MOST: N_("is at most"),
}
LARGEST_NUMBER = Decimal(10) ** 12
NUMERIC = frozenset({AT_LEAST, AT_MOST})
OF_THE_ANSWER = ("group", "score", "language")
OF_THE_PURCHASE = ("country", "carrier", "sku", "product", "category", "value", "orders", "stage")


@dataclass(frozen=True)
class Condition:
    """One sentence such as *group is one of detractor, passive*."""

    of: str
    op: str
    values: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Return the condition as a questionnaire keeps it."""
        return {"of": self.of, "op": self.op, "values": list(self.values)}

    def is_met(self, known: Known) -> bool:
        """Return whether what is known meets the condition."""
        return compare(self.op, self.values, known.get(self.of, ()))


def from_data(rows: Iterable[Mapping[str, Any]]) -> tuple[Condition, ...]:
    """Return the conditions of a questionnaire."""
    return tuple(Condition(row["of"], row["op"], tuple(map(str, row["values"]))) for row in rows)


def all_met(conditions: Sequence[Condition], known: Known) -> bool:
    """Return whether every condition is met; without conditions nothing is in the way."""
    return all(condition.is_met(known) for condition in conditions)


def compare(op: str, values: Sequence[str], found: Sequence[str]) -> bool:
    """Tell whether what was found is what `op` says of `values`; capital letters do not matter."""
    if op in NUMERIC:
        bound = number_of(values[0])
        numbers = [number for number in map(number_of, found) if number is not None]
        if bound is None:
            return False
        return any(each >= bound if op == AT_LEAST else each <= bound for each in numbers)
    wanted = [value.casefold() for value in values]
    told = [value.casefold() for value in found]
    if op == CONTAINS:
        return any(part in value for part in wanted for value in told)
    meets = any(value in wanted for value in told)
    return meets if op == ONE_OF else not meets


def number_of(text: str) -> Decimal | None:
    """Return the finite number that is written there, or None."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) <= LARGEST_NUMBER else None
