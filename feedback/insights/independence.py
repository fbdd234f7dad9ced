"""Do two groupings have to do with each other? Pearson's chi-square test of a table of counts.

Asked here: do some groups of customers answer more readily than others? Under "no" every cell is expected to hold its
row's total times its column's share; the squared distances, each over what was expected, add up to the statistic
(K. Pearson, Philosophical Magazine 50, 1900). With expected counts under five its probabilities are no longer right,
so such groups are put together before (W. G. Cochran, Biometrics 10, 1954).
"""

import math
from collections.abc import Sequence
from typing import NamedTuple


class ChiSquare(NamedTuple):
    """The statistic, its degrees of freedom, and the probability of one as large by chance."""

    statistic: float
    degrees: int
    p: float


def chi_square(table: Sequence[Sequence[float]]) -> ChiSquare | None:
    """Return Pearson's test of a table of rows of counts; None unless two rows and two columns have any."""
    rows = [row for row in table if sum(row)]
    columns = [column for column in zip(*rows, strict=True) if sum(column)]
    if len(rows) < 2 or len(columns) < 2:
        return None
    total = sum(map(sum, rows))
    statistic = 0.0
    for column in columns:
        for row, count in zip(rows, column, strict=True):
            expected = sum(row) * sum(column) / total
            statistic += (count - expected) ** 2 / expected
    degrees = (len(rows) - 1) * (len(columns) - 1)
    return ChiSquare(statistic, degrees, beyond(statistic, degrees))


def beyond(statistic: float, degrees: int) -> float:
    """Return P(X > statistic) of the chi-square distribution (Abramowitz & Stegun 26.4.4 and 26.4.5)."""
    half = statistic / 2
    if degrees % 2:
        found = math.erfc(math.sqrt(half))
        term = math.sqrt(half / math.pi) * 2 * math.exp(-half)
        steps = ((degrees - 1) // 2, 3)
    else:
        found, term = 0.0, math.exp(-half)
        steps = (degrees // 2, 2)
    count, divisor = steps
    for _ in range(count):
        found += term
        term *= statistic / divisor
        divisor += 2
    return min(1.0, found)
