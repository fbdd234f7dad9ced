"""Has only the mix of answers changed? Then a figure moves although no part of it did (Simpson's paradox).

So two windows are compared within each country, carrier and language too; where most parts go the other way, and so do
the figures at the same mix (`insights.mix`), the verdict says so.
"""

from feedback.insights.mix import Strata, standardised
from feedback.insights.parts import together

MOST = 0.5
FEWEST = 5  # answers of a part in each window; with fewer one answer turns it around
COVERED = 0.5  # of all answers that must lie in parts which both windows have


def is_mix(before: Strata, after: Strata) -> bool:
    """Tell whether the change of all is one of the mix: most parts, and the standardised figures, go the other way.

    Parts with few answers in a window say nothing. Where the others hold less than half of all answers nothing is told.
    """
    both = sorted(before.keys() & after.keys())
    names = [name for name in both if min(before[name].n, after[name].n) >= FEWEST]
    first, second = together(before.values()), together(after.values())
    if len(names) < 2 or first is None or second is None:
        return False
    if sum(before[name].n + after[name].n for name in names) < COVERED * (first.n + second.n):
        return False
    change = second.mean - first.mean
    against = sum((after[name].mean - before[name].mean) * change < 0 for name in names)
    was, is_now = standardised(*({name: side[name] for name in names} for side in (before, after)))
    return against > MOST * len(names) and (is_now - was) * change < 0
