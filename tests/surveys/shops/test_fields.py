from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.api.strict_json import NotStrictJson
from surveys.customers import checks
from surveys.customers.records import Money
from surveys.shops import fields

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.decimals(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def test_a_body_is_read_with_large_numbers_and_exact_fractions():
    told = fields.read(b'{"id": 820982911946154508, "price": 12.10, "odd": NaN}')
    assert told == {"id": 820982911946154508, "price": Decimal("12.10"), "odd": None}


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"7", b"{", b"\xff", b"[" * 100, b'{"a": ' + b"9" * 5000 + b"}"]
)
def test_what_is_no_object_is_refused_in_words(body):
    with pytest.raises(NotStrictJson):
        fields.read(body)


@pytest.mark.parametrize(
    ("value", "longest", "line"),
    [
        ("  A \n B\x00 ", 10, "A B"),
        ("long", 2, "lo"),
        (7, 10, "7"),
        ("\ud800", 10, None),
        ("", 10, None),
        (True, 10, None),
        (None, 10, None),
        ([], 10, None),
    ],
)
def test_a_text_is_one_clean_line(value, longest, line):
    assert fields.text(value, longest) == line


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("59.90", "EUR", 5990),
        ("59.9", "eur", 5990),
        (Decimal("12.5"), "EUR", 1250),
        (3, "EUR", 300),
        ("1000", "JPY", 1000),  # no smaller unit (ISO 4217)
        ("1.234", "KWD", 1234),  # a thousand fils (ISO 4217)
        ("0.005", "EUR", 1),  # half a cent goes up
        ("-5.00", "EUR", -500),
        ("12,50", "EUR", None),
        ("NaN", "EUR", None),
        ("1e99", "EUR", None),
        ("99999999999", "EUR", None),
        ("1.00", "XXY", None),
        ("1.00", None, None),
        (None, "EUR", None),
    ],
)
def test_money_is_in_the_smallest_unit_of_its_currency(amount, currency, minor):
    found = fields.money(amount, currency)
    assert found == (None if minor is None else Money(minor, currency.upper()))


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("2026-03-01T10:00:00+01:00", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("2026-03-01T09:00:00Z", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("2026-03-01T09:00:00", datetime(2026, 3, 1, 9, tzinfo=UTC)),  # WooCommerce's _gmt fields
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("1969-12-31", None),
        ("yesterday", None),
        (7, None),
        (None, None),
    ],
)
def test_a_moment_is_in_utc(value, found):
    assert fields.moment(value) == found


@pytest.mark.parametrize(
    ("value", "found"), [(7, 7), ("7", 7), (0, None), ("x", None), (-1, None), ("٣", None)]
)
def test_an_id_is_a_number_above_zero(value, found):
    assert fields.number(value) == found


def test_what_a_check_refuses_is_left_out():
    assert fields.checked("de", checks.country) == "DE"
    assert fields.checked("XX", checks.country) is None
    assert fields.checked(None, checks.country) is None


@given(ANYTHING, ANYTHING)
def test_nothing_in_a_payload_makes_a_field_fail(value, other):
    fields.money(value, other)
    fields.money(value, "EUR")
    fields.moment(value)
    fields.quantity(value)
    fields.full_name({"first_name": value, "last_name": other})
    for check in (checks.email, checks.country, checks.locale, checks.link):
        fields.checked(value, check)
    assert fields.part({"a": value}, "a", "b") is not None
    assert fields.parts({"a": value}, "a") is not None
