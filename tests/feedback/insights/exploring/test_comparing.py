"""Two sides: periods that share no day, groups that share no answer, and what the mix did."""

from datetime import timedelta

import pytest

from feedback.insights.exploring import comparing
from feedback.insights.exploring.comparing import REST, Overlapping, SamePeriod, TooFewToCompare
from feedback.insights.selection import Selection

pytestmark = pytest.mark.once

MONTH = timedelta(days=30)


@pytest.fixture
def two(make_today, answers):
    """Two periods of a month each; in the later one many more Austrians answered."""
    now = make_today.now
    later, earlier = (
        Selection("nps", since=now - MONTH),
        Selection("nps", since=now - 2 * MONTH, until=now - MONTH),
    )
    for n, at, country in (
        (60, now, "AT"),
        (40, now, "DE"),
        (20, now - 1.5 * MONTH, "AT"),
        (80, now - 1.5 * MONTH, "DE"),
    ):
        happy = n * 2 // 5 if country == "AT" else n * 9 // 10
        answers([10] * happy + [2] * (n - happy), country=country, submitted_at=at)
    return make_today.survey(), later, earlier, now


def test_a_change_that_is_only_mix_is_told_as_mix(two):
    found = comparing.periods(*two)

    assert found.verdict.outcome == "changed" and found.verdict.difference == pytest.approx(20 - 60)
    mix = found.mixes[0]
    assert mix.dimension == "country"
    assert (mix.split.rate, mix.split.mix) == pytest.approx((0, -40), abs=0.01)
    assert (mix.before, mix.after) == pytest.approx((40, 40))
    assert [(value, then.n, now.n) for value, then, now in mix.strata] == [("AT", 20, 60), ("DE", 80, 40)]
    assert found.banners == [mix], "half of it and more comes from who answered"


def test_what_cannot_be_compared_is_refused(make_today, answers, two):
    survey, later, earlier, now = two
    answers([2] * 3, country="CH")
    with pytest.raises(SamePeriod):
        comparing.periods(survey, later, Selection("nps"), now)
    with pytest.raises(TooFewToCompare):
        comparing.periods(survey, later.where(country="CH"), earlier.where(country="CH"), now)
    with pytest.raises(TooFewToCompare):
        comparing.groups(survey, Selection("nps"), "country", "CH", "DE", now)
    with pytest.raises(Overlapping):
        comparing.groups(survey, Selection("nps"), "product", "MUG", "TEA", now)


def test_a_group_against_all_others(two):
    survey, _, _, now = two
    found = comparing.groups(survey, Selection("nps"), "country", "AT", REST, now)

    assert (found.first.n, found.second.n) == (80, 120)
    assert found.verdict.difference == pytest.approx(-20 - 80)
    assert 0 < found.smallest < 50
    assert found.verdict.outcome == "changed" and comparing.judged(found, 0.01) is found
    assert comparing.judged(found, 0.2).verdict.outcome == "not_distinguishable", (
        "it may be chance among many"
    )
