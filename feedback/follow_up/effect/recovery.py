"""Parts of tasks with their doubt: contacted in time, solved, taken up again, recovered.

Recovery is told in two ways (methodology 2.11): of those who answered whether it was solved, and of all who were to be
helped, where silence counts as not recovered. The first alone flatters whoever asks only the happy ones.
"""

from typing import NamedTuple

from feedback.insights.intervals import Interval, wilson

PERSON_FROM = 30  # methodology 4.12: figures of one person only from so many tasks on


class Share(NamedTuple):
    """`k` of `n`; the value is 0 to 1 and None where there is nobody."""

    k: int
    n: int

    @property
    def value(self) -> float | None:
        """The share itself."""
        return self.k / self.n if self.n else None

    @property
    def interval(self) -> Interval | None:
        """The shares that are compatible with it (Wilson)."""
        return wilson(self.k, self.n) if self.n else None
