"""Where a customer stands among all who buy."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.deciding.worth import FEWEST, MIDDLE, rank

LIMITS = [100 * number for number in range(1, 101)]


def test_the_place_is_the_share_of_customers_who_spend_less():
    assert rank(7000, LIMITS) == 0.7
    assert rank(20_000, LIMITS) == 1
    assert rank(50, LIMITS) == 0
    assert rank(None, LIMITS) == rank(0, LIMITS) == 0


def test_among_few_nobody_stands_high_or_low():
    assert rank(7000, LIMITS[: FEWEST - 1]) == MIDDLE


@given(st.integers(-5, 20_000), st.integers(-5, 20_000))
def test_who_spends_more_never_stands_lower(one, other):
    less, more = sorted((one, other))

    assert 0 <= rank(less, LIMITS) <= rank(more, LIMITS) <= 1
