"""Money given out of goodwill, as people write it and as roles may give it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.closing.goodwill import (
    MOST_UNITS,
    AboveLimit,
    Money,
    NoAmount,
    NoCurrency,
    check_limit,
    read_amount,
)


def test_amounts_are_read_in_the_manner_of_the_reader():
    assert read_amount("12.50", "EUR", "en") == Money(1250, "EUR")
    assert read_amount(" 1.234,5 ", "eur", "de") == Money(123450, "EUR")
    assert read_amount("300", "JPY", "en") == Money(300, "JPY")


@pytest.mark.parametrize(
    "text", ["0", "-3", "", "ten", "1e3", "NaN", "Infinity", "12.345", "1000000.01", "1.2.3"]
)
def test_what_is_no_amount_is_refused_with_an_example(text):
    with pytest.raises(NoAmount, match="such as 12.50"):
        read_amount(text, "EUR", "en")


def test_a_yen_has_no_smaller_part():
    with pytest.raises(NoAmount):
        read_amount("3.5", "JPY", "en")


@pytest.mark.parametrize("letters", ["", "EU", "EURO", "12E", "€€€"])
def test_unknown_currencies_are_refused(letters):
    with pytest.raises(NoCurrency):
        read_amount("5", letters, "en")


@given(st.integers(1, MOST_UNITS * 100))
def test_every_amount_comes_back_as_it_was_written(cents):
    assert read_amount(f"{cents // 100}.{cents % 100:02}", "EUR", "en").amount == cents


def test_a_role_may_give_up_to_its_limit_over_all_gifts_of_the_task():
    limits = {"agent": 50}
    check_limit(Money(2000, "EUR"), 3000, "agent", limits)
    with pytest.raises(AboveLimit, match="50.01 EUR"):
        check_limit(Money(2001, "EUR"), 3000, "agent", limits)
    check_limit(Money(10**8, "EUR"), 0, "owner", limits)
