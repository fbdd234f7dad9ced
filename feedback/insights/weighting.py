"""What would the score be if those who answered were like those who were asked? Weights, and what they cost.

Some answer more readily than others. Where it is known of everybody who was asked to which group they belong, each
group's answers can be given the weight that the group has among the asked. With one grouping that is
*post-stratification*; with several whose joint sizes are small or unknown it is *raking*: the weights are fitted to one
margin after the other until none changes (W. E. Deming and F. F. Stephan, Annals of Mathematical Statistics 11, 1940).

Weights repair only what the groups explain: the silent new buyers are taken to think like the new buyers who spoke. And
they cost precision: n unequal answers count like n_eff = (Σw)² / Σw² equal ones (L. Kish, "Survey Sampling", 1965).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from feedback.insights.intervals import LEVEL, Interval, z_of
from feedback.insights.parts import Part

LEAST = 10  # answers that a group needs (methodology 2.6 b); smaller ones are put together
MOST_TIMES_MEDIAN = 5.0
SETTLED = 1e-6
MOST_ROUNDS = 1000

Cell = tuple[str, ...]


@dataclass(frozen=True)
class Weighted:
    """A weighted mean with its standard error and Wald interval, in points, and the weights by cell.

    A weight says for how many of the asked one answer of the cell stands. `n_eff` is the number of equal answers that
    say as much, `design_effect` how many times more answers that takes.
    """

    value: float
    se: float
    interval: Interval
    weights: Mapping[Cell, float]
    n_eff: float
    design_effect: float


def post_stratified(
    parts: Mapping[Cell, Part], population: Mapping[Cell, float], level: float = LEVEL
) -> Weighted:
    """Return the mean with each cell's share of the population as its weight: variance Σ (N_h / N)² v_h / n_h.

    Every cell of the population needs answers; refuses others with ValueError.
    """
    if not parts or parts.keys() != population.keys():
        raise ValueError("The answers and the population do not have the same cells")
    total = sum(population.values())
    shares = {cell: size / total for cell, size in population.items()}
    value = sum(shares[cell] * part.mean for cell, part in parts.items())
    variance = sum(shares[cell] ** 2 * part.variance / part.n for cell, part in parts.items())
    return _weighted(
        value, variance, {cell: population[cell] / part.n for cell, part in parts.items()}, parts, level
    )


def raked(
    parts: Mapping[Cell, Part], margins: Sequence[Mapping[str, float]], level: float = LEVEL
) -> Weighted:
    """Return the mean with weights that give every margin its population; cells have one value for each margin.

    The margins have the same total. Weights above five times the median are cut off there, and the rest takes over what
    they bore. The variance is that of a weighted mean, Σ w² n (v + (m - mean)²) / (Σ w n)².
    """
    weights = trimmed(fitted({cell: part.n for cell, part in parts.items()}, margins), parts)
    total = sum(weights[cell] * part.n for cell, part in parts.items())
    value = sum(weights[cell] * part.n * part.mean for cell, part in parts.items()) / total
    spread = (
        weights[cell] ** 2 * part.n * (part.variance + (part.mean - value) ** 2)
        for cell, part in parts.items()
    )
    return _weighted(value, sum(spread) / total**2, weights, parts, level)


def fitted(sizes: Mapping[Cell, float], margins: Sequence[Mapping[str, float]]) -> dict[Cell, float]:
    """Return the weight of each cell after iterative proportional fitting to the margins.

    Refuses a margin that names other values than the cells have with ValueError.
    """
    for at, margin in enumerate(margins):
        if {cell[at] for cell in sizes} != set(margin):
            raise ValueError("A margin does not have the values of the cells")
    weights = dict.fromkeys(sizes, sum(margins[0].values()) / sum(sizes.values())) if margins else {}
    for _ in range(MOST_ROUNDS):
        before = dict(weights)
        for at, margin in enumerate(margins):
            found = dict.fromkeys(margin, 0.0)
            for cell, size in sizes.items():
                found[cell[at]] += weights[cell] * size
            weights = {cell: weight * margin[cell[at]] / found[cell[at]] for cell, weight in weights.items()}
        if all(abs(weights[cell] - before[cell]) <= SETTLED * before[cell] for cell in weights):
            break
    return weights


def trimmed(weights: Mapping[Cell, float], parts: Mapping[Cell, Part]) -> dict[Cell, float]:
    """Return the weights cut off at five times the median weight of an answer; their sum over all answers stays."""
    each = [weights[cell] for cell, part in parts.items() for _ in range(round(part.n))]
    if not each:
        return dict(weights)
    most = MOST_TIMES_MEDIAN * median(each)
    cut = {cell: min(weight, most) for cell, weight in weights.items()}
    lost = sum(weights[cell] * part.n for cell, part in parts.items()) / sum(
        cut[cell] * part.n for cell, part in parts.items()
    )
    return {cell: weight * lost for cell, weight in cut.items()}


def effective(weights: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return n_eff and design effect of (weight, number of answers) pairs (Kish 1965)."""
    n = sum(count for _, count in weights)
    first = sum(weight * count for weight, count in weights)
    second = sum(weight**2 * count for weight, count in weights)
    return first**2 / second, n * second / first**2


def groups_of(sizes: Mapping[str, int], others: str, least: int = LEAST) -> dict[str, str]:
    """Return for each value the group it is weighted in: itself, or `others` together with all that are small.

    The small ones take the next larger along until they have `least` answers.
    """
    small = {value for value, size in sizes.items() if size < least}
    for value in sorted(sizes.keys() - small, key=lambda value: (sizes[value], value)):
        if not small or sum(sizes[each] for each in small) >= least:
            break
        small.add(value)
    return {value: others if value in small else value for value in sizes}


def _weighted(
    value: float, variance: float, weights: Mapping[Cell, float], parts: Mapping[Cell, Part], level: float
) -> Weighted:
    n_eff, effect = effective([(weights[cell], part.n) for cell, part in parts.items()])
    se = math.sqrt(variance)
    margin = z_of(level) * se
    return Weighted(
        value, se, Interval(value - margin, value + margin, level, "wald"), weights, n_eff, effect
    )
