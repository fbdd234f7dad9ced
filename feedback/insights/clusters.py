"""What it changes that one person gave several answers: they are alike, so they say less than as many people would.

The standard error is linearised: with the sum e of (answer - mean) over one person's answers, SE^2 = C / (C - 1) *
sum(e^2) / n^2 over C persons (K.-Y. Liang and S. Zeger, Biometrika 73, 1986; `svydesign(ids = ~person)` of R's survey
package, T. Lumley 2004). Where everybody answers once it is the ordinary one.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Clustered:
    """The mean of all answers and its standard error, by persons and as if each answer were a person's of its own."""

    mean: float
    answers: int
    persons: int
    se: float
    naive_se: float

    @property
    def widening(self) -> float:
        """Return how many times wider than the ordinary one an interval has to be; at least 1, and 1 without spread."""
        return max(1.0, self.se / self.naive_se) if self.naive_se else 1.0


@dataclass(frozen=True)
class Sums:
    """Sums over persons, as a database gives them: of persons, answers n, values s, s^2 of each value, and n^2, s n, s^2.

    `squares` adds up the square of every answer; the last three are of the totals of each person.
    """

    persons: int
    answers: int
    total: float
    squares: float
    answers_squared: float
    total_by_answers: float
    total_squared: float


def sums_of(persons: Iterable[Iterable[float]]) -> Sums:
    """Return the sums of answers that lie grouped by person."""
    rows = [(len(given), sum(given), sum(x * x for x in given)) for given in map(list, persons) if given]
    return Sums(
        persons=len(rows),
        answers=sum(n for n, _, _ in rows),
        total=sum(s for _, s, _ in rows),
        squares=sum(q for _, _, q in rows),
        answers_squared=sum(n * n for n, _, _ in rows),
        total_by_answers=sum(s * n for n, s, _ in rows),
        total_squared=sum(s * s for _, s, _ in rows),
    )


def clustered(sums: Sums) -> Clustered | None:
    """Return mean and standard errors; None with fewer than two persons, who say nothing about the spread."""
    persons, n = sums.persons, sums.answers
    if persons < 2:
        return None
    mean = sums.total / n
    # The sum over persons of (s - mean n)^2, multiplied out; algebraically at least 0.
    residuals = sums.total_squared - 2 * mean * sums.total_by_answers + mean * mean * sums.answers_squared
    variance = max(0.0, sums.squares - n * mean * mean) / (n - 1)
    return Clustered(
        mean=mean,
        answers=n,
        persons=persons,
        se=math.sqrt(persons / (persons - 1) * max(0.0, residuals)) / n,
        naive_se=math.sqrt(variance / n),
    )
