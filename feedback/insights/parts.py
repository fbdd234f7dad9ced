"""A part of the answers as the arithmetic of means sees it: how many, their mean, their variance.

Every headline is the mean of something that each answer is worth (`worth_of`): the NPS of +100, 0 and -100, a share of
100 and 0, stars of their number. So what mixes, standardises and weights means serves all of them. Means are in points
of the headline, variances in such points squared.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from feedback.insights.intervals import LEVEL
from feedback.insights.sample_sizes import POWER, smallest_difference
from feedback.insights.scores import HEADLINES
from surveys.scales import SCALES, mood_of

OF_MOOD = {"net": {"unhappy": -100.0, "neutral": 0.0, "happy": 100.0}, "share": {"happy": 100.0}}


class Part(NamedTuple):
    """`n` answers with their mean and the variance of one of them (divided by n, not by n - 1)."""

    n: float
    mean: float
    variance: float = 0.0


def worth_of(kind: str) -> dict[int, float]:
    """Return what one answer of each score contributes to the headline of a scale, in its points."""
    scale, headline = SCALES[kind], HEADLINES[kind]
    if headline == "mean":
        return {score: float(score) for score in scale.scores}
    worth = OF_MOOD[headline]
    return {score: worth.get(mood_of(scale.group_of(score)), 0.0) for score in scale.scores}


def part_of(kind: str, counts: Mapping[int, int]) -> Part | None:
    """Return the part that counts by score make; None without answers."""
    worth, n = worth_of(kind), sum(counts.values())
    if not n:
        return None
    mean = sum(worth[score] * count for score, count in sorted(counts.items())) / n
    return Part(
        n, mean, sum(count * (worth[score] - mean) ** 2 for score, count in sorted(counts.items())) / n
    )


def together(parts: Iterable[Part]) -> Part | None:
    """Return several parts as one; None without answers."""
    kept = [part for part in parts if part.n]
    n = sum(part.n for part in kept)
    if not n:
        return None
    mean = sum(part.n * part.mean for part in kept) / n
    return Part(n, mean, sum(part.n * (part.variance + (part.mean - mean) ** 2) for part in kept) / n)


def smallest_seen(first: Part, second: Part, level: float = LEVEL, power: float = POWER) -> float | None:
    """Return the smallest true difference that two groups of this size show in eight of ten cases, in points.

    None where all answers are alike; see `sample_sizes`.
    """
    variances, sizes = (first.variance, second.variance), (first.n, second.n)
    return smallest_difference(variances, sizes, level, power, pseudo=0) or None
