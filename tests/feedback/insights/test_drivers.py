"""Which drivers go together with a score: against R, by law, and how sure it is."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.insights.drivers import correlations, drivers_of, enough_for, importance, places_of

SWISS = ("Agriculture", "Examination", "Education", "Catholic", "Infant mortality")
WITH_FERTILITY = (0.35307918, -0.64588271, -0.66378886, 0.46368470, 0.41655603)
AMONG = (
    (1, -0.68654221, -0.63952252, 0.40109505, -0.06085861),
    (-0.68654221, 1, 0.69841530, -0.57274181, -0.11402160),
    (-0.63952252, 0.69841530, 1, -0.15385892, -0.09932185),
    (0.40109505, -0.57274181, -0.15385892, 1, 0.17549591),
    (-0.06085861, -0.11402160, -0.09932185, 0.17549591, 1),
)


def test_the_swiss_data_give_what_r_gives():
    """AT-35: Swiss fertility, by relaimpo (Groemping 2006)."""
    found = importance(AMONG, WITH_FERTILITY)

    assert found.r_squared == pytest.approx(0.706735, abs=1e-6)
    assert found.lmg == pytest.approx((0.057091, 0.171173, 0.260135, 0.105570, 0.112766), abs=1e-6)
    assert found.shares == pytest.approx((0.080782, 0.242203, 0.368080, 0.149377, 0.159559), abs=1e-6)
    assert found.last == pytest.approx((0.042870, 0.007387, 0.161963, 0.062373, 0.056945), abs=1e-6)
    assert found.first == pytest.approx((0.124665, 0.417164, 0.440616, 0.215004, 0.173519), abs=1e-6)


rows = st.lists(st.tuples(st.integers(0, 10), *[st.integers(0, 1)] * 3), min_size=4, max_size=40).map(Counter)


@settings(max_examples=60)
@given(rows)
def test_importances_add_up_and_their_order_says_nothing(rows):
    known = correlations(rows)
    if known is None:
        assert len({row[0] for row in rows}) == 1
        return
    found = importance(*known)
    turned = importance(*correlations(Counter({(y, c, a, b): n for (y, a, b, c), n in rows.items()})))

    assert sum(found.lmg) == pytest.approx(found.r_squared, abs=1e-9)
    assert 0 <= found.r_squared <= 1 and min(found.lmg) > -1e-9
    assert turned.lmg == pytest.approx((found.lmg[2], found.lmg[0], found.lmg[1]), abs=1e-6)


def test_a_driver_said_twice_shares_and_one_that_never_differs_has_nothing():
    rows = Counter({(1, 1, 1, 5): 30, (1, 0, 0, 5): 5, (9, 0, 0, 5): 30, (9, 1, 1, 5): 5})

    found = importance(*correlations(rows))

    assert found.lmg[0] == pytest.approx(found.lmg[1]) and found.lmg[2] == 0
    assert found.last[:2] == (0, 0)
    with pytest.raises(ValueError, match="13 drivers"):
        importance([[0] * 13] * 13, [0] * 13)


def test_what_drives_is_told_from_what_does_not_and_equals_are_tied():
    chance = random.Random(5)
    rows = Counter()
    for _ in range(600):
        late, rude, blue, red = (chance.random() < 0.2 for _ in range(4))
        score = 9 - 6 * late - 2 * (rude or blue) + chance.choice((-1, 0, 1))
        rows[(score, late, rude, blue, red)] += 1

    r_squared, (late, rude, blue, red) = drivers_of(rows, samples=200)

    assert 0.7 < r_squared < 1
    assert (late.best, late.worst) == (1, 1) and late.low > 0.6 and late.r < 0
    assert (rude.best, blue.best) == (2, 2) and rude.worst >= 3
    assert red.worst == 4 and red.high < rude.low
    assert drivers_of(rows, samples=20) == drivers_of(rows, samples=20)
    assert drivers_of(Counter({(5, 1): 9}), samples=1) is None


def test_places_are_shared_where_intervals_overlap():
    intervals = [(0.5, 0.6), (0.2, 0.3), (0.25, 0.4), (0.0, 0.1)]

    assert [places_of(at, intervals) for at in range(4)] == [(1, 1), (2, 3), (2, 3), (4, 4)]


def test_it_takes_two_hundred_answers_or_twenty_for_each_driver():
    assert (enough_for(3), enough_for(12)) == (200, 240)
