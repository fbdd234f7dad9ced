"""How often the reader is right, told from comments that a person has looked at.

The share that is right has a Wilson interval (see `intervals`); how honest the reader's own doubt is says the expected
calibration error (Guo et al., 2017): the mean distance between how sure it was and how often it was right.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from feedback.insights.intervals import Interval, wilson

ABSTAINED = frozenset({"uncertain", "unreadable"})
ONE_OF_THREE = frozenset({"negative", "neutral", "positive"})
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)  # a best guess of three is never below a third


class Checked(NamedTuple):
    """A comment that a person has looked at: what the reader said and how sure it was (0 … 1), and what is right."""

    language: str | None
    read_as: str
    sureness: float | None
    right: str


class Bin(NamedTuple):
    """Comments the reader was about equally sure of: from … to, how many, how sure on average, how often right."""

    low: float
    high: float
    n: int
    sureness: float
    right: float


@dataclass(frozen=True)
class Accuracy:
    """What the checked comments of one language say; `interval` holds the true share in 95 of 100 cases.

    `n` are all that were checked, `decided` those where the reader did not abstain.
    """

    language: str | None
    n: int
    decided: int
    right: int
    interval: Interval | None
    table: dict[tuple[str, str], int]
    bins: list[Bin]
    error: float | None

    @property
    def share(self) -> float | None:
        """The share of decided comments that were read rightly."""
        return self.right / self.decided if self.decided else None


def by_language(checked: Iterable[Checked]) -> list[Accuracy]:
    """Return the accuracy of each language, that with the most checked comments first."""
    groups: dict[str | None, list[Checked]] = {}
    for each in checked:
        groups.setdefault(each.language, []).append(each)
    found = [accuracy(language, each) for language, each in groups.items()]
    return sorted(found, key=lambda one: (-one.n, one.language or ""))


def accuracy(language: str | None, checked: Sequence[Checked]) -> Accuracy:
    """Return what these checked comments say."""
    decided = [each for each in checked if each.read_as not in ABSTAINED]
    right = sum(each.read_as == each.right for each in decided)
    bins = bins_of(checked)
    total = sum(each.n for each in bins)
    error = sum(each.n * abs(each.sureness - each.right) for each in bins) / total if total else None
    return Accuracy(
        language,
        len(checked),
        len(decided),
        right,
        wilson(right, len(decided)) if decided else None,
        dict(Counter((each.right, each.read_as) for each in checked)),
        bins,
        error,
    )


def bins_of(checked: Iterable[Checked]) -> list[Bin]:
    """Return the bins of calibration that hold a comment; what is mixed or undecided has no one probability."""
    told = [(each.sureness, each.read_as == each.right) for each in checked if each.read_as in ONE_OF_THREE]
    known = [(sure, is_right) for sure, is_right in told if sure is not None]
    found = []
    for low, high in pairwise(EDGES):
        inside = [pair for pair in known if low <= pair[0] < high or pair[0] == high == EDGES[-1]]
        if inside:
            n = len(inside)
            mean = sum(sure for sure, _ in inside) / n
            found.append(Bin(low, high, n, mean, sum(is_right for _, is_right in inside) / n))
    return found
