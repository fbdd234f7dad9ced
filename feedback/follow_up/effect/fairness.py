"""Whether customers are served alike: how soon they are contacted by language, country and what they spend.

Methodology 5.3. A group differs from all others together, by the log-rank test of their waiting times; the p-values of
all groups are adjusted for their number. What differs may have its reason, such as more urgent tasks: it is looked at.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from feedback.follow_up.effect import queries
from feedback.follow_up.effect.queries import Tally
from feedback.follow_up.effect.recovery import Share
from feedback.follow_up.effect.survival import Curve, Watched, curve, log_rank
from feedback.insights.differences import adjusted
from feedback.insights.selection import Selection
from feedback.insights.suppression import hidden_rows

CLEAR = 0.05
UNKNOWN = ""  # the rest that the others leave of the total: it may hide others, and is no group itself


class Group(NamedTuple):
    """The tasks of customers who have a `value` in common; `p` is None where there is nobody to compare with."""

    value: str
    n: int
    in_time: Share
    contact: Curve
    p: float | None

    @property
    def is_apart(self) -> bool:
        """Whether chance does not explain how much sooner or later they are contacted than the others."""
        return self.p is not None and self.p < CLEAR


class Compared(NamedTuple):
    """The groups of a `dimension` (language, country, value), the largest first, and how many are hidden."""

    dimension: str
    groups: Sequence[Group]
    hidden: int


def fairness(selection: Selection, now: datetime) -> list[Compared]:
    """Return the groups by each dimension that has two or more which may be shown."""
    found = []
    for dimension, by in queries.groupings().items():
        tallies = named(queries.tallies(selection, now, by))
        found.append(compare(dimension, tallies, named(queries.contacts(selection, now, by))))
    return [each for each in found if len(each.groups) > 1]


def named(by: Mapping[str | None, Any]) -> dict[str, Any]:
    """Return the groups by value, those of whom it is not known under UNKNOWN."""
    return {value or UNKNOWN: each for value, each in by.items()}


def compare(
    dimension: str, tallies: Mapping[str, Tally], watched: Mapping[str, Sequence[Watched]]
) -> Compared:
    """Return each group that may be shown with what tells it apart from all the others together."""
    hidden = hidden_rows({(value,): tally.n for value, tally in tallies.items()}, set())
    shown = [value for value in tallies if (value,) not in hidden and value != UNKNOWN]
    shown.sort(key=lambda value: (-tallies[value].n, value))
    tests = [
        log_rank(watched[value], [one for other in shown if other != value for one in watched[other]])
        for value in shown
    ]
    told = iter(adjusted([test.p for test in tests if test is not None]))
    groups = [
        Group(
            value,
            tallies[value].n,
            Share(tallies[value].in_time, tallies[value].due),
            curve(watched[value]),
            None if test is None else next(told),
        )
        for value, test in zip(shown, tests, strict=True)
    ]
    return Compared(dimension, groups, len(hidden - {(UNKNOWN,)}))
