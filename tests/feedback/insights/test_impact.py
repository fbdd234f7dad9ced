"""What a theme does to the score: both formulas, and how sure it is."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.impact import drift, impact, values_of


def net(detractors, passives, promoters):
    return {-100: detractors, 0: passives, 100: promoters}


def test_a_theme_pulls_the_score_by_what_it_would_be_without_it():
    """AT-43: 1000 answers, 150/300/550; the theme in 100 of them, 70/20/10."""
    found = impact(net(70, 20, 10), net(80, 280, 540))

    assert found.score == 40 and found.with_theme == -60
    assert found.without == pytest.approx(51.1111, abs=5e-5)
    assert found.value == pytest.approx(-11.1111, abs=5e-5)
    assert found.interval.high < 0 and found.p < 0.001


counts = st.lists(st.integers(0, 30), min_size=3, max_size=3).filter(any)


@given(counts, counts)
def test_both_ways_of_writing_an_impact_agree_and_it_stays_within_its_bounds(mentioning, others):
    found = impact(net(*mentioning), net(*others))

    by_shares = found.mentions * (found.with_theme - found.score) / (found.n - found.mentions)
    assert found.value == pytest.approx(by_shares, abs=1e-9)
    assert -200 <= found.value <= 200


@given(counts, counts)
def test_the_jackknife_of_counts_is_that_of_single_answers(mentioning, others):
    sides = [[x for x, n in net(*side).items() for _ in range(n)] for side in (mentioning, others)]
    rows = [(x, side) for side in (0, 1) for x in sides[side]]

    def value(rows):
        without = [x for x, side in rows if side]
        return sum(x for x, _ in rows) / len(rows) - sum(without) / len(without)

    found = impact(net(*mentioning), net(*others))
    if len(sides[1]) < 2:
        assert found.se is None and found.interval is None and found.p == 1
        return
    left_out = [value(rows[:at] + rows[at + 1 :]) for at in range(len(rows))]
    mean = sum(left_out) / len(rows)
    variance = (len(rows) - 1) / len(rows) * sum((each - mean) ** 2 for each in left_out)
    assert found.se == pytest.approx(math.sqrt(variance), abs=1e-6)


def test_a_theme_that_everybody_or_nobody_mentions_has_no_impact():
    assert impact(net(1, 1, 1), {}) is None
    assert impact({}, net(1, 1, 1)) is None


def test_two_periods_differ_by_the_difference_and_both_their_chances():
    before, now = impact(net(30, 20, 50), net(90, 270, 540)), impact(net(70, 20, 10), net(80, 280, 540))

    found = drift(now, before)

    assert found.value == pytest.approx(now.value - before.value)
    assert found.se == pytest.approx(math.hypot(now.se, before.se)) and found.p < 0.001
    assert drift(now, now).p == 1


@pytest.mark.parametrize(
    ("kind", "scores", "values"),
    [
        ("nps", {0: 2, 6: 1, 8: 4, 9: 1, 10: 3}, {-100: 3, 0: 4, 100: 4}),
        ("csat", {1: 1, 3: 2, 4: 3, 5: 4}, {0: 3, 100: 7}),
        ("stars_five", {1: 1, 5: 4}, {1: 1, 5: 4}),
    ],
)
def test_values_are_what_the_headline_is_the_mean_of(kind, scores, values):
    assert values_of(kind, scores) == values
