"""What contact may have added, by the agreed values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.effect.uplift import uplift


def test_at_47_who_was_contacted_ordered_more_often():
    found = uplift(56, 70, 48, 80)

    assert 100 * found.difference == pytest.approx(20.0)
    assert (100 * found.interval.low, 100 * found.interval.high) == pytest.approx((5.24, 33.39), abs=5e-3)
    assert (found.needed, found.is_clear) == (pytest.approx(5.0), True)


@pytest.mark.parametrize(
    ("counts", "difference", "low", "high"),
    [
        ((56, 70, 48, 80), 0.2, 0.052431, 0.333873),
        ((9, 10, 3, 10), 0.6, 0.170523, 0.809018),
        ((10, 10, 0, 20), 1, 0.679086, 1),
    ],
)
def test_at_23_the_interval_is_newcombes(counts, difference, low, high):
    found = uplift(*counts)

    assert (found.difference, found.interval.low, found.interval.high) == pytest.approx(
        (difference, low, high), abs=1e-6
    )


def test_where_it_may_be_nothing_nobody_is_told_how_many_to_contact():
    found = uplift(5, 10, 4, 10)

    assert (found.needed, found.is_clear) == (None, False)
    assert uplift(1, 40, 30, 40).needed is None and uplift(1, 40, 30, 40).is_clear


def test_nobody_is_compared_with_nobody():
    with pytest.raises(ValueError, match="Nobody"):
        uplift(0, 0, 3, 5)


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_it_lies_inside_its_interval(n, m, data):
    a, b = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))

    found = uplift(a, n, b, m)

    assert -1 - 1e-9 <= found.interval.low <= found.difference + 1e-9
    assert found.difference - 1e-9 <= found.interval.high <= 1 + 1e-9
