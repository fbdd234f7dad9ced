"""A low score rises by itself: the agreed values, the laws, and that the shop's own repeat answers are read rightly."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.effect.regression_to_the_mean import (
    ASSUMED_RHO,
    ENOUGH_PAIRS,
    Pairs,
    Population,
    expected_next,
    expected_of,
    population,
    stability,
)

SHOP = Population(8.2, 2.2, 1000)


def pairs_of(answers):
    return Pairs(
        len(answers),
        sum(x for x, _ in answers),
        sum(y for _, y in answers),
        sum(x * x for x, _ in answers),
        sum(y * y for _, y in answers),
        sum(x * y for x, y in answers),
    )


@pytest.mark.parametrize(
    ("first", "mean", "share"), [(3.5, 5.38, 0.262270), (2, 4.48, 0.125541), (5, 6.28, 0.450262)]
)
def test_at_46_what_the_next_score_would_be_without_any_contact(first, mean, share):
    found = expected_next(SHOP, 0.6, first, 6.5)

    assert (found.mean, found.sd) == (pytest.approx(mean), pytest.approx(1.76))
    assert found.share == pytest.approx(share, abs=1e-6)


def test_a_group_is_the_mean_of_its_members_not_a_member_at_its_mean():
    found = expected_of(SHOP, 0.6, {2: 1, 5: 1}, 6.5)

    assert (found.mean, found.share) == (
        pytest.approx(5.38),
        pytest.approx((0.125541 + 0.450262) / 2, abs=1e-6),
    )
    assert found.sd == pytest.approx(math.sqrt(1.76**2 + 0.9**2))
    assert expected_of(SHOP, 0.6, {}, 6.5) is None


def test_a_score_that_lasts_wholly_stays_and_one_that_does_not_is_the_mean():
    assert expected_next(SHOP, 1, 3, 6.5) == (3, 0, 0)
    assert expected_next(SHOP, 1, 7, 6.5).share == 1
    assert expected_next(SHOP, 0, 3, 6.5).mean == 8.2
    with pytest.raises(ValueError, match="between 0 and 1"):
        expected_next(SHOP, 1.1, 3, 6.5)


@given(st.floats(0, 1), st.integers(0, 9))
def test_a_higher_first_score_never_promises_less(rho, first):
    lower, higher = (expected_next(SHOP, rho, score, 6.5) for score in (first, first + 1))

    assert lower.mean <= higher.mean
    assert 0 <= lower.share <= higher.share <= 1
    assert 0 <= lower.sd <= SHOP.sd


@given(st.floats(0, 1), st.integers(0, 10))
def test_the_next_score_lies_between_the_first_and_the_mean(rho, first):
    found = expected_next(SHOP, rho, first, 6.5)

    assert min(first, SHOP.mean) - 1e-9 <= found.mean <= max(first, SHOP.mean) + 1e-9


def test_too_few_pairs_say_nothing_and_the_usual_value_is_called_assumed():
    few = pairs_of([(3, 4), (8, 9)] * (ENOUGH_PAIRS // 2 - 1))

    found = stability(few)

    assert (found.rho, found.is_assumed, found.interval, found.n) == (
        ASSUMED_RHO,
        True,
        None,
        ENOUGH_PAIRS - 2,
    )
    assert stability(pairs_of([(5, each % 10) for each in range(80)])).is_assumed


def test_what_lasts_is_found_again_even_where_the_unhappy_were_written_to():
    chance = random.Random(46)
    everybody = []
    for _ in range(4000):
        lasting = chance.gauss(0, 1)
        x, y = (8 + 2 * (math.sqrt(0.6) * lasting + math.sqrt(0.4) * chance.gauss(0, 1)) for _ in range(2))
        everybody.append((round(100 * x), round(100 * y)))
    happy = [(x, y) for x, y in everybody if x > 700]

    whole, rest = stability(pairs_of(everybody)), stability(pairs_of(happy))

    assert whole.rho == pytest.approx(0.6, abs=0.04) and not whole.is_assumed
    assert rest.rho == pytest.approx(0.6, abs=0.06)  # a correlation would be about 0.43 here
    assert rest.interval.low < 0.6 < rest.interval.high


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=ENOUGH_PAIRS, max_size=80))
def test_what_lasts_lies_between_nothing_and_all(answers):
    found = stability(pairs_of(answers))

    assert 0 <= found.rho <= 1
    if found.interval is not None:
        assert 0 <= found.interval.low <= found.rho <= found.interval.high <= 1


def test_everybody_of_one_mind_has_no_spread():
    assert population({}) is None and population({9: 1}) is None and population({9: 40}) is None
    assert population({8: 50, 10: 50}) == (9, pytest.approx(1.005038, abs=1e-6), 100)
