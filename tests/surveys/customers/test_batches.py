import pytest

from surveys.customers.batches import customer_batches, purchase_batches
from surveys.customers.csv_table import TableRow
from surveys.customers.records import UNSET, ItemRecord, Money
from surveys.errors import Refusal, SeveralRefusals

BASE = {"reference": "A-1", "placed_at": "2026-03-01T10:00:00Z", "customer.email": "pat@example.test"}


def item(number: int, name: str) -> dict[str, str]:
    return {f"items.{number}.name": name}


def batches(*rows: dict[str, str]):
    return purchase_batches([TableRow(line, cells) for line, cells in enumerate(rows, start=2)])


def english(refusal: Refusal) -> str:
    faults = refusal.refusals if isinstance(refusal, SeveralRefusals) else [refusal]
    return "; ".join(f"{fault.field}: {fault}" for fault in faults)


def test_one_row_is_one_purchase():
    found = batches(
        BASE | item(1, "Mug") | {"total.amount": "1998", "total.currency": "EUR", "brand": "demo"}
    )
    (batch,) = found.good
    assert (batch.brand, batch.lines, found.refused) == ("demo", (2,), [])
    assert batch.record.items == (ItemRecord(name="Mug"),)
    assert (batch.record.total, batch.record.carrier) == (Money(1998, "EUR"), UNSET)


def test_a_repeated_reference_adds_items_wherever_it_stands():
    found = batches(
        BASE | item(1, "Mug"),
        BASE | {"reference": "A-2"},
        BASE | item(1, "Cup"),
        {"reference": "A-1"} | item(1, "Jug"),
    )
    first, second = found.good
    assert [each.name for each in first.record.items] == ["Mug", "Cup", "Jug"]
    assert (first.lines, second.lines) == ((2, 4, 5), (3,))
    assert second.record.items is UNSET


def test_the_same_reference_at_two_brands_is_two_purchases():
    assert len(batches(BASE | {"brand": "one"}, BASE | {"brand": "two"}).good) == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"placed_at": "01.03.2026"}, "placed_at: "),
        ({"customer.email": "pat"}, "customer.email: “pat” is not an e-mail address"),
        ({"customer.country": "Germany"}, "customer.country: "),
        ({"total.amount": "19,98", "total.currency": "EUR"}, "total.amount: "),
        ({"total.amount": "1998"}, "total.currency: "),
        ({"items.3.sku": "A"}, "items.3.name: "),
        (
            {"items.3.name": "A", "items.3.price.amount": "1", "items.3.price.currency": "?"},
            "items.3.price.currency: ",
        ),
        ({"customer.name": "Pat\x00"}, "customer.name: "),
        ({"ship_country": "XX", "carrier": "x" * 101}, "carrier: "),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_its_column(change, words):
    found = batches(BASE | change)
    assert found.good == []
    assert [(row.line, words in english(row.refusal)) for row in found.refused] == [(2, True)]


def test_without_a_reference_each_row_is_refused_for_itself():
    rows = [{name: cell for name, cell in BASE.items() if name != "reference"}] * 2
    found = batches(*rows)
    assert [row.line for row in found.refused] == [2, 3]
    assert all("reference: " in english(row.refusal) for row in found.refused)


def test_a_purchase_is_stored_as_a_whole_or_not_at_all():
    found = batches(BASE | item(1, "Mug"), BASE | {"items.1.sku": "no name"}, BASE | {"reference": "A-2"})
    assert [batch.lines for batch in found.good] == [(4,)]
    assert {row.line: "belongs to the purchase of line 3" in str(row.refusal) for row in found.refused} == {
        3: False,
        2: True,
    }


def test_rows_of_one_purchase_must_not_contradict_each_other():
    found = batches(BASE | item(1, "Mug"), BASE | {"carrier": "DHL"})
    assert english(found.refused[0].refusal).startswith("carrier: This differs from line 2")
    assert found.good == []


def test_a_purchase_has_at_most_two_hundred_items():
    rows = [BASE | item(1, "Mug")] * 201
    found = batches(*rows)
    assert found.good == []
    assert len(found.refused) == 201
    assert len(batches(*rows[:200]).good) == 1


def test_customers_are_one_for_each_row():
    rows = [{"email": "Pat@example.test", "brand": "demo"}, {"name": "Nadia"}, {"email": "x"}]
    found = customer_batches([TableRow(line, cells) for line, cells in enumerate(rows, start=2)])
    assert [(b.brand, b.record.email) for b in found.good] == [("demo", "pat@example.test")]
    assert [row.line for row in found.refused] == [3, 4]
