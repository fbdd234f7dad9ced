"""From counts of answers to the figure that stands on the page: NPS, CSAT or CES, with n and its interval.

NPS = 100 (promoters - detractors) / n, a signed number from -100 to 100 without a percent sign (Reichheld
2003). CSAT = percent of answers 4-5, CES = percent of answers 5-7. n counts those who answered this
question and nobody else: a skipped question is no answer, and no answers have no score, which is None and
never 0.

Everything is computed from whole counts and rounded once, for display: 5 of 9 minus 1 of 9 is 44, although
56 % - 11 % would be 45.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from feedback.insights.intervals import LEVEL, Interval, mean_of, net_share, nps_interval, wilson
from surveys.scales import SCALES, Scale

# Below this many answers chance alone moves a score by 20 points and more: it is labelled thin, not ranked.
THIN_BELOW = 30

METRICS: Mapping[str, str] = {"nps": "nps", "csat": "csat", "ces7": "ces"}


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
    """What pages and API show of one metric: nps in points, csat and ces in percent, unrounded.

    `groups` counts answers from the unhappiest group to the happiest. `mean` (None for NPS) and its interval
    are in scale points; the interval is None where fewer than two different answers say nothing of the spread.
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

    `kind` is nps, csat or ces7. Refuses scores off the scale and negative counts with ValueError.
    """
    scale = SCALES[kind]
    groups = scale.tally(counts)
    if kind == "nps":
        return _nps_measure(groups, level)
    return _share_measure(scale, counts, groups, level)


def rounded(value: float) -> int:
    """Return `value` as a whole number, halves away from zero: 12.5 is 13 and -12.5 is -13."""
    return int(_quantized(value, 0))


def rounded_to(value: float, places: int) -> float:
    """Return `value` with so many decimals, halves away from zero, and no negative zero."""
    return float(_quantized(value, places)) + 0.0


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


def _nps_measure(groups: Mapping[str, int], level: float) -> Measure | None:
    result = nps(groups["detractor"], groups["passive"], groups["promoter"], level)
    if result is None:
        return None
    return Measure("nps", result.score, result.n, result.groups, result.interval)


def _share_measure(
    scale: Scale, counts: Mapping[int, int], groups: Mapping[str, int], level: float
) -> Measure | None:
    """Return the share of the happiest group with its Wilson interval, and the mean beside it."""
    n = sum(groups.values())
    mean = mean_of(counts, level)
    if mean is None:
        return None
    unhappiest, happiest = scale.groups[0].name, scale.groups[-1].name
    return Measure(
        metric=METRICS[scale.kind],
        score=100 * groups[happiest] / n,
        n=n,
        groups=groups,
        interval=wilson(groups[happiest], n, level).in_percent(),
        mean=mean.value,
        mean_interval=mean.interval.within(scale.low, scale.high) if mean.interval else None,
        net=100 * (groups[happiest] - groups[unhappiest]) / n if scale.kind == "ces7" else None,
    )


def _quantized(value: float, places: int) -> Decimal:
    # The shortest decimal that names the float is what people see: 0.05 is a tie, though its bits are not.
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
