"""Do two sets of answers really differ? Net scores, shares and means, and many of them at once.

The NPS is compared as in `trends.verdict`. Two shares are compared by Newcombe's hybrid score interval (R. G.
Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17, 1998,
method 10): it stays honest with small counts and shares near 0 or 100 %. Its p-value is one minus the level at which
the interval just touches 0. The interval between two means is put together in the same way from theirs (G. Y. Zou and
A. Donner, Statistics in Medicine 27, 2008); their p-value is that of Welch's test (B. L. Welch, Biometrika 34, 1947).

A page that compares forty groups finds two "significant" ones by chance. So the p-values of one page form a family
and are adjusted (Y. Benjamini and Y. Hochberg, "Controlling the False Discovery Rate", JRSS B 57, 1995).
"""

import math
from collections.abc import Mapping, Sequence

from feedback.insights.intervals import LEVEL, Interval, bounded_mean, mean_of, t_probability, wilson
from feedback.insights.scores import HEADLINES, THIN_BELOW
from feedback.insights.suppression import is_uniform
from feedback.insights.trends import Outcome, Verdict, verdict
from surveys.scales import SCALES, Scale, by_mood

HALVINGS = 40
NOT_COMPARED = Verdict("too_few", None, None, None)


def compare(kind: str, these: Mapping[str, int], those: Mapping[str, int], level: float = LEVEL) -> Verdict:
    """Say whether the score of `these` differs from that of `those`; both are counts by group of the scale `kind`.

    The two must have no answers in common. Fewer than 30 answers on one side are too few to judge.
    """
    if HEADLINES[kind] == "net":
        return verdict(these, those, level)
    n, m = sum(these.values()), sum(those.values())
    if not n or not m:
        return Verdict("too_few", None, None, None)
    if HEADLINES[kind] == "mean":
        scale = SCALES[kind]
        first, second = scores_of(scale, these), scores_of(scale, those)
        difference, interval = mean_difference(scale, first, second, level)
        p = mean_p(first, second)
    else:
        a, b = by_mood(these)["happy"], by_mood(those)["happy"]
        difference = 100 * (a / n - b / m)
        interval = share_difference(a, n, b, m, level=level).in_percent()
        p = share_p(a, n, b, m)
    outcome: Outcome = "not_distinguishable" if interval.low <= 0 <= interval.high else "changed"
    return Verdict("too_few" if min(n, m) < THIN_BELOW else outcome, difference, interval, p)


def against_rest(kind: str, part: Mapping[str, int], rest: Mapping[str, int]) -> Verdict:
    """Return how a part differs from all others; nothing where these are a few of one mind, whom it would name."""
    return NOT_COMPARED if is_uniform(rest.values()) else compare(kind, part, rest)


def scores_of(scale: Scale, totals: Mapping[str, int]) -> dict[int, int]:
    """Return counts by score from counts by group, of a scale whose every point is a group."""
    return {group.low: totals[group.name] for group in scale.groups}


def mean_difference(
    scale: Scale, these: Mapping[int, int], those: Mapping[int, int], level: float = LEVEL
) -> tuple[float, Interval]:
    """Return the difference of two means and its interval, in points of the scale (Zou and Donner 2008).

    Refuses no answers on one side with ValueError.
    """
    first, second = (bounded_mean(counts, scale.low, scale.high, level) for counts in (these, those))
    if first is None or second is None:
        raise ValueError("no answers have no mean")
    (p, its), (q, others) = first, second
    down = math.hypot(p - its.low, others.high - q)
    up = math.hypot(its.high - p, q - others.low)
    return p - q, Interval(p - q - down, p - q + up, level, "mover")


def mean_p(these: Mapping[int, int], those: Mapping[int, int]) -> float:
    """Return the two-sided p-value of "both means are alike" (Welch 1947); 1 where one answer has no spread."""
    first, second = mean_of(these), mean_of(those)
    if first is None or second is None or first.sd is None or second.sd is None:
        return 1.0
    n, m = sum(these.values()), sum(those.values())
    a, b = first.sd**2 / n, second.sd**2 / m
    distance = abs(first.value - second.value)
    if a + b == 0:
        return 0.0 if distance else 1.0
    degrees = int((a + b) ** 2 / (a * a / (n - 1) + b * b / (m - 1)))
    return 1 - t_probability(distance / math.sqrt(a + b), degrees)


def share_difference(a: int, n_a: int, b: int, n_b: int, level: float = LEVEL) -> Interval:
    """Return the interval of a / n_a - b / n_b, between -1 and 1 (Newcombe 1998, method 10)."""
    p, q = a / n_a, b / n_b
    first, second = wilson(a, n_a, level), wilson(b, n_b, level)
    down = math.hypot(p - first.low, second.high - q)
    up = math.hypot(first.high - p, q - second.low)
    return Interval(p - q - down, p - q + up, level, "newcombe")


def share_p(a: int, n_a: int, b: int, n_b: int) -> float:
    """Return the two-sided p-value of "both shares are alike": 1 minus the widest level that leaves 0 out."""
    if a * n_b == b * n_a:
        return 1.0
    inside, outside = 1.0, 0.0
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        found = share_difference(a, n_a, b, n_b, level=middle)
        if found.low <= 0 <= found.high:
            inside = middle
        else:
            outside = middle
    return 1 - outside


def adjusted(ps: Sequence[float]) -> list[float]:
    """Return the p-values adjusted for their number, in the order given (Benjamini & Hochberg 1995)."""
    found = [1.0] * len(ps)
    lowest = 1.0
    for rank, at in reversed(list(enumerate(sorted(range(len(ps)), key=ps.__getitem__), start=1))):
        lowest = min(lowest, ps[at] * len(ps) / rank)
        found[at] = lowest
    return found
