"""The curve of those who still wait: R's own example, worked values, and what holds of every curve."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.effect.survival import Watched, curve, log_rank

# R survival, data set `aml`: hours to first contact, + still open (methodology AT-44).
A = [(9, 1), (13, 1), (13, 0), (18, 1), (23, 1), (28, 0), (31, 1), (34, 1), (45, 0), (48, 1), (161, 0)]
B = [(5, 2), (8, 2), (12, 1), (23, 1), (27, 1), (30, 1), (33, 1), (43, 1), (45, 1)]
TEAM_A = [Watched(time, bool(ended)) for time, ended in A]
TEAM_B = [*(Watched(time, True, n) for time, n in B), Watched(16, False)]

CASES = st.lists(
    st.builds(Watched, st.integers(0, 30), st.booleans(), st.integers(1, 4)), min_size=1, max_size=40
)


def test_at_44_two_teams_of_which_some_cases_are_open():
    a, b = curve(TEAM_A), curve(TEAM_B)

    assert (a.quantile().time, b.quantile().time) == (31, 23)
    assert [a.waiting(13), a.waiting(23)] == pytest.approx([0.818182, 0.613636], abs=1e-6)
    assert [b.waiting(13), b.waiting(23)] == pytest.approx([0.583333, 0.486111], abs=1e-6)
    assert (a.n, a.events, a.last, b.n, b.events) == (11, 7, 161, 12, 11)
    test = log_rank(TEAM_A, TEAM_B)
    assert (test.statistic, test.p) == (pytest.approx(3.3964, abs=1e-4), pytest.approx(0.06534, abs=1e-5))


def test_the_interval_is_greenwoods_on_the_log_log_scale():
    # By hand for team A at 13: S = 10/11 * 9/10, Greenwood's sum 1/(11 * 10) + 1/(10 * 9) = 0.0202020,
    # width 1.959964 * sqrt(0.0202020) / 0.2006707 = 1.388230; S ^ e^1.388230 = 0.447429, S ^ e^-1.388230 = 0.951162.
    step = curve(TEAM_A).at(13)

    assert (step.at_risk, step.events) == (10, 1)
    assert (step.low, step.high) == pytest.approx((0.447429, 0.951162), abs=1e-6)


def test_the_median_has_an_interval_and_none_where_the_band_does_not_come_that_far():
    a, b = curve(TEAM_A), curve(TEAM_B)

    assert a.quantile() == (31, 13, None)
    assert b.quantile() == (23, 5, 33)
    assert a.quantile(0.9) == (None, 34, None)


def test_a_half_that_is_met_exactly_is_the_median():
    assert curve([Watched(1, True, 3), Watched(2, True, 3)]).quantile().time == 1
    assert curve([Watched(each, True) for each in range(1, 11)]).quantile().time == 5


def test_nothing_ended_nobody_waits_and_everybody_ended():
    assert curve([]).n == 0 and curve([]).quantile() == (None, None, None)
    open_ones = curve([Watched(5, False, 9)])
    assert (open_ones.steps, open_ones.waiting(99), open_ones.last) == ((), 1.0, 5)
    (only,) = curve([Watched(5, True, 9)]).steps
    assert (only.share, only.low, only.high) == (0, 0, 1)
    assert log_rank([Watched(5, False, 9)], [Watched(3, False)]) is None


def test_nobody_is_watched_for_less_than_no_time():
    with pytest.raises(ValueError, match="less than no time"):
        curve([Watched(-1, True)])


@given(CASES)
def test_a_curve_falls_from_one_and_stays_inside_its_band(cases):
    found = curve(cases)

    shares = [1.0, *(step.share for step in found.steps)]
    assert shares == sorted(shares, reverse=True)
    for step in found.steps:
        assert 0 <= step.low <= step.share <= step.high <= 1
        assert 0 < step.events <= step.at_risk <= found.n


@given(CASES)
def test_without_open_cases_it_is_the_plain_share(cases):
    ended = [case._replace(ended=True) for case in cases]
    n = sum(case.n for case in ended)

    found = curve(ended)

    for step in found.steps:
        still = sum(case.n for case in ended if case.time > step.time)
        assert step.share == pytest.approx(still / n, abs=1e-9)


@given(CASES)
def test_an_open_case_more_never_makes_it_look_quicker(cases):
    latest = max(case.time for case in cases)

    slower = curve([*cases, Watched(latest, False)])

    assert all(slower.waiting(t) >= curve(cases).waiting(t) - 1e-12 for t in range(int(latest)))


@given(CASES, st.sampled_from([0.25, 0.5, 0.9]))
def test_a_quantile_is_where_the_curve_and_its_band_cross(cases, part):
    time, low, high = curve(cases).quantile(part)

    assert time is None or curve(cases).waiting(time) <= 1 - part + 1e-9
    assert time is None or (low is not None and low <= time)
    assert high is None or time is None or time <= high


@given(CASES, CASES)
def test_the_test_does_not_care_which_side_is_which_and_finds_nothing_between_equals(these, those):
    one, other = log_rank(these, those), log_rank(those, these)

    assert (one is None) == (other is None)
    if one is not None:
        assert one.statistic == pytest.approx(other.statistic, abs=1e-9)
        assert 0 <= one.p <= 1
    alike = log_rank(these, these)
    assert alike is None or alike.statistic == pytest.approx(0, abs=1e-12)
