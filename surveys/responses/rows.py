"""Rows of a CSV file made into responses, each with the line it came from."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from pydantic import ValidationError

from surveys.customers.batches import Batch, Batches
from surveys.customers.columns import CUSTOMER, WHOLE, nested
from surveys.customers.csv_table import RefusedRow, TableRow
from surveys.customers.faults import EMPTY, told
from surveys.errors import Refusal
from surveys.responses.cells import restored
from surveys.responses.records import ResponseRecord
from surveys.responses.shapes import ResponseIn

OWN = frozenset(
    {
        "survey",
        "brand",
        "score",
        "comment",
        "contact_permission",
        "submitted_at",
        "locale",
        "purchase",
        "external_id",
    }
)
COLUMNS = OWN | {f"customer.{name}" for name in CUSTOMER}
REQUIRED = (("survey",), ("submitted_at",), ("score", "comment"))
YES_NO = {"yes": True, "no": False}


class ToldResponse(NamedTuple):
    """A response and the key of the survey it answers."""

    survey: str
    record: ResponseRecord


def is_column(name: str) -> bool:
    """Return whether a file of responses may have this column."""
    return name in COLUMNS


def response_batches(rows: Iterable[TableRow]) -> Batches[ToldResponse]:
    """Return the responses of the rows, one for each."""
    batches: Batches[ToldResponse] = Batches()
    for row in rows:
        try:
            body = body_of(row.cells)
        except (ValidationError, Refusal) as fault:
            batches.refused.append(RefusedRow(row.line, told(fault, row.cells)))
        else:
            batches.good.append(Batch(ToldResponse(body.survey, body.record()), body.brand, (row.line,)))
    return batches


def body_of(cells: dict[str, str]) -> ResponseIn:
    """Return the JSON body that the cells stand for; raise ValidationError for what it cannot be."""
    body: dict[str, Any] = nested({name: restored(cell) for name, cell in cells.items()})
    if WHOLE.fullmatch(body.get("score", "")):
        body["score"] = int(body["score"])
    permission = body.get("contact_permission")
    body["contact_permission"] = YES_NO.get(permission, permission) if permission else None
    if "submitted_at" not in body:
        raise Refusal(EMPTY, field="submitted_at")
    return ResponseIn.model_validate(body)
