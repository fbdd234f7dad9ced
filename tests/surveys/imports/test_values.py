import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.errors import Refusal
from surveys.imports.values import Settings, cells_of, guessed, minor, moment


@pytest.mark.parametrize(
    ("cell", "dates", "said"),
    [
        ("2026-03-31T10:00:00Z", "dmy", "2026-03-31T10:00:00Z"),
        ("2026-03-31T10:00:00+02:00", "ymd", "2026-03-31T10:00:00+02:00"),
        ("2026-03-31", "dmy", "2026-03-31T10:00:00Z"),  # noon in Berlin, summer time
        ("2026-01-31 08:30", "ymd", "2026-01-31T07:30:00Z"),
        ("31.03.2026 14:05", "dmy", "2026-03-31T12:05:00Z"),
        ("31.3.26, 14.05 Uhr", "dmy", "2026-03-31T12:05:00Z"),
        ("03/04/2026", "mdy", "2026-03-04T11:00:00Z"),
        ("03/04/2026", "dmy", "2026-04-03T10:00:00Z"),
        ("2026-03-31 10:00:00 +0200", "ymd", "2026-03-31T08:00:00Z"),
        ("2026-03-31 10:00 UTC", "ymd", "2026-03-31T10:00:00Z"),
    ],
)
def test_dates_are_read_as_the_file_writes_them(cell, dates, said):
    assert moment("placed_at", cell, dates, "Europe/Berlin") == said


@pytest.mark.parametrize("cell", ["yesterday", "31.02.2026", "2026-13-01", "12", "31.03.2026 25:00", "0.0.0"])
def test_what_is_no_date_is_refused_with_its_field(cell):
    with pytest.raises(Refusal) as refusal:
        moment("placed_at", cell, "dmy", "Europe/Berlin")
    assert refusal.value.field == "placed_at"


@pytest.mark.parametrize(
    ("cell", "dates", "advice"),
    [
        ("03/31/2026", "dmy", "choose how"),
        ("31.31.2026", "dmy", "correct it"),
        ("29.02.2026", "mdy", "correct it"),
    ],
)
def test_another_way_of_writing_is_advised_only_where_it_would_help(cell, dates, advice):
    with pytest.raises(Refusal, match=advice):
        moment("placed_at", cell, dates, "Europe/Berlin")


@pytest.mark.parametrize(
    ("cell", "amounts", "advice"),
    [("12,50", "point", "choose how"), ("12,50", "minor", "choose how"), ("free", "comma", "correct it")],
)
def test_other_marks_are_advised_only_where_they_would_help(cell, amounts, advice):
    with pytest.raises(Refusal, match=advice):
        minor("total.amount", cell, "EUR", amounts)


@pytest.mark.parametrize(
    ("cell", "currency", "amounts", "said"),
    [
        ("1.049,90 €", "EUR", "comma", "104990"),
        ("49,9", "EUR", "comma", "4990"),
        ("1,049.90", "USD", "point", "104990"),
        ("-5", "EUR", "point", "-500"),
        ("1200", "JPY", "point", "1200"),
        ("EUR 12,50", "EUR", "comma", "1250"),
        ("1999", "EUR", "minor", "1999"),
    ],
)
def test_amounts_become_minor_units(cell, currency, amounts, said):
    assert minor("total.amount", cell, currency, amounts) == said


@pytest.mark.parametrize(
    ("cell", "amounts"), [("12,50", "point"), ("12.50", "comma"), ("free", "point"), ("1.234,567", "comma")]
)
def test_an_amount_in_another_spelling_is_refused_and_never_a_hundred_times_as_much(cell, amounts):
    with pytest.raises(Refusal):
        minor("total.amount", cell, "EUR", amounts)


@given(st.integers(-(10**9), 10**9), st.sampled_from(["point", "comma"]))
def test_every_amount_comes_back(cents, amounts):
    text = f"{abs(cents) // 100:,}.{abs(cents) % 100:02}"
    text = text.translate(str.maketrans(".,", ",.")) if amounts == "comma" else text
    assert minor("total.amount", ("-" if cents < 0 else "") + text, "EUR", amounts) == str(cents)


def test_names_are_joined_currencies_given_and_words_translated():
    mapping = ["customer.first_name", "customer.last_name", "items.1.price.amount", "customer.country", None]
    mapping += ["customer.permission.basis", "items.1.quantity"]
    row = ["Pat", "Ott", "9,90", "Österreich", "left out", "Bestandskunde", "2,00"]
    settings = Settings("dmy", "comma", "Europe/Berlin", "EUR")
    assert cells_of(row, mapping, settings) == {
        "customer.name": "Pat Ott",
        "items.1.price.amount": "990",
        "items.1.price.currency": "EUR",
        "customer.country": "AT",
        "customer.permission.basis": "existing_customer",
        "items.1.quantity": "2",
    }


@pytest.mark.parametrize(
    ("columns", "row", "dates", "amounts", "currency"),
    [
        (["placed_at", "total.amount"], ["2026-03-01", "1999"], "ymd", "minor", "EUR"),
        (["placed_at", "Summe"], ["01.03.2026", "1.234,50"], "dmy", "comma", "EUR"),
        (["placed_at", "Total"], ["03/31/2026", "1,234.50"], "mdy", "point", "EUR"),
    ],
)
def test_the_spelling_is_guessed_from_the_first_rows(columns, row, dates, amounts, currency):
    found = guessed(["placed_at", "total.amount"], columns, [row], "UTC")
    assert (found.dates, found.amounts, found.currency) == (dates, amounts, currency)
