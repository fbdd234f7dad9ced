"""Churn: acceptance test AT-36 of the measuring method."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.loyalty.churn import Churn, over, rank_of


def test_at_36_newly_won_customers_are_in_neither_number():
    # 1000 at the start, 50 of them lost; 80 were won meanwhile and 5 of those lost again.
    found = Churn(1000, 50)

    assert found.rate == 0.05 and found.rate not in (55 / 1000, 50 / 1080)
    assert found.interval is not None
    assert (100 * found.interval.low, 100 * found.interval.high) == pytest.approx((3.8130, 6.5314), abs=5e-5)
    assert 100 * over(0.05, 12) == pytest.approx(45.9640, abs=5e-5)
    assert 100 * over(0.30, 1 / 12) == pytest.approx(2.9286, abs=5e-5)


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_month_of_a_quarter_three_times_over_is_the_quarter_again(lost, more):
    found = Churn(lost + more, lost, months=3)

    assert found.monthly is not None and found.rate is not None and found.monthly_interval is not None
    assert over(found.monthly, 3) == pytest.approx(found.rate)
    assert found.monthly_interval.low <= found.monthly <= found.monthly_interval.high <= 1


def test_nobody_at_the_start_is_no_rate():
    found = Churn(0, 0)

    assert (found.rate, found.interval, found.monthly, found.monthly_interval) == (None,) * 4
    with pytest.raises(ValueError, match="no churn rate"):
        over(1.2, 2)


def test_nineteen_of_twenty():
    assert [rank_of(0.95, n) for n in (1, 20, 40, 41)] == [1, 19, 38, 39]
