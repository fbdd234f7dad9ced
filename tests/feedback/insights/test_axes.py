"""Axes: few and round numbers around all values."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.axes import AXES


@given(st.sampled_from(sorted(AXES)), st.lists(st.floats(0, 1), min_size=1, max_size=30), st.integers(3, 9))
def test_the_numbers_of_an_axis_are_few_and_hold_every_value(metric, shares, most):
    axis = AXES[metric]
    values = [axis.low + share * (axis.high - axis.low) for share in shares]
    numbers = axis.numbers_for(values, most)

    assert 2 <= len(numbers) <= most
    assert axis.low <= numbers[0] <= min(values)
    assert max(values) <= numbers[-1] <= axis.high
    assert not axis.has_zero_line or 0 in numbers


def test_steady_scores_are_not_magnified():
    assert list(AXES["csat"].numbers_for([84.0, 84.5], most=6)) == [84, 86, 88, 90, 92, 94]
    assert list(AXES["csat"].numbers_for([100.0], most=6)) == [90, 92, 94, 96, 98, 100]


def test_stars_have_whole_numbers_from_their_lowest_to_their_highest():
    assert list(AXES["stars_five"].numbers_for([], most=6)) == [1, 2, 3, 4, 5]
    assert list(AXES["stars_five"].numbers_for([1.2, 4.9], most=3)) == [1, 3, 5]
    assert list(AXES["stars_five"].numbers_for([4.6], most=6)) == [3, 4, 5]
    assert (AXES["stars_five"].said(4.416), AXES["stars_five"].written(4)) == ("4.42", "4")


def test_a_level_is_written_as_in_sentences_and_tables_with_no_plus():
    assert [AXES["nps"].written(score) for score in (-13, 0, 13)] == ["\N{MINUS SIGN}13", "0", "13"]
    assert AXES["csat"].written(90) == "90"
