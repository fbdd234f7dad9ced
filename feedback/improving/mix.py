"""Has only the mix of answers changed? Then a figure moves although no part of it did (Simpson's paradox).

The classic: at Berkeley in 1973 men were admitted more often than women overall, and women more often in most
departments, because they had applied to the hard ones (P. Bickel, E. Hammel and J. O'Connell, Science 187, 1975). So two
windows are compared within each country, carrier and language too; where most parts go the other way, both windows are
weighted alike, each part by its answers in both together (direct standardisation), and the figure says so.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

MOST = 0.5
FEWEST = 5  # answers of a part in each window; with fewer one answer turns it around
COVERED = 0.5  # of all answers that must lie in parts which both windows have


class Stratum(NamedTuple):
    """One part of the answers in the window before and the one after: how it scored, and how many answered."""

    before: float
    n_before: int
    after: float
    n_after: int

    @property
    def n(self) -> int:
        """The answers of both windows."""
        return self.n_before + self.n_after


def standardised(strata: Iterable[Stratum]) -> tuple[float, float]:
    """Return both figures as they would be with the same mix; refuses no answers with ZeroDivisionError."""
    parts = list(strata)
    n = sum(part.n for part in parts)
    return sum(part.n * part.before for part in parts) / n, sum(part.n * part.after for part in parts) / n


def is_mix(strata: Sequence[Stratum]) -> bool:
    """Tell whether the change of all is one of the mix: most parts, and the standardised figures, go the other way.

    Parts with few answers in a window say nothing. Where the others hold less than half of all answers nothing is told.
    """
    parts = [part for part in strata if min(part.n_before, part.n_after) >= FEWEST]
    everybody = sum(part.n for part in strata)
    if len(parts) < 2 or sum(part.n for part in parts) < COVERED * everybody:
        return False
    change = _overall(strata)
    against = sum((part.after - part.before) * change < 0 for part in parts)
    first, second = standardised(parts)
    return against > MOST * len(parts) and (second - first) * change < 0


def _overall(strata: Sequence[Stratum]) -> float:
    """Return the change of the figure of all answers."""
    before = sum(part.n_before * part.before for part in strata) / max(
        1, sum(part.n_before for part in strata)
    )
    after = sum(part.n_after * part.after for part in strata) / max(1, sum(part.n_after for part in strata))
    return after - before
