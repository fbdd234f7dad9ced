"""Which answers and themes go together with the score, and how much of its spread each of them carries.

A score is regressed on its drivers. How much the share of explained variance, R², grows when a driver comes in depends
on which others are in already; so its importance is the mean growth over all orders of entry (R. H. Lindeman, P. F.
Merenda and R. Z. Gold, "Introduction to Bivariate and Multivariate Analysis", 1980: LMG; the same as the value of L. S.
Shapley, "A Value for n-Person Games", 1953). The importances add up to R². Two plainer figures stand at both ends:
*first* is R² with this driver alone (its squared correlation), *last* the growth when all others are in. Reference: U.
Grömping, "Relative Importance for Linear Regression in R: The Package relaimpo", Journal of Statistical Software 17,
2006 (methodology 2.13, AT-35).

How sure the shares are says the bootstrap (B. Efron, "Bootstrap Methods: Another Look at the Jackknife", Annals of
Statistics 7, 1979): everything is computed anew from samples of the answers. Each answer is drawn a Poisson number of
times (J. A. Hanley and B. MacGibbon, "Creating non-parametric bootstrap samples using Poisson frequencies", Computer
Methods and Programs in Biomedicine 83, 2006), so that alike answers can be drawn together.

All this is association. A driver goes together with the score; whether it causes it only a trial can tell.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MOST = 12  # 4096 regressions; beyond, the exact mean over all orders takes too long
FEWEST, PER_DRIVER = 200, 20
SAMPLES = 400
# What is left of a driver's variance, below which the others say all that it says.
NOTHING_NEW = 1e-9
KNUTH_BELOW = 30

# One answer: its score, then its drivers; how many are alike.
Row = tuple[float, ...]
Rows = Mapping[Row, int]
Matrix = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Importance:
    """R² and what each driver has of it: `lmg` adds up to `r_squared`, `first` and `last` do not."""

    r_squared: float
    lmg: tuple[float, ...]
    first: tuple[float, ...]
    last: tuple[float, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """The parts of R², 0 to 1, adding up to 1; all 0 where nothing is explained."""
        return tuple(part / self.r_squared if self.r_squared > NOTHING_NEW else 0.0 for part in self.lmg)


class Driver(NamedTuple):
    """One driver: its share of R² with a 95 % interval, how it runs alone (r) and both plainer figures.

    `best` and `worst` are the places it may have: drivers whose intervals overlap are tied.
    """

    share: float
    low: float
    high: float
    r: float
    first: float
    last: float
    best: int
    worst: int


def enough_for(drivers: int) -> int:
    """Return how many answers it takes to tell the importances of so many drivers."""
    return max(FEWEST, PER_DRIVER * drivers)


def importance(among: Matrix, with_score: Sequence[float]) -> Importance:
    """Return the importances from correlations: among the drivers, and of each with the score.

    Refuses more than 12 drivers with ValueError. A driver that others say already adds nothing after them.
    """
    size = len(with_score)
    if size > MOST:
        raise ValueError(f"{size} drivers are more than {MOST}")
    explained = _explained(among, with_score)
    everything = (1 << size) - 1
    weights = [math.factorial(k) * math.factorial(size - k - 1) / math.factorial(size) for k in range(size)]
    lmg = []
    for driver in range(size):
        bit = 1 << driver
        lmg.append(
            sum(
                weights[entered.bit_count()] * (explained[entered | bit] - explained[entered])
                for entered in range(1 << size)
                if not entered & bit
            )
        )
    return Importance(
        r_squared=explained[everything],
        lmg=tuple(lmg),
        first=tuple(explained[1 << driver] for driver in range(size)),
        last=tuple(explained[everything] - explained[everything & ~(1 << driver)] for driver in range(size)),
    )


def correlations(rows: Rows) -> tuple[list[list[float]], list[float]] | None:
    """Return the correlations among the drivers and of each with the score; None where the score never differs.

    A driver that never differs goes together with nothing.
    """
    n = sum(rows.values())
    if not n:
        return None
    size = len(next(iter(rows)))
    sums = [0.0] * size
    products = [[0.0] * size for _ in range(size)]
    for row, count in rows.items():
        for i, x in enumerate(row):
            if x:
                weighted = count * x
                sums[i] += weighted
                into = products[i]
                for j in range(i, size):
                    into[j] += weighted * row[j]
    means = [each / n for each in sums]
    spread = [max(0.0, products[i][i] / n - means[i] ** 2) for i in range(size)]
    if spread[0] < NOTHING_NEW:
        return None

    def r(i: int, j: int) -> float:
        i, j = min(i, j), max(i, j)
        if spread[i] < NOTHING_NEW or spread[j] < NOTHING_NEW:
            return 1.0 if i == j else 0.0
        return (products[i][j] / n - means[i] * means[j]) / math.sqrt(spread[i] * spread[j])

    drivers = range(1, size)
    return [[r(i, j) for j in drivers] for i in drivers], [r(0, i) for i in drivers]


def drivers_of(rows: Rows, samples: int = SAMPLES, seed: int = 1) -> tuple[float, list[Driver]] | None:
    """Return R² and the drivers in their order; None where the score never differs.

    The same rows give the same intervals: chance begins at `seed`.
    """
    known = correlations(rows)
    if known is None:
        return None
    among, with_score = known
    found = importance(among, with_score)
    chance = random.Random(seed)  # noqa: S311
    drawn: list[list[float]] = [[] for _ in with_score]
    for _ in range(samples):
        sample = correlations(_sample(rows, chance))
        shares = importance(*sample).shares if sample else [0.0] * len(drawn)
        for each, share in zip(drawn, shares, strict=True):
            each.append(share)
    intervals = [_middle(each) for each in drawn]
    places = [places_of(at, intervals) for at in range(len(intervals))]
    return found.r_squared, [
        Driver(*values)
        for values in zip(
            found.shares,
            *zip(*intervals, strict=True),
            with_score,
            found.first,
            found.last,
            *zip(*places, strict=True),
            strict=True,
        )
    ]


def places_of(at: int, intervals: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """Return the best and the worst place of one interval among all: those that overlap are tied."""
    low, high = intervals[at]
    above = sum(other[0] > high for other in intervals)
    below = sum(other[1] < low for other in intervals)
    return above + 1, len(intervals) - below


def _explained(among: Matrix, with_score: Sequence[float]) -> list[float]:
    """Return R² for every set of drivers; the bits of the place in the list say which are in.

    Each set takes one step of elimination more than the set without its highest driver.
    """
    size = len(with_score)
    found = [0.0] * (1 << size)
    whole = [[*among[i], with_score[i]] for i in range(size)] + [[*with_score, 1.0]]

    def enter(matrix: list[list[float]], entered: int, since: int) -> None:
        for driver in range(since, size):
            pivot_row = matrix[driver]
            pivot = pivot_row[driver]
            now = entered | 1 << driver
            if pivot < NOTHING_NEW:
                swept = matrix
            else:
                swept = [
                    row if i <= driver and i != size else _step(row, row[driver] / pivot, pivot_row)
                    for i, row in enumerate(matrix)
                ]
            found[now] = min(1.0, max(0.0, 1.0 - swept[size][size]))
            enter(swept, now, driver + 1)

    enter(whole, 0, 0)
    return found


def _step(row: Sequence[float], factor: float, pivot_row: Sequence[float]) -> list[float]:
    return [x - factor * y for x, y in zip(row, pivot_row, strict=True)]


def _sample(rows: Rows, chance: random.Random) -> dict[Row, int]:
    drawn = {row: _poisson(count, chance) for row, count in rows.items()}
    return {row: count for row, count in drawn.items() if count}


def _poisson(mean: int, chance: random.Random) -> int:
    """Return a Poisson number: by D. Knuth's multiplication, from 30 on by the normal that it then resembles."""
    if mean >= KNUTH_BELOW:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    floor, product, found = math.exp(-mean), chance.random(), 0
    while product > floor:
        product *= chance.random()
        found += 1
    return found


def _middle(drawn: Sequence[float]) -> tuple[float, float]:
    """Return the ends between which 95 % of what was drawn lie; with nothing drawn they are 0 and 1."""
    if not drawn:
        return 0.0, 1.0
    ordered = sorted(drawn)
    last = len(ordered) - 1
    return ordered[round(0.025 * last)], ordered[round(0.975 * last)]
