"""Where a goal stands: the score of its customers, and what may be said of it at its day.

The verdict is one-sided, because only one side matters: *confirmed* is a goal when the score is at or above it even at
the lower end that holds the truth in 80 of 100 cases; *unconfirmed*, when only the score itself is; *open*, when the
score is below but chance could explain that; *missed*, when it could not (methodology 2.12). The one-sided 80 % bound is
the end of the two-sided 60 % interval.

It is given once, at the goal's day. Whoever tests every day and stops at the first good one is fooled far more often than
in one of five cases (P. Armitage, C. McPherson and B. Rowe, JRSS A 132, 1969); until then there are figures, no verdict.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from feedback.insights.intervals import Interval
from feedback.insights.scores import THIN_BELOW, measure

SURE = 0.8
TWO_SIDED = 2 * SURE - 1

Outcome = Literal["confirmed", "unconfirmed", "open", "missed", "no_answers"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True)
class Standing:
    """The score of a goal's customers with its usual interval; `sure` has the one-sided 80 % bounds as its ends."""

    score: float
    n: int
    interval: Interval
    sure: Interval

    @property
    def is_thin(self) -> bool:
        """Say whether there are too few answers (below 30) for more than a first impression."""
        return self.n < THIN_BELOW

    def as_data(self) -> dict[str, Any]:
        """Return the figures to be written down."""
        usual, sure = ((each.low, each.high) for each in (self.interval, self.sure))
        return {"score": self.score, "n": self.n, "usual": usual, "sure": sure}


def standing(kind: str, counts: Mapping[int, int]) -> Standing | None:
    """Return where `counts` (score to number of answers) on the scale `kind` stand; None without answers."""
    found, narrow = measure(kind, counts), measure(kind, counts, TWO_SIDED)
    if found is None or narrow is None:
        return None
    return Standing(found.score, found.n, found.interval, narrow.interval)


def outcome(found: Standing | None, target: float) -> Outcome:
    """Return what is to be said of a goal at its day."""
    if found is None:
        return "no_answers"
    if found.sure.low >= target:
        return "confirmed"
    if found.score >= target:
        return "unconfirmed"
    return "open" if found.sure.high >= target else "missed"
