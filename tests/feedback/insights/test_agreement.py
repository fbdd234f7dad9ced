"""The formulas of the house agree with implementations nobody here wrote (SciPy), on a thousand random tables each.

The score interval of the NPS is in no library: it is done again by another way, maximising the likelihood in steps
instead of solving the quadratic, for all tables at once.
"""

import warnings
from collections.abc import Iterator

import numpy as np
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from scipy import stats

from feedback.insights.differences import adjusted, mean_p, share_difference
from feedback.insights.intervals import (
    adjusted_wald,
    mean_of,
    nps_interval,
    t_of,
    t_probability,
    wilson,
    z_of,
)
from feedback.insights.trends import verdict

TABLES = 1000
SIZES = (1, 2, 3, 5, 8, 13, 30, 80, 200, 1000, 20_000)
LEVELS = (0.6, 0.8, 0.95, 0.99)

rng = np.random.default_rng(20261129)


def tables(groups: int) -> Iterator[tuple[list[int], float]]:
    """Yield tables of counts, small and large, lopsided and even, with a level."""
    for _ in range(TABLES):
        shares = rng.dirichlet(np.full(groups, rng.choice((0.2, 1.0, 5.0))))
        counts = rng.multinomial(rng.choice(SIZES), shares)
        yield [int(count) for count in counts], float(rng.choice(LEVELS))


def scores(counts: list[int]) -> dict[int, int]:
    return dict(enumerate(counts, start=1))


def test_wilson_is_scipys():
    for (k, rest), level in tables(2):
        theirs = stats.binomtest(k, k + rest).proportion_ci(level, "wilson")
        ours = wilson(k, k + rest, level)

        assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_newcombe_is_put_together_from_scipys_wilson():
    for ((a, not_a), level), ((b, not_b), _) in zip(tables(2), tables(2), strict=True):
        n, m = a + not_a, b + not_b
        first, second = (stats.binomtest(k, of).proportion_ci(level, "wilson") for k, of in ((a, n), (b, m)))
        p, q = a / n, b / m
        low = p - q - np.sqrt((p - first.low) ** 2 + (second.high - q) ** 2)
        high = p - q + np.sqrt((first.high - p) ** 2 + (q - second.low) ** 2)
        ours = share_difference(a, n, b, m, level)

        assert (ours.low, ours.high) == pytest.approx((low, high), abs=1e-9)


def test_students_t_and_the_normal_deviate_are_scipys():
    for degrees in rng.integers(1, 5000, TABLES):
        level, t = float(rng.choice(LEVELS)), float(rng.uniform(0, 6))

        assert z_of(level) == pytest.approx(stats.norm.ppf((1 + level) / 2), abs=1e-9)
        assert t_of(level, int(degrees)) == pytest.approx(stats.t.ppf((1 + level) / 2, degrees), rel=1e-7)
        assert t_probability(t, int(degrees)) == pytest.approx(
            stats.t.cdf(t, degrees) - stats.t.cdf(-t, degrees), abs=1e-5
        )


def test_the_interval_of_a_mean_is_scipys():
    compared = 0
    for counts, level in tables(5):
        ours = mean_of(scores(counts), level)
        if ours is None or ours.interval is None:
            continue
        answers = np.repeat(np.arange(1, 6), counts)
        low, high = stats.t.interval(level, len(answers) - 1, answers.mean(), stats.sem(answers))
        compared += 1

        assert (ours.interval.low, ours.interval.high) == pytest.approx((low, high), rel=1e-7)
    assert compared > TABLES / 2


def test_welchs_test_is_scipys_but_for_degrees_rounded_down():
    compared = 0
    for (these, _), (those, _) in zip(tables(5), tables(5), strict=True):
        first, second = (np.repeat(np.arange(1, 6), counts) for counts in (these, those))
        if min(len(first), len(second)) < 2 or 0 in (first.var(), second.var()):
            continue
        theirs = stats.ttest_ind(first, second, equal_var=False)
        ours = mean_p(scores(these), scores(those))
        compared += 1
        # Degrees that are whole but for the last bit of a float may be rounded either way.
        degrees = {np.floor(theirs.df - 1e-9), np.floor(theirs.df + 1e-9)}

        assert ours in [
            pytest.approx(2 * stats.t.sf(abs(theirs.statistic), each), abs=1e-5) for each in degrees
        ]
        # Rounding down may only make it more careful.
        assert ours >= theirs.pvalue - 1e-5
    assert compared > TABLES / 2


def test_adjusted_wald_and_its_test_are_scipys_normal_interval():
    pseudo, coded = np.array([0.75, 1.5, 0.75]), np.array([-1, 0, 1])

    def mean_and_se(counts: list[int]) -> tuple[float, float]:
        weights = counts + pseudo
        mean = np.average(coded, weights=weights)
        return mean, np.sqrt(np.average((coded - mean) ** 2, weights=weights) / weights.sum())

    for (counts, level), (others, _) in zip(tables(3), tables(3), strict=True):
        mean, se = mean_and_se(counts)
        ours = adjusted_wald(*counts, level)
        theirs = np.clip(stats.norm.interval(level, mean, se), -1, 1)

        assert (ours.low, ours.high) == pytest.approx(tuple(theirs), abs=1e-9)

        other, its_se = mean_and_se(others)
        z = (mean - other) / np.hypot(se, its_se)
        names = ("detractor", "passive", "promoter")
        found = verdict(*(dict(zip(names, each, strict=True)) for each in (counts, others)))
        assert found.p == pytest.approx(2 * stats.norm.sf(abs(z)), abs=1e-9)


def test_the_score_interval_is_that_of_the_likelihood_in_steps():
    many = list(tables(3))
    detractors, passives, promoters = np.array([counts for counts, _ in many], dtype=float).T
    z = stats.norm.ppf((1 + np.array([level for _, level in many])) / 2)
    n = detractors + passives + promoters
    estimate = (promoters - detractors) / n

    def surprise(theta: np.ndarray) -> np.ndarray:
        """How many standard errors the tables lie from a true score, the other shares as likely as can be."""
        low, high = np.maximum(0, -theta), (1 - theta) / 2
        for _ in range(60):
            q = (low + high) / 2
            with np.errstate(divide="ignore", invalid="ignore"):
                rising = (
                    np.where(detractors > 0, detractors / q, 0)
                    + np.where(promoters > 0, promoters / (q + theta), 0)
                    - np.where(passives > 0, 2 * passives / (1 - 2 * q - theta), 0)
                )
            low, high = np.where(rising > 0, q, low), np.where(rising > 0, high, q)
        q = (low + high) / 2
        variance = q + (q + theta) - theta**2
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.abs(promoters - detractors - n * theta) / np.sqrt(n * variance)

    def end(towards: float) -> np.ndarray:
        inside, outside = estimate, np.full(TABLES, towards)
        for _ in range(60):
            middle = (inside + outside) / 2
            belongs = surprise(middle) <= z
            inside, outside = np.where(belongs, middle, inside), np.where(belongs, outside, middle)
        return inside

    low = np.where(detractors == n, -1, end(-1.0))
    high = np.where(promoters == n, 1, end(1.0))
    ours = [nps_interval(*counts, level) for counts, level in many]

    assert np.allclose([each.low for each in ours], low, atol=1e-6)
    assert np.allclose([each.high for each in ours], high, atol=1e-6)


def test_adjusted_p_values_are_scipys():
    for _ in range(TABLES):
        ps = rng.beta(rng.choice((0.3, 1.0)), 1, rng.integers(1, 40))

        assert adjusted(list(ps)) == pytest.approx(list(stats.false_discovery_control(ps)), abs=1e-12)
