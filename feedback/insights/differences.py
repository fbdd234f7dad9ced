"""Do two sets of answers really differ? The NPS and the shares of CSAT and CES, and many of them at once.

The NPS is compared as in `trends.verdict`. Two shares are compared by Newcombe's hybrid score interval (R. G.
Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17, 1998,
method 10): it stays honest with small counts and shares near 0 or 100 %. Its p-value is one minus the level at which
the interval just touches 0.

A page that compares forty groups finds two "significant" ones by chance. So the p-values of one page form a family
and are adjusted (Y. Benjamini and Y. Hochberg, "Controlling the False Discovery Rate", JRSS B 57, 1995).
"""

import math
from collections.abc import Mapping, Sequence

from feedback.insights.intervals import LEVEL, Interval, wilson
from feedback.insights.scores import THIN_BELOW
from feedback.insights.trends import Outcome, Verdict, verdict
from surveys.scales import GROUPS

HALVINGS = 40


def compare(kind: str, these: Mapping[str, int], those: Mapping[str, int], level: float = LEVEL) -> Verdict:
    """Say whether the score of `these` differs from that of `those`; both are counts by group of the scale `kind`.

    The two must have no answers in common. Fewer than 30 answers on one side are too few to judge.
    """
    if kind == "nps":
        return verdict(these, those, level)
    happiest = GROUPS[kind][-1]
    first, second = (these[happiest], sum(these.values())), (those[happiest], sum(those.values()))
    if not first[1] or not second[1]:
        return Verdict("too_few", None, None, None)
    interval = share_difference(*first, *second, level=level)
    outcome: Outcome = "not_distinguishable" if interval.low <= 0 <= interval.high else "changed"
    if min(first[1], second[1]) < THIN_BELOW:
        outcome = "too_few"
    difference = 100 * (first[0] / first[1] - second[0] / second[1])
    return Verdict(outcome, difference, interval.in_percent(), share_p(*first, *second))


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
