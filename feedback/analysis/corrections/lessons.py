"""What the reader learns from, when there is enough of it, and what came of it."""

from collections.abc import Mapping
from typing import NamedTuple

LEARNT = (
    "negative",
    "neutral",
    "positive",
)  # mixed and no opinion are told by clauses and words, not by the heads
ENOUGH = 50  # corrections from which learning begins
ENOUGH_THEMES = 100  # the same of themes, of which there are many more than labels
OF_EACH = 5  # of them of each label
LEAST_GAIN = 0.02  # of F1; less may be chance
STEADY = 0.95  # share of comments that were read plainly and nobody corrected that must keep their label


class Lesson(NamedTuple):
    """A comment with its vector (384 half-precision numbers) and the label a person gave it, None where nobody did."""

    comment: str
    language: str | None
    vector: bytes
    label: str | None


class ThemeLesson(NamedTuple):
    """A comment with its vector, the themes (first level) the phrases find, and those that are right.

    `right` is None where nobody has corrected a theme.
    """

    comment: str
    vector: bytes
    found: frozenset[str]
    right: frozenset[str] | None


class Outcome(NamedTuple):
    """What a refit has brought: F1 without and with it, on corrections it had not seen; of labels macro, of themes micro.

    `steady` is the share of uncorrected comments that keep their label or themes, `numbers` what is needed to use it.
    """

    rows: int
    before: float
    after: float
    steady: float
    numbers: bytes

    @property
    def is_better(self) -> bool:
        """Tell whether it is worth reading with; beyond doubt of rounding."""
        return self.after - self.before >= LEAST_GAIN - 1e-9 and self.steady >= STEADY


def missing(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many corrections are missing before the reader can learn: in all (""), and of each label."""
    wanting = {"": ENOUGH - sum(counts.get(label, 0) for label in LEARNT)}
    wanting |= {label: OF_EACH - counts.get(label, 0) for label in LEARNT}
    return {label: number for label, number in wanting.items() if number > 0}
