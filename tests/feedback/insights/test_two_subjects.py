"""Two subjects are told apart only by enough letters and more than chance."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.two_subjects import ENOUGH, Share, judge

WEEKS = timedelta(days=30)


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        (Share(0, 0), Share(0, 0), "too_early"),
        (Share(199, 100), Share(500, 20), "too_early"),
        (Share(500, 100), Share(500, 150), "second"),
        (Share(500, 150), Share(500, 100), "first"),
        (Share(500, 100), Share(500, 110), "alike"),
    ],
)
def test_enough_letters_and_more_than_chance(first, second, says):
    assert judge(first, second, WEEKS).says == says


def test_answers_have_a_week_to_come_in():
    assert judge(Share(500, 100), Share(500, 150), timedelta(days=6)).says == "too_early"


def test_the_interval_is_newcombes():
    # Newcombe 1998, method 10, table II (a): 56/70 and 48/80 differ by 0.2, from 0.0524 to 0.3339.
    interval = judge(Share(80, 48), Share(70, 56), WEEKS).interval

    assert (round(interval.low, 4), round(interval.high, 4)) == (0.0524, 0.3339)


@given(st.integers(ENOUGH, 2000), st.integers(ENOUGH, 2000), st.data())
def test_swapping_the_subjects_swaps_the_word(sent, others, data):
    first = Share(sent, data.draw(st.integers(0, sent)))
    second = Share(others, data.draw(st.integers(0, others)))
    swapped = {"first": "second", "second": "first", "alike": "alike"}

    assert judge(second, first, WEEKS).says == swapped[judge(first, second, WEEKS).says]
