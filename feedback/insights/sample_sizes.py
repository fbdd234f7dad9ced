"""How many answers it takes to see something, and what one could have seen with those there are.

Before: a margin of m needs z^2 v / m^2 answers, v being the variance of one; to tell two groups apart that differ by d,
each needs 2 v (z + z_power)^2 / d^2. After: the smallest difference that would have been found in `POWER` of all samples
is (z + z_power) sqrt(v1 / n1 + v2 / n2). The adjusted interval of the NPS adds three pseudo-answers of its own (see
`intervals`), which need not be asked for; so they are taken off what is needed and added to what is there.

Sources: W. G. Cochran, "Sampling Techniques", 1977, chapter 4; J. Lewis and J. Sauro, "Sample Sizes for NPS Confidence
Intervals", MeasuringU 2021; J. Cohen, "Statistical Power Analysis for the Behavioral Sciences", 1988.

Margins and differences are shares (0.1 is ten points), as in `intervals`; of means they are points of the scale.
"""

import math
from statistics import NormalDist

from feedback.insights.intervals import LEVEL, PSEUDO_OUTER, PSEUDO_PASSIVES, z_of

POWER = 0.8
PSEUDO = 2 * PSEUDO_OUTER + PSEUDO_PASSIVES
LAST_BIT = 1e-9  # a number that is whole but for the last bits of a float is whole


def needed_for_margin(margin: float, variance: float, level: float = LEVEL, pseudo: float = PSEUDO) -> int:
    """Return how many answers make an interval of plus or minus `margin` (Cochran 1977); at least 1.

    `pseudo` are the answers that the interval adds by itself. Refuses a margin that is not above 0 with ValueError.
    """
    return _whole(z_of(level) ** 2 * variance / _positive(margin) ** 2 - pseudo)


def needed_per_group(
    difference: float, variance: float, level: float = LEVEL, power: float = POWER, pseudo: float = PSEUDO
) -> int:
    """Return how many answers each of two groups needs for `difference` to be found with `power`; at least 1.

    Refuses a difference that is not above 0 with ValueError.
    """
    deviates = z_of(level) + NormalDist().inv_cdf(power)
    return _whole(2 * variance * deviates**2 / _positive(difference) ** 2 - pseudo)


def margin_with(n: int, variance: float, level: float = LEVEL, pseudo: float = PSEUDO) -> float:
    """Return the margin that `n` answers give, the other way round; refuse n < 1 with ValueError."""
    return z_of(level) * math.sqrt(variance / (_positive(n) + pseudo))


def smallest_difference(
    variances: tuple[float, float],
    sizes: tuple[float, float],
    level: float = LEVEL,
    power: float = POWER,
    pseudo: float = PSEUDO,
) -> float:
    """Return the smallest difference of two groups that one would have found with `power`; refuse empty groups.

    0 where neither varies.
    """
    deviates = z_of(level) + NormalDist().inv_cdf(power)
    return deviates * math.sqrt(
        sum(each / (_positive(n) + pseudo) for each, n in zip(variances, sizes, strict=True))
    )


def _positive(number: float) -> float:
    if number <= 0:
        raise ValueError(f"{number} is not above 0")
    return number


def _whole(number: float) -> int:
    return max(1, math.ceil(number - LAST_BIT))
