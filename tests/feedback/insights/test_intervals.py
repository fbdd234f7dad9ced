"""Intervals: acceptance tests AT-02, AT-06, AT-07, AT-12 to AT-16 and AT-21 of the measuring method."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.intervals import (
    Interval,
    adjusted_net_share,
    adjusted_wald,
    mean_of,
    net_share,
    nps_interval,
    t_of,
    wald,
    wilson,
    z_of,
)

count = st.integers(0, 2000)
triples = st.tuples(count, count, count).filter(any)
levels = st.sampled_from([0.6, 0.8, 0.95, 0.99])


def in_points(interval: Interval) -> tuple[float, float]:
    shown = interval.in_percent()
    return shown.low, shown.high


def test_the_deviate_of_95_percent():
    assert z_of(0.95) == pytest.approx(1.959964, abs=1e-6)


@pytest.mark.parametrize(
    ("counts", "variance", "se"),
    [
        ((1, 0, 0), 0, 0),
        ((0, 1, 0), 0, 0),
        ((0, 0, 1), 0, 0),
        ((1, 0, 1), 1, 0.707107),
        ((0, 1, 1), 0.25, 0.353553),
        ((1, 1, 1), 0.666667, 0.471405),
    ],
)
def test_at_02_variance_and_standard_error_of_tiny_samples(counts, variance, se):
    share = net_share(*counts)

    assert share.variance == pytest.approx(variance, abs=5e-7)
    assert share.se == pytest.approx(se, abs=5e-7)


def test_at_06_wald_adjusted_wald_and_score_of_a_thousand_answers():
    counts = (362, 176, 462)

    assert in_points(wald(net_share(*counts))) == pytest.approx((4.4081, 15.5919), abs=5e-5)
    assert in_points(adjusted_wald(*counts)) == pytest.approx((4.3897, 15.5505), abs=5e-5)
    assert in_points(nps_interval(*counts)) == pytest.approx((4.3822, 15.5495), abs=5e-5)


def test_at_07_shares_of_a_population_and_the_standard_error_at_a_hundred():
    share = net_share(100 / 6, 100 / 3, 100 / 2)

    assert 100 * share.value == pytest.approx(33.3333, abs=5e-5)
    assert share.variance == pytest.approx(5 / 9)
    assert 100 * share.se == pytest.approx(7.4536, abs=5e-5)


def test_at_12_wald_of_a_hundred_answers():
    share = net_share(10, 30, 60)

    assert share.value == 0.5
    assert share.se == pytest.approx(0.0670820, abs=5e-8)
    assert in_points(wald(share)) == pytest.approx((36.8522, 63.1478), abs=5e-5)


def test_at_13_adjusted_wald_and_score_of_a_hundred_answers():
    assert 100 * adjusted_net_share(10, 30, 60).value == pytest.approx(48.5437, abs=5e-5)
    assert in_points(adjusted_wald(10, 30, 60)) == pytest.approx((35.4666, 61.6208), abs=5e-5)
    assert in_points(nps_interval(10, 30, 60)) == pytest.approx((35.5692, 61.8762), abs=5e-5)


def test_at_14_ten_promoters_do_not_prove_that_everybody_is_one():
    assert in_points(wald(net_share(0, 0, 10))) == (100, 100)
    assert in_points(wald(adjusted_net_share(0, 0, 10))) == pytest.approx((47.5036, 106.3426), abs=5e-5)
    assert in_points(adjusted_wald(0, 0, 10)) == pytest.approx((47.50, 100), abs=5e-3)
    assert in_points(nps_interval(0, 0, 10)) == pytest.approx((44.4934, 100), abs=5e-5)
    assert nps_interval(0, 0, 10).high == 1.0
    assert nps_interval(10, 0, 0).low == -1.0


def test_at_15_three_intervals_of_36_answers():
    counts = (5, 6, 25)

    assert 100 * net_share(*counts).value == pytest.approx(55.5556, abs=5e-5)
    assert in_points(wald(net_share(*counts))) == pytest.approx((31.8937, 79.2174), abs=5e-5)
    assert in_points(adjusted_wald(*counts)) == pytest.approx((28.1189, 74.4452), abs=5e-5)
    assert in_points(nps_interval(*counts)) == pytest.approx((27.4868, 74.3303), abs=5e-5)


def test_at_16_the_approval_panel_of_agresti():
    counts = (86, 1364, 150)

    assert 100 * net_share(*counts).value == pytest.approx(4.0)
    assert in_points(wald(net_share(*counts))) == pytest.approx((2.1284, 5.8716), abs=5e-5)
    assert in_points(adjusted_wald(*counts)) == pytest.approx((2.1184, 5.8666), abs=5e-5)
    assert in_points(nps_interval(*counts)) == pytest.approx((2.1362, 5.8998), abs=5e-5)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.255289, 0.366210), (15, 148, 0.062386, 0.160487), (0, 20, 0, 0.161125)],
)
def test_at_21_wilson_as_newcombe_printed_it(successes, n, low, high):
    interval = wilson(successes, n)

    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-7)


@pytest.mark.parametrize(
    ("degrees", "deviate"),
    [
        # Table of Student's t, 97.5 % point: NIST/SEMATECH e-Handbook 1.3.6.7.2.
        (1, 12.706),
        (2, 4.303),
        (3, 3.182),
        (10, 2.228),
        (29, 2.045),
        (30, 2.042),
        (99, 1.984),
        (100, 1.984),
    ],
)
def test_students_t_as_tabled(degrees, deviate):
    assert t_of(0.95, degrees) == pytest.approx(deviate, abs=5e-4)


def test_both_ways_to_students_t_meet_where_one_takes_over():
    steps = [t_of(0.95, degrees) for degrees in range(197, 205)]
    falls = [earlier - later for earlier, later in pairwise(steps)]

    # The derivative is about -2.37 / degrees^2 here, so each fall is about 6e-5 and they shrink slowly.
    assert falls == sorted(falls, reverse=True)
    assert falls[0] == pytest.approx(falls[-1], rel=0.1)


@pytest.mark.parametrize("counts", [{5: 1}, {5: 12}, {5: 12, 4: 0}])
def test_equal_answers_say_nothing_of_the_spread(counts):
    mean = mean_of(counts)

    assert mean is not None
    assert mean.value == 5
    assert mean.interval is None


def test_no_answers_have_no_mean():
    assert mean_of({}) is None


@pytest.mark.parametrize("counts", [(0, 0, 0), (-1, 0, 5)])
def test_impossible_counts_are_refused(counts):
    for interval in (nps_interval, adjusted_wald):
        with pytest.raises(ValueError, match=r"answers|negative"):
            interval(*counts)


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (3, 2), (-1, 2)])
def test_impossible_shares_are_refused(successes, n):
    with pytest.raises(ValueError, match="no share"):
        wilson(successes, n)


@given(triples, levels)
def test_the_score_interval_holds_the_estimate_and_stays_possible(counts, level):
    interval = nps_interval(*counts, level)

    assert -1 <= interval.low <= net_share(*counts).value <= interval.high <= 1


@given(triples)
def test_swapping_friends_and_foes_mirrors_the_interval(counts):
    detractors, passives, promoters = counts
    interval, mirrored = nps_interval(*counts), nps_interval(promoters, passives, detractors)

    assert interval.low == pytest.approx(-mirrored.high, abs=1e-9)
    assert interval.high == pytest.approx(-mirrored.low, abs=1e-9)


@given(triples)
def test_more_confidence_needs_a_wider_interval(counts):
    narrow, wide = nps_interval(*counts, 0.8), nps_interval(*counts, 0.95)

    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), levels)
def test_wilson_holds_the_share_and_stays_possible(case, level):
    successes, n = case
    interval = wilson(successes, n, level)

    assert 0 <= interval.low <= successes / n <= interval.high <= 1
