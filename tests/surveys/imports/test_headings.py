import pytest

from surveys.imports.headings import (
    FIELD_OF,
    FIELDS,
    UnusableMapping,
    check_mapping,
    field_of,
    is_field,
    suggested,
)


@pytest.mark.parametrize(
    ("kind", "heading", "field"),
    [
        ("purchases", "reference", "reference"),
        ("purchases", "items.7.sku", "items.7.sku"),
        ("purchases", "Bestell-Nr.", "reference"),
        ("purchases", "ORDER_NUMBER", "reference"),
        ("purchases", "Zugestellt am", "delivered_at"),
        ("purchases", "E-Mail", "customer.email"),
        ("purchases", "Gesamtbetrag", "total.amount"),
        ("purchases", "Währung", "total.currency"),
        ("purchases", "Kundennummer", "customer.reference"),
        ("purchases", "Farbe", None),
        ("customers", "E-Mail-Adresse", "email"),
        ("customers", "Name", "name"),
        ("customers", "Bestellnummer", None),
        ("suppressions", "Email Address", "address"),
        ("responses", "Bewertung", "score"),
        ("responses", "Beantwortet am", "submitted_at"),
    ],
)
def test_headings_in_english_german_and_the_apis_words_are_known(kind, heading, field):
    assert field_of(kind, heading) == field


def test_every_alias_leads_to_a_field_that_can_be_chosen():
    for kind, table in FIELD_OF.items():
        assert table and all(is_field(kind, field) for field in table.values())
        assert set(table.values()) <= set(FIELDS[kind])


def test_a_field_is_suggested_once():
    assert suggested("purchases", ["E-Mail", "Email", "Farbe"]) == ["customer.email", None, None]


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ([None, "reference"], "Missing columns: “placed_at”, “customer.reference or customer.email”"),
        (["reference", "reference"], "same field: “reference”"),
        (["colour"], "no such fields: “colour”"),
    ],
)
def test_what_makes_no_purchase_is_told(mapping, words):
    with pytest.raises(UnusableMapping, match=words):
        check_mapping("purchases", mapping)


def test_what_is_said_for_all_rows_needs_no_column():
    check_mapping("responses", ["submitted_at", "score"], ["survey"])
