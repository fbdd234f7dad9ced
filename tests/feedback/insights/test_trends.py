"""Trends: buckets on the shop's calendar, and acceptance test AT-17 of the measuring method."""

from datetime import date, timedelta
from itertools import pairwise
from math import sqrt
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.intervals import net_share, nps_interval
from feedback.insights.trends import Bucket, bucket_for, buckets, verdict

units = st.sampled_from(["week", "month", "quarter"])
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
counts = st.integers(0, 500)
groups = st.fixed_dictionaries({"detractor": counts, "passive": counts, "promoter": counts})


def of(detractors: int, passives: int, promoters: int) -> dict[str, int]:
    return {"detractor": detractors, "passive": passives, "promoter": promoters}


@pytest.mark.parametrize(
    ("n", "unit"), [(0, "quarter"), (29, "quarter"), (30, "month"), (99, "month"), (100, "week")]
)
def test_few_answers_want_wide_buckets(n, unit):
    assert bucket_for(n) == unit


def test_weeks_start_on_monday_and_hold_both_ends():
    # 2026-10-28 is a Wednesday, 2026-11-09 a Monday.
    assert buckets(date(2026, 10, 28), date(2026, 11, 9), "week") == [
        Bucket(date(2026, 10, 26), date(2026, 11, 2)),
        Bucket(date(2026, 11, 2), date(2026, 11, 9)),
        Bucket(date(2026, 11, 9), date(2026, 11, 16)),
    ]


def test_months_and_quarters_go_over_the_turn_of_the_year():
    assert buckets(date(2026, 12, 31), date(2027, 1, 1), "month") == [
        Bucket(date(2026, 12, 1), date(2027, 1, 1)),
        Bucket(date(2027, 1, 1), date(2027, 2, 1)),
    ]
    assert buckets(date(2026, 11, 5), date(2027, 1, 1), "quarter") == [
        Bucket(date(2026, 10, 1), date(2027, 1, 1)),
        Bucket(date(2027, 1, 1), date(2027, 4, 1)),
    ]


def test_a_swapped_period_has_no_buckets():
    assert buckets(date(2026, 2, 2), date(2026, 2, 1), "week") == []


@given(days, st.integers(0, 800), units)
def test_buckets_follow_each_other_and_every_day_has_its_own(since, length, unit):
    until = since + timedelta(days=length)
    row = buckets(since, until, unit)

    assert row[0].start <= since
    assert row[-1].start <= until < row[-1].end
    assert all(one.end == other.start for one, other in pairwise(row))


def test_at_17_twenty_points_between_two_hundreds_are_not_distinguishable():
    result = verdict(of(10, 30, 60), of(20, 30, 50))

    assert result.interval is not None
    assert result.difference == pytest.approx(20.0)
    centre = (result.interval.low + result.interval.high) / 2
    assert centre == pytest.approx(19.4175, abs=5e-5)
    assert (result.interval.high - centre) / 1.959964 == pytest.approx(10.1822, abs=5e-5)
    assert (result.interval.low, result.interval.high) == pytest.approx((-0.5392, 39.3741), abs=5e-5)
    assert result.p == pytest.approx(0.056519, abs=5e-7)
    assert result.outcome == "not_distinguishable"


def test_at_17_the_plain_wald_test_for_comparison():
    one, other = net_share(10, 30, 60), net_share(20, 30, 50)
    z = (one.value - other.value) / sqrt(one.se**2 + other.se**2)

    assert 2 * NormalDist().cdf(-z) == pytest.approx(0.052068, abs=5e-7)


def test_at_17_mover_from_the_two_score_intervals():
    one, other = nps_interval(10, 30, 60).in_percent(), nps_interval(20, 30, 50).in_percent()
    low = 20 - sqrt((50 - one.low) ** 2 + (other.high - 30) ** 2)
    high = 20 + sqrt((one.high - 50) ** 2 + (30 - other.low) ** 2)

    assert (low, high) == pytest.approx((-0.3436, 39.9620), abs=5e-5)


def test_a_clear_change_is_called_one():
    result = verdict(of(30, 30, 40), of(10, 30, 60))

    assert result.outcome == "changed"
    assert result.difference == pytest.approx(-40.0)


def test_below_thirty_answers_nothing_is_judged():
    assert verdict(of(0, 0, 29), of(500, 0, 0)).outcome == "too_few"
    assert verdict(of(0, 0, 30), of(500, 0, 0)).outcome == "changed"


def test_an_empty_period_has_no_difference():
    result = verdict(of(0, 0, 0), of(10, 30, 60))

    assert (result.outcome, result.difference, result.interval, result.p) == ("too_few", None, None, None)


@given(groups, groups)
def test_swapping_the_periods_turns_the_sign_and_nothing_else(one, other):
    there, back = verdict(one, other), verdict(other, one)

    assert there.outcome == back.outcome
    if there.difference is not None and back.difference is not None:
        assert there.difference == pytest.approx(-back.difference)
        assert there.p == pytest.approx(back.p)
