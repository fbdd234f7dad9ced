"""Sample sizes: acceptance tests AT-18 and AT-19 of the measuring method, and the laws between the formulas."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.intervals import z_of
from feedback.insights.sample_sizes import (
    margin_with,
    needed_for_margin,
    needed_per_group,
    smallest_difference,
)

variances = st.floats(0.05, 1.0)
margins = st.floats(0.005, 0.5)


@pytest.mark.parametrize(
    ("points", "needed"),
    [(10, (382, 254, 190)), (5, (1534, 1022, 766)), (3, (4266, 2843, 2132)), (2, (9601, 6400, 4799))],
)
def test_at_18_answers_for_a_margin(points, needed):
    assert tuple(needed_for_margin(points / 100, v) for v in (1, 2 / 3, 0.5)) == needed


@pytest.mark.parametrize(("points", "needed"), [(10, (782, 1044, 1253)), (5, (3137, 4184, 5021))])
def test_at_19_answers_per_group_for_a_difference(points, needed):
    assert tuple(needed_per_group(points / 100, v) for v in (0.5, 2 / 3, 0.8)) == needed


def test_the_smallest_difference_that_two_hundred_against_two_hundred_would_have_shown():
    # Methodology 2.2.4: n = 200 each, v = 0.6 gives 21.5 points with the three pseudo-answers.
    assert 100 * smallest_difference((0.6, 0.6), (200, 200)) == pytest.approx(21.5, abs=0.05)


@given(margins, variances)
def test_so_many_are_enough_and_one_fewer_is_not(margin, variance):
    n = needed_for_margin(margin, variance)

    assert margin_with(n, variance) <= margin * (1 + 1e-9)
    assert n == 1 or margin_with(n - 1, variance) > margin * (1 - 1e-9)


@given(margins, variances)
def test_groups_of_the_needed_size_would_show_the_difference(difference, variance):
    n = needed_per_group(difference, variance)

    assert smallest_difference((variance, variance), (n, n)) <= difference * (1 + 1e-9)


@given(margins, variances)
def test_half_the_margin_needs_four_times_as_many(margin, variance):
    whole, half = (needed_for_margin(each, variance, pseudo=0) for each in (margin, margin / 2))

    assert 4 * (whole - 1) <= half <= 4 * whole
    assert whole == 1 or whole == math.ceil(z_of(0.95) ** 2 * variance / margin**2 - 1e-9)


@pytest.mark.parametrize(
    "refused",
    [
        lambda: needed_for_margin(0, 0.5),
        lambda: needed_per_group(-0.1, 0.5),
        lambda: margin_with(0, 0.5),
        lambda: smallest_difference((0.5, 0.5), (0, 9)),
    ],
)
def test_nothing_is_reckoned_from_nothing(refused):
    with pytest.raises(ValueError, match="not above 0"):
        refused()
