"""How often the intervals hold the truth, counted over all samples there can be: no draw, so nothing is left to luck.

Settings and figures of the NPS: methodology 2.2.3 (shares of detractors, passives and promoters; nominal 95 %).
"""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from scipy import stats

from feedback.insights.differences import share_difference
from feedback.insights.intervals import adjusted_wald, mean_of, net_share, nps_interval, wald, wilson
from feedback.insights.scores import THIN_BELOW, measure

LEAST = 93.0
SETTINGS = ((5, 10, 85), (10, 20, 70), (15, 25, 60), (30, 30, 40), (33, 33, 33))
# Shares, n, and what the method's table says of Wald, adjusted Wald and score.
TABLE = [
    ((5, 10, 85), 10, (79.7, 94.5, 95.3)),
    ((5, 10, 85), 30, (89.9, 96.3, 96.3)),
    ((5, 10, 85), 100, (92.9, 95.2, 95.2)),
    ((10, 20, 70), 10, (87.7, 95.1, 96.1)),
    ((10, 20, 70), 30, (92.3, 95.4, 95.0)),
    ((15, 25, 60), 20, (91.2, 95.6, 94.9)),
    ((30, 30, 40), 10, (90.0, 94.8, 94.8)),
    ((33, 33, 33), 30, (93.4, 94.7, 94.7)),
]


def samples(n):
    """Return every table of n answers."""
    return [(d, n - d - p, p) for d in range(n + 1) for p in range(n + 1 - d)]


def coverage(method, shares, n):
    """Return in how many of 100 samples the interval holds the true score."""
    true = np.array(shares, dtype=float) / sum(shares)
    score = true[2] - true[0]
    every = samples(n)
    chance = stats.multinomial.pmf(every, n, true)
    holds = [
        found.low - 1e-12 <= score <= found.high + 1e-12 for found in (method(*counts) for counts in every)
    ]
    assert chance.sum() == pytest.approx(1)
    return 100 * chance[holds].sum()


def plain_wald(*counts):
    return wald(net_share(*counts))


@pytest.mark.thorough
@pytest.mark.parametrize(("shares", "n", "printed"), TABLE)
def test_the_score_interval_holds_what_it_promises_where_wald_does_not(shares, n, printed):
    found = [coverage(method, shares, n) for method in (plain_wald, adjusted_wald, nps_interval)]

    assert found == pytest.approx(printed, abs=0.051)
    assert found[-1] >= LEAST


@pytest.mark.thorough
@pytest.mark.parametrize(("n", "worst"), [(5, 95.1), (10, 94.8), (50, 95.0)])
def test_the_score_interval_in_the_worst_of_the_settings(n, worst):
    found = min(coverage(nps_interval, shares, n) for shares in SETTINGS)

    assert found == pytest.approx(worst, abs=0.3)
    assert found >= LEAST


@pytest.mark.thorough
def test_wilson_holds_what_it_promises_on_average_from_ten_answers_to_a_thousand():
    true = np.arange(0.05, 0.951, 0.05)[:, None]
    for n in (*range(10, 100), *range(100, 1001, 25)):
        k = np.arange(n + 1)
        found = [wilson(int(each), n) for each in k]
        low, high = np.array([each.low for each in found]), np.array([each.high for each in found])
        holds = (low <= true) & (true <= high)
        held = (stats.binom.pmf(k, n, true) * holds).sum(axis=1)

        assert 100 * held.mean() >= LEAST, n


@given(st.sampled_from(("nps", "csat", "stars_five")), st.integers(1, 60))
def test_few_answers_are_labelled_thin_and_means_of_fewer_than_thirty_too(kind, n):
    found = measure(kind, {4: n - n // 2, 5: n // 2})

    assert found is not None
    assert found.is_thin == (n < THIN_BELOW == 30)


counts = st.integers(0, 500)


@given(st.tuples(counts, counts, counts).filter(any), st.integers(2, 50))
def test_the_same_shares_of_more_answers_are_surer(table, times):
    few, many = nps_interval(*table), nps_interval(*(times * each for each in table))
    narrow = adjusted_wald(*(times * each for each in table))

    assert many.high - many.low < few.high - few.low
    assert -1 <= narrow.low <= narrow.high <= 1


@given(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5)).filter(any))
def test_with_ever_more_answers_every_interval_closes_on_the_estimate(table):
    million = [1_000_000 * each for each in table]
    estimate = net_share(*table).value
    share = wilson(million[2], sum(million))

    for found in (nps_interval(*million), adjusted_wald(*million)):
        assert (found.low, found.high) == pytest.approx((estimate, estimate), abs=0.003)
    assert (share.low, share.high) == pytest.approx((million[2] / sum(million),) * 2, abs=0.003)


@given(st.integers(0, 200), st.integers(0, 200), st.integers(1, 200), st.integers(1, 200))
def test_the_difference_of_shares_keeps_its_bounds_and_its_order(a, b, more_a, more_b):
    n, m = a + more_a, b + more_b
    found, wider = share_difference(a, n, b, m), share_difference(a, n, b, m, level=0.99)

    assert -1 - 1e-12 <= found.low <= a / n - b / m <= found.high <= 1 + 1e-12
    assert wider.low <= found.low and found.high <= wider.high
    # One more who agrees never lowers the difference.
    better = share_difference(a + 1, n, b, m)
    assert better.low >= found.low - 1e-12 and better.high >= found.high - 1e-12


@given(
    st.dictionaries(st.integers(1, 5), st.integers(0, 40), min_size=2).filter(lambda it: sum(it.values()) > 1)
)
def test_the_interval_of_a_mean_mirrors_with_the_scale(answers):
    here, there = mean_of(answers), mean_of({6 - score: n for score, n in answers.items()})

    assert here is not None and there is not None
    assert here.value == pytest.approx(6 - there.value)
    if here.interval is not None and there.interval is not None:
        assert (here.interval.low, here.interval.high) == pytest.approx(
            (6 - there.interval.high, 6 - there.interval.low)
        )
