"""Worked, did not, or unclear: by the interval, in the direction that was hoped for, and never by a dot."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.improving.verdicts import (
    Comparison,
    Hope,
    Side,
    decide,
    is_possible,
    share_verdict,
    windows,
)
from feedback.insights.differences import share_difference
from feedback.insights.selection import Days

DAYS = Days(date(2026, 10, 1), date(2026, 10, 30))
LESS, BETTER = Hope("share", "down", None), Hope("score", "up", None)
SIDES = st.builds(
    lambda scores, part: Side(DAYS, scores, int(part * sum(scores.values()))),
    st.dictionaries(st.integers(0, 10), st.integers(0, 60)),
    st.floats(0, 1),
)


def seen(before, after, n=100, scores=({9: 50, 2: 50}, {9: 50, 2: 50}), **values):
    """Two windows of `n` answers, of which some raised it."""
    sides = [
        Side(DAYS, {score: count * n // 100 for score, count in counts.items()}, raised)
        for counts, raised in zip(scores, (before, after), strict=True)
    ]
    return Comparison("nps", *sides, **values)


@pytest.mark.parametrize(
    ("found", "hope", "said"),
    [
        (seen(30, 5), LESS, ("worked", "clear")),
        (seen(5, 30), LESS, ("did_not", "against")),
        (seen(30, 26), LESS, ("unclear", "not_clear")),
        (seen(30, 26), LESS._replace(least=25.0), ("did_not", "too_little")),
        (seen(20, 0, n=28), LESS, ("unclear", "too_few")),
        (seen(30, 5), Hope("share", "up", None), ("did_not", "against")),
        (seen(0, 0, scores=({9: 30, 2: 70}, {9: 80, 2: 20})), BETTER, ("worked", "clear")),
        (seen(0, 0, scores=({9: 80, 2: 20}, {9: 30, 2: 70})), BETTER, ("did_not", "against")),
        (seen(0, 0), BETTER, ("unclear", "not_clear")),
        (seen(0, 0, scores=({9: 30, 2: 70}, {9: 80, 2: 20}), mixed=("country",)), BETTER, ("unclear", "mix")),
        (seen(30, 5, mixed=("country",)), LESS, ("worked", "clear")),
        (seen(30, 5, is_hidden=True), LESS, ("unclear", "hidden")),
        (seen(0, 0, scores=({}, {9: 100})), BETTER, ("unclear", "too_few")),
    ],
)
def test_what_is_said_of_two_windows(found, hope, said):
    assert decide(found, hope) == said


def test_a_cause_is_not_rarer_while_open_tasks_could_still_have_it():
    found = seen(30, 5)
    assert decide(found, LESS).verdict == "worked"
    waiting = Comparison("nps", found.before, replace(found.after, unsettled=25))
    assert decide(waiting, LESS) == ("unclear", "open_tasks")


@given(SIDES, SIDES, st.sampled_from(("share", "score")), st.one_of(st.none(), st.floats(0.1, 100)))
def test_hoping_for_the_opposite_never_ends_well_twice_and_kept_figures_judge_alike(
    one, other, measure, least
):
    found = Comparison("nps", one, other)
    up, down = (decide(found, Hope(measure, way, least)) for way in ("up", "down"))
    assert (up.verdict, down.verdict) != ("worked", "worked")
    turned = Comparison("nps", other, one)
    assert decide(turned, Hope(measure, "up", least)) == down
    assert Comparison.from_data("nps", found.as_data()) == found


def test_the_share_is_compared_as_newcombe_does():
    found = share_verdict(56, 70, 48, 80)  # his example, method 10: 0.0524 to 0.3339
    assert (found.interval.low, found.interval.high) == (
        pytest.approx(5.24, abs=0.005),
        pytest.approx(33.39, abs=0.005),
    )
    assert found.interval == share_difference(56, 70, 48, 80).in_percent()


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(7, 366))
def test_windows_touch_and_are_equally_long(day, length):
    before, after = windows(day, day + timedelta(days=length))
    assert before.length == after.length == length
    assert before.last + timedelta(days=1) == after.first == day


def test_a_hope_lies_within_the_scale():
    assert is_possible(Hope("score", "up", 150.0), "nps") and not is_possible(
        Hope("score", "up", 4.5), "stars_five"
    )
    assert not is_possible(Hope("share", "down", 101.0), "nps")
