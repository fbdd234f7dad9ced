"""Control charts by the values of the methodology (part 6.4), and the laws they keep."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.watching.control import (
    RUN,
    net_chart,
    share_chart,
    signals,
    single_chart,
)

ORANGE_JUICE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9]
ORANGE_JUICE += [12, 7, 13, 9, 6]
NIST_SINGLE = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
WEEKLY = [120, 95, 140, 110, 80, 130, 105, 150, 90, 115, 125, 60]
DETRACTORS = [18, 13, 22, 15, 12, 21, 14, 24, 13, 33, 19, 9]
OVERDISPERSED = [300, 352, 281, 330, 262, 341, 290, 365, 270, 318]


def outside(chart):
    return [signal.at + 1 for signal in signals(chart.points) if signal.rule == "outside"]


def test_at_32_orange_juice_cans():
    chart = share_chart(ORANGE_JUICE, [50] * 30, laney=False)

    assert chart.centre == pytest.approx(0.231333, abs=1e-6)
    assert chart.points[0].low == pytest.approx(0.052428, abs=1e-6)
    assert chart.points[0].high == pytest.approx(0.410239, abs=1e-6)
    assert outside(chart) == [15, 23]

    without = share_chart(ORANGE_JUICE, [50] * 30, set(range(30)) - {14, 22}, laney=False)
    assert without.centre == pytest.approx(0.215, abs=1e-9)
    assert (without.points[0].low, without.points[0].high) == pytest.approx((0.040703, 0.389297), abs=1e-6)


def test_at_33_single_values():
    chart = single_chart(NIST_SINGLE)

    assert chart.centre == pytest.approx(50.81)
    assert chart.range_limit == pytest.approx(3.267 * 1.877778, abs=1e-5)
    assert (chart.points[0].low, chart.points[0].high) == pytest.approx((45.8159, 55.8041), abs=1e-4)
    assert not signals(chart.points)


def test_at_34_detractors_of_a_quarter():
    chart = share_chart(DETRACTORS, WEEKLY)

    assert (chart.method, chart.sigma_z) == ("plain", pytest.approx(0.976919, abs=1e-6))
    assert chart.centre == pytest.approx(0.161364, abs=1e-6)
    assert outside(chart) == [10]
    assert chart.points[9].value == pytest.approx(0.286957, abs=1e-6)
    assert chart.points[9].high == pytest.approx(0.264275, abs=1e-6)
    assert (chart.points[11].low, chart.points[11].high) == pytest.approx((0.018890, 0.303838), abs=1e-6)


def test_at_34_b_many_answers_need_wider_limits():
    narrow = share_chart(OVERDISPERSED, [2000] * 10, laney=False)
    assert narrow.centre == pytest.approx(0.15545)
    assert (narrow.points[0].low, narrow.points[0].high) == pytest.approx((0.131144, 0.179756), abs=1e-6)
    # The table names 5 and 8: 262 lies on 0.131 and 365 on 0.1825.
    assert outside(narrow) == [5, 8]

    chart = share_chart(OVERDISPERSED, [2000] * 10)
    assert (chart.method, chart.sigma_z) == ("laney", pytest.approx(3.574396, abs=1e-6))
    assert (chart.points[0].low, chart.points[0].high) == pytest.approx((0.068571, 0.242329), abs=1e-6)
    assert outside(chart) == []


def test_eight_in_a_row_on_one_side_are_a_signal_that_says_where_the_run_began():
    chart = single_chart([10, 12, 8, 11, 9, 10, 12, 8] + [9.5] * 9, range(8))

    found = signals(chart.points)

    assert [(signal.at, signal.direction, signal.rule, signal.since) for signal in found] == [
        (at, "lower", "run", 7) for at in (14, 15, 16)
    ]
    assert RUN == 8


def test_two_of_three_far_out_count_only_when_asked_for():
    chart = single_chart([10, 11, 9, 11, 9, 10, 11, 9, 14, 10, 14], range(8))

    assert not signals(chart.points)
    assert [(signal.at, signal.rule, signal.since) for signal in signals(chart.points, pairs=True)] == [
        (10, "pair", 8)
    ]


def test_a_baseline_of_one_mind_does_not_make_every_other_answer_an_alarm():
    assert not signals(share_chart([20] * 12 + [19], [20] * 13, range(12)).points)
    assert not signals(net_chart([(0, 0, 20)] * 12 + [(0, 1, 19)], range(12)).points)
    assert signals(net_chart([(0, 0, 20)] * 12 + [(9, 0, 11)], range(12)).points)


def test_what_cannot_be_charted_is_refused():
    for refused in (
        lambda: share_chart([0], [0]),
        lambda: share_chart([1, 0], [2, 0], [0]),
        lambda: single_chart([1.0]),
        lambda: net_chart([(1, 1, 1)], []),
    ):
        with pytest.raises(ValueError, match="a|an"):
            refused()


SAMPLES = st.lists(
    st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=40
)


@given(SAMPLES)
def test_limits_of_shares_hold_the_level_and_stay_possible_and_narrow_with_n(samples):
    hits, sizes = [x for x, _ in samples], [n for _, n in samples]
    chart = share_chart(hits, sizes, laney=False)

    for point in chart.points:
        assert 0 <= point.low <= chart.centre <= point.high <= 1
    by_size = sorted(zip(sizes, chart.points, strict=True), key=lambda each: each[0])
    widths = [point.high - point.low for _, point in by_size]
    assert all(later <= earlier + 1e-9 for earlier, later in pairwise(widths))


@given(st.lists(st.tuples(*[st.integers(0, 90)] * 3).filter(any), min_size=2, max_size=30))
def test_limits_of_the_nps_hold_the_level_and_mirror(groups):
    chart = net_chart(groups)
    mirrored = net_chart([(happy, neutral, unhappy) for unhappy, neutral, happy in groups])

    for point, other in zip(chart.points, mirrored.points, strict=True):
        assert -1 <= point.low <= chart.centre + 1e-12 and chart.centre <= point.high + 1e-12 <= 1 + 1e-12
        assert (point.low, point.high) == pytest.approx((-other.high, -other.low), abs=1e-9)
    assert [each.at for each in signals(chart.points)] == [each.at for each in signals(mirrored.points)]


@given(st.integers(1, 60), st.integers(0, 60), st.integers(2, 60))
def test_a_constant_series_never_signals(n, x, length):
    x = min(x, n)
    for chart in (
        share_chart([x] * length, [n] * length),
        net_chart([(x, 0, n - x)] * length),
        single_chart([float(x)] * length),
    ):
        assert not signals(chart.points, pairs=True)
