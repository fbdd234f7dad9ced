"""Which part of the answers carries a change of the score, and whether it judged otherwise or only became larger.

Each change splits into *rate* and *mix*: with w the share of a part and t its score, the change is the sum over all
parts of (w1 + w2) / 2 (t2 - t1), the rate, and (t1 + t2) / 2 (w2 - w1), the mix (E. M. Kitagawa, "Components of a
Difference Between Two Rates", JASA 50, 1955; methodology 2.6, AT-56). The shares of all parts change by 0 together, so
that any constant may be taken from the scores of the mix without changing its sum; taken is the mean of the two
overall scores. Then a part that grew counts for as much as it differs from the others, and not for its size.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

Part = TypeVar("Part")


class Tally(NamedTuple):
    """So many answers of one part, with the sum of what they count (its mean is the score)."""

    n: int
    total: float

    @property
    def score(self) -> float:
        """The mean; only of parts with answers."""
        return self.total / self.n


@dataclass(frozen=True)
class Shift:
    """What one part adds to the change of the score, in points; `weight` is its mean share of the answers, 0 to 1."""

    rate: float
    mix: float
    weight: float

    @property
    def value(self) -> float:
        """All that it adds."""
        return self.rate + self.mix


def shifts(before: Mapping[Part, Tally], after: Mapping[Part, Tally]) -> dict[Part, Shift]:
    """Return what each part adds to the change; all of them together are the change.

    The parts share no answers. A part without answers in one period changes the mix alone. Nothing without
    answers in a whole period.
    """
    n, m = (sum(tally.n for tally in period.values()) for period in (before, after))
    if not n or not m:
        return {}
    middle = sum(tally.total for tally in before.values()) / (2 * n)
    middle += sum(tally.total for tally in after.values()) / (2 * m)
    empty = Tally(0, 0.0)
    found = {}
    for part in {**before, **after}:
        earlier, later = before.get(part, empty), after.get(part, empty)
        if not earlier.n and not later.n:
            continue
        first = earlier.score if earlier.n else later.score
        second = later.score if later.n else earlier.score
        w1, w2 = earlier.n / n, later.n / m
        found[part] = Shift(
            rate=(w1 + w2) / 2 * (second - first),
            mix=((first + second) / 2 - middle) * (w2 - w1),
            weight=(w1 + w2) / 2,
        )
    return found
