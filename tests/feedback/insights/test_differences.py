"""Differences: against the published examples of the methods."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.differences import adjusted, compare, mean_p, share_difference, share_p
from surveys.scales import GROUPS, SCALES

# Newcombe 1998b, table II, method 10; methodology AT-23 has more digits from R.
NEWCOMBE = [
    ((56, 70, 48, 80), 0.052431, 0.333873),
    ((9, 10, 3, 10), 0.170523, 0.809018),
    ((10, 10, 0, 20), 0.679086, 1.0),
]


@pytest.mark.parametrize(("counts", "low", "high"), NEWCOMBE)
def test_the_difference_of_two_shares_is_newcombes(counts, low, high):
    found = share_difference(*counts)

    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-6)


def test_the_p_value_is_where_the_interval_touches_zero():
    p = share_p(56, 70, 48, 80)

    touching = share_difference(56, 70, 48, 80, level=1 - p)
    assert touching.low == pytest.approx(0, abs=1e-6)
    assert 0.005 < p < 0.01  # The 95 % interval leaves 0 out, and so does the 99 % one.


def test_equal_shares_are_no_evidence_at_all():
    assert share_p(10, 20, 5, 10) == 1.0


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_swapping_the_sides_turns_the_difference_round(n_a, n_b, data):
    a, b = data.draw(st.integers(0, n_a)), data.draw(st.integers(0, n_b))

    here, there = share_difference(a, n_a, b, n_b), share_difference(b, n_b, a, n_a)

    assert (here.low, here.high) == pytest.approx((-there.high, -there.low))


def test_benjamini_and_hochbergs_own_example():
    # Methodology AT-30: 15 p-values, four of which are discoveries at 0.05.
    ps = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    ps += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1]

    found = adjusted(ps)

    assert found[:8] == pytest.approx(
        [0.0015, 0.0030, 0.0095, 0.035625, 0.0603, 0.063857, 0.063857, 0.0645], abs=1e-6
    )
    assert sum(p <= 0.05 for p in found) == 4
    assert adjusted(ps[::-1]) == pytest.approx(found[::-1])
    assert adjusted([]) == []


def test_the_satisfied_share_of_two_periods_is_compared_with_their_counts():
    # 56 of 70 against 48 of 80 satisfied, as in Newcombe's example.
    later = {"dissatisfied": 10, "neutral": 4, "satisfied": 56}
    earlier = {"dissatisfied": 20, "neutral": 12, "satisfied": 48}

    found = compare("csat", later, earlier)

    assert found.outcome == "changed"
    assert found.difference == pytest.approx(20)
    assert (found.interval.low, found.interval.high) == pytest.approx((5.2431, 33.3873), abs=1e-3)


def test_few_answers_are_too_few_to_judge():
    happy = {"dissatisfied": 0, "neutral": 0, "satisfied": 29}
    nobody = {"dissatisfied": 0, "neutral": 0, "satisfied": 0}

    assert compare("csat", happy, {"dissatisfied": 40, "neutral": 0, "satisfied": 0}).outcome == "too_few"
    assert compare("csat", happy, nobody).difference is None


def test_the_nps_is_compared_by_its_own_test():
    promoters, detractors = (
        {"detractor": 0, "passive": 0, "promoter": 40},
        {"detractor": 40, "passive": 0, "promoter": 0},
    )

    assert compare("nps", promoters, detractors).difference == 200
    assert compare("nps", promoters, detractors).outcome == "changed"


def stars(*counts):
    return dict(zip(GROUPS["stars_five"], counts, strict=True))


def test_the_means_of_stars_are_compared_in_stars():
    # 20 fours and 20 fives against 20 threes and 20 fours: both variances 40 * 0.25 / 39, so each half width is
    # 2.022691 * sqrt(0.256410 / 40) = 0.161946, and their hypotenuse 0.229027.
    found = compare("stars_five", stars(0, 0, 0, 20, 20), stars(0, 0, 20, 20, 0))

    assert found.outcome == "changed"
    assert found.difference == pytest.approx(1.0)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.770973, 1.229027), abs=1e-5)
    assert found.p < 1e-8


def test_stars_that_hardly_differ_and_stars_that_nobody_gave_are_said_plainly():
    alike = compare("stars_five", stars(1, 1, 4, 14, 20), stars(1, 2, 4, 13, 20))

    assert alike.outcome == "not_distinguishable" and alike.p > 0.5
    assert compare("stars_five", stars(0, 0, 0, 0, 0), stars(0, 0, 0, 0, 3)).difference is None
    assert compare("stars_five", stars(0, 0, 0, 0, 9), stars(0, 0, 0, 9, 0)).outcome == "too_few"


def test_sides_of_one_mind_each_differ_without_doubt():
    found = compare("stars_five", stars(0, 0, 0, 0, 40), stars(0, 40, 0, 0, 0))

    assert (found.outcome, found.difference, found.p) == ("changed", 3.0, 0.0)
    assert mean_p({5: 40}, {5: 30}) == mean_p({5: 1}, {1: 30}) == 1.0


@given(*[st.lists(st.integers(1, 5), min_size=2, max_size=50)] * 2)
def test_the_p_value_of_two_means_does_not_depend_on_the_side(these, those):
    here, there = mean_p(Counter(these), Counter(those)), mean_p(Counter(those), Counter(these))

    assert here == pytest.approx(there)
    assert 0 <= here <= 1


@pytest.mark.parametrize("kind", ["csat", "csat3", "ces", "smileys", "thumbs", "pmf"])
def test_shares_are_those_of_the_happy_groups(kind):
    scale = SCALES[kind]
    many = scale.tally({scale.high: 60, scale.low: 40})
    few = scale.tally({scale.high: 30, scale.low: 70})

    assert compare(kind, many, few).difference == pytest.approx(30)
    assert compare(kind, many, few).outcome == "changed"
