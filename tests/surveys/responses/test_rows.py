"""Rows of a file made into responses."""

from datetime import UTC, datetime

import pytest

from surveys.customers.csv_table import TableRow
from surveys.responses.rows import is_column, response_batches

CELLS = {
    "survey": "nps",
    "score": "3",
    "submitted_at": "2026-03-01T10:00:00Z",
    "customer.email": "d@example.test",
}


def test_a_row_is_a_response():
    rows = [TableRow(2, CELLS | {"contact_permission": "no", "brand": "demo", "comment": "Late,\nagain."})]
    (batch,) = response_batches(rows).good
    assert (batch.record.survey, batch.brand, batch.lines) == ("nps", "demo", (2,))
    told = batch.record.record
    assert (told.score, told.comment, told.contact_permission) == (3, "Late,\nagain.", False)
    assert told.submitted_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert told.customer is not None and told.customer.email == "d@example.test"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"score": "three"}, "score"),
        ({"score": "3.0"}, "score"),
        ({"contact_permission": "perhaps"}, "contact_permission"),
        ({"submitted_at": "yesterday"}, "submitted_at"),
        ({"submitted_at": None}, "submitted_at"),
        ({"survey": None}, "survey"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_its_column(change, reason):
    cells = {name: cell for name, cell in (CELLS | change).items() if cell is not None}
    batches = response_batches([TableRow(7, cells)])
    assert batches.good == []
    assert batches.refused[0].line == 7
    assert batches.refused[0].refusal.field == reason


def test_columns_are_the_names_of_the_api():
    assert is_column("customer.permission.basis") and is_column("external_id")
    assert not is_column("customer.id") and not is_column("group")


def test_a_comment_that_was_neutralised_for_spreadsheets_comes_back_as_it_was():
    (batch,) = response_batches([TableRow(2, CELLS | {"comment": "'=1+1 was my order"})]).good
    assert batch.record.record.comment == "=1+1 was my order"
