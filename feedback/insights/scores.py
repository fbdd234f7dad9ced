"""From counts of answers to the figure that stands on the page, the headline of a kind, with n and its interval.

There are three headlines. *net* (NPS, eNPS) = 100 (promoters - detractors) / n, a signed number from -100 to 100
without a percent sign (Reichheld 2003). *share* = percent of answers in the happy groups: the satisfied of CSAT (4-5
of five points), those who found it easy (5-7 of seven), smileys that smile, thumbs up, the very disappointed of PMF.
*mean* (stars) = the mean of the scores, in points of the scale. n counts those who answered this question and nobody
else: a skipped question is no answer, and no answers have no score, which is None and never 0.

Everything is computed from whole counts and rounded once, for display: 5 of 9 minus 1 of 9 is 44, although
56 % - 11 % would be 45.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from feedback.insights.intervals import (
    LEVEL,
    Interval,
    bounded_mean,
    mean_of,
    net_share,
    nps_interval,
    wilson,
)
from surveys.scales import SCALES, Scale, by_mood

# Below this many answers chance alone moves a score by 20 points and more: it is labelled thin, not ranked.
THIN_BELOW = 30
MEAN_DIGITS = 2

Headline = Literal["net", "share", "mean"]
HEADLINES: Mapping[str, Headline] = {
    "nps": "net",
    "enps": "net",
    "csat": "share",
    "csat3": "share",
    "ces": "share",
    "ces7": "share",
    "smileys": "share",
    "stars_five": "mean",
    "thumbs": "share",
    "pmf": "share",
}
# The name of a kind's metric in the API.
METRICS: Mapping[str, str] = {kind: kind for kind in SCALES} | {"ces7": "ces"}
# Numbers that stand for an order only; a mean of them would say nothing that the headline does not.
WITHOUT_MEAN = frozenset({"nps", "enps", "thumbs", "pmf"})
OF_EASE = frozenset({"ces", "ces7"})


@dataclass(frozen=True)
class Nps:
    """A Net Promoter Score in points (-100 to 100) with its interval in points.

    `variance` and `se` are of the answers coded -1, 0, 1, so 100 `se` is the standard error in points.
    """

    score: float
    n: int
    groups: Mapping[str, int]
    interval: Interval
    variance: float
    se: float


@dataclass(frozen=True)
class Measure:
    """What pages and API show of one metric, unrounded; `score` is the headline of its kind, with its interval.

    `groups` counts answers from the unhappiest group to the happiest. `mean` (None where a kind has none) and its
    interval are in scale points; the interval is None where fewer than two different answers say nothing of the spread.
    `net` is percent easy minus percent difficult, for CES only.
    """

    metric: str
    score: float
    n: int
    groups: Mapping[str, int]
    interval: Interval
    mean: float | None = None
    mean_interval: Interval | None = None
    net: float | None = None

    @property
    def is_thin(self) -> bool:
        """Say whether there are too few answers (below 30) to rank or compare this score."""
        return self.n < THIN_BELOW


def nps(detractors: int, passives: int, promoters: int, level: float = LEVEL) -> Nps | None:
    """Return the NPS of the three counts, None without answers; refuse negative counts with ValueError."""
    if detractors == passives == promoters == 0:
        return None
    share = net_share(detractors, passives, promoters)
    n = detractors + passives + promoters
    return Nps(
        score=100 * (promoters - detractors) / n,
        n=n,
        groups={"detractor": detractors, "passive": passives, "promoter": promoters},
        interval=nps_interval(detractors, passives, promoters, level).in_percent(),
        variance=share.variance,
        se=share.se,
    )


def measure(kind: str, counts: Mapping[int, int], level: float = LEVEL) -> Measure | None:
    """Return score, n, groups and interval of `counts` (score to number of answers), None without answers.

    `kind` is that of a scale. Refuses scores off the scale and negative counts with ValueError.
    """
    scale = SCALES[kind]
    groups = scale.tally(counts)
    if not any(groups.values()):
        return None
    if HEADLINES[kind] == "net":
        return _net_measure(kind, groups, level)
    if HEADLINES[kind] == "mean":
        return _mean_measure(scale, counts, groups, level)
    return _share_measure(scale, counts, groups, level)


def has_mean(kind: str) -> bool:
    """Tell whether a mean is shown for answers of this kind."""
    return kind not in WITHOUT_MEAN


def rounded(value: float) -> int:
    """Return `value` as a whole number, halves away from zero: 12.5 is 13 and -12.5 is -13."""
    return int(_quantized(value, 0))


def rounded_to(value: float, places: int) -> float:
    """Return `value` with so many decimals, halves away from zero, and no negative zero."""
    return float(_quantized(value, places)) + 0.0


def as_shown(value: float, kind: str) -> float:
    """Return a figure of a kind as exactly as pages show it: a mean with two decimals, all others whole."""
    return rounded_to(value, MEAN_DIGITS if HEADLINES[kind] == "mean" else 0)


def largest_remainder(counts: Sequence[int]) -> list[int]:
    """Return the share of each count in whole percent, adding up to 100 (all 0 without any count).

    Each share is rounded down; what is missing goes to the largest remainders, the earlier one at a tie
    (Hare's method, known from the seats of a parliament).
    """
    total = sum(counts)
    if total == 0:
        return [0] * len(counts)
    shares = [100 * count // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda at: -(100 * counts[at] % total))
    for at in by_remainder[: 100 - sum(shares)]:
        shares[at] += 1
    return shares


def _net_measure(kind: str, groups: Mapping[str, int], level: float) -> Measure | None:
    unhappy, neutral, happy = by_mood(groups).values()
    result = nps(unhappy, neutral, happy, level)
    return None if result is None else Measure(METRICS[kind], result.score, result.n, groups, result.interval)


def _mean_measure(
    scale: Scale, counts: Mapping[int, int], groups: Mapping[str, int], level: float
) -> Measure | None:
    """Return the mean of the scores as headline, with an interval that is always there."""
    found = bounded_mean(counts, scale.low, scale.high, level)
    if found is None:
        return None
    mean, interval = found
    return Measure(METRICS[scale.kind], mean, sum(groups.values()), groups, interval, mean, interval)


def _share_measure(
    scale: Scale, counts: Mapping[int, int], groups: Mapping[str, int], level: float
) -> Measure:
    """Return the share of the happy groups with its Wilson interval, and the mean beside it where there is one."""
    n, moods = sum(groups.values()), by_mood(groups)
    mean = mean_of(counts, level) if has_mean(scale.kind) else None
    return Measure(
        metric=METRICS[scale.kind],
        score=100 * moods["happy"] / n,
        n=n,
        groups=groups,
        interval=wilson(moods["happy"], n, level).in_percent(),
        mean=mean.value if mean else None,
        mean_interval=mean.interval.within(scale.low, scale.high) if mean and mean.interval else None,
        net=100 * (moods["happy"] - moods["unhappy"]) / n if scale.kind in OF_EASE else None,
    )


def _quantized(value: float, places: int) -> Decimal:
    # The shortest decimal that names the float is what people see: 0.05 is a tie, though its bits are not.
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
