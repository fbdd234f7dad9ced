"""Where a figure stands: the level from the first stretches, frozen, and what came after."""

from datetime import UTC, datetime, timedelta

import pytest

from feedback.insights.watching.course import CALM, course, figure_of, value_of
from feedback.insights.watching.subgroups import Subgroup

START = datetime(2026, 1, 5, tzinfo=UTC)
WEEK = timedelta(days=7)
USUAL = {0: 8, 8: 12, 10: 20}  # NPS 30
BAD = {0: 24, 8: 8, 10: 8}  # NPS -40


def weeks(*counts):
    return [Subgroup(START + at * WEEK, START + (at + 1) * WEEK, each) for at, each in enumerate(counts)]


def test_nothing_is_judged_before_there_are_twelve_stretches_to_learn_from():
    few = course("score", "nps", "week", weeks(*[USUAL] * 12))
    enough = course("score", "nps", "week", weeks(*[USUAL] * 13))

    assert few.standing.state == "gathering" and few.gathered == 12 and few.level is None
    assert (enough.standing.state, enough.standing.since) == ("within", START)
    assert enough.level.value == pytest.approx(30)


def test_a_fall_is_dated_and_its_end_is_calm_again():
    falling = course("score", "nps", "week", weeks(*[USUAL] * 20, BAD, USUAL, BAD))
    over = course("score", "nps", "week", weeks(*[USUAL] * 20, BAD, *[USUAL] * CALM))

    assert (falling.standing.state, falling.standing.since) == ("lower", START + 20 * WEEK)
    assert (over.standing.state, over.standing.since) == ("within", START + 21 * WEEK)


def test_the_level_stays_frozen_and_an_incident_is_no_part_of_it():
    late = course("score", "nps", "week", weeks(*[USUAL] * 20, *[BAD] * 30))
    assert late.level.value == pytest.approx(30) and len(late.baseline) == 20

    spoilt = weeks(*[USUAL] * 6, BAD, BAD, *[USUAL] * 20)
    raw = course("score", "nps", "week", spoilt)
    cleared = course(
        "score",
        "nps",
        "week",
        spoilt,
        is_spoilt=lambda each: START + 6 * WEEK <= each.since < START + 8 * WEEK,
    )
    assert raw.level.value < 30
    assert cleared.level.value == pytest.approx(30) and len(cleared.baseline) == 20


def test_stretches_of_a_part_with_too_few_answers_are_gaps_that_are_never_shown():
    found = course("score", "nps", "week", weeks(*[USUAL] * 14, {0: 4}, BAD), least=5)

    assert found.steps[14].point is None and found.steps[14].signal is None
    assert found.standing.state == "lower"


def test_volumes_follow_the_growth_of_a_shop_and_alarm_at_a_fall_from_there():
    growing = [{1: 100 + 5 * at + (at % 3)} for at in range(30)]
    found = course("invitations", None, "week", weeks(*growing, {1: 3}))

    marks = [step.signal for step in found.steps]
    assert marks[-1] is not None and marks[-1].direction == "lower" and not any(marks[-8:-1])
    assert found.value_of({1: 3}).interval is None


def test_every_metric_knows_what_sort_of_number_it_is():
    assert [figure_of("score", kind) for kind in ("nps", "csat", "stars_five")] == ["net", "share", "mean"]
    assert [figure_of(each, None) for each in ("answers", "bounces")] == ["count", "share"]
    assert value_of("unhappy", "nps", USUAL).value == pytest.approx(20)
    assert value_of("bounces", None, {0: 90, 1: 10}).value == pytest.approx(10)
    with pytest.raises(ValueError, match="score"):
        value_of("score", "nps", {})


def test_means_and_small_batches_are_judged_as_single_values():
    stars = course("score", "stars_five", "week", weeks(*[{4: 10, 5: 10}] * 13, {1: 20}))
    assert stars.chart.method == "single" and stars.standing.state == "lower"

    small = course("score", "nps", "small", weeks(*[{0: 1, 10: 4}, {8: 2, 10: 3}] * 7, {0: 5}))
    assert small.chart.method == "single" and small.standing.state == "lower"
