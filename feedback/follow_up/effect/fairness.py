"""Whether customers are served alike: how soon they are contacted by language, country and what they spend.

Methodology 5.3. A group differs from all others together, by the log-rank test of their waiting times; the p-values of
all groups are adjusted for their number. What differs may have its reason, such as more urgent tasks: it is looked at.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from feedback.follow_up.effect.recovery import Share
from feedback.follow_up.effect.survival import Curve, Watched, curve, log_rank
from feedback.insights.differences import adjusted
from feedback.insights.suppression import hidden_rows

CLEAR = 0.05
UNKNOWN = ""  # the rest that the others leave of the total: it may hide others, and is no group itself


class Counted(NamedTuple):
    """The tasks of one group: how many, and the share whose customer was contacted in time."""

    n: int
    in_time: Share


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


def compare(
    dimension: str, counted: Mapping[str, Counted], watched: Mapping[str, Sequence[Watched]]
) -> Compared:
    """Return each group that may be shown with what tells it apart from all the others together."""
    hidden = hidden_rows({(value,): each.n for value, each in counted.items()}, set())
    shown = [value for value in counted if (value,) not in hidden and value != UNKNOWN]
    shown.sort(key=lambda value: (-counted[value].n, value))
    tests = [
        log_rank(watched[value], [one for other in shown if other != value for one in watched[other]])
        for value in shown
    ]
    told = iter(adjusted([test.p for test in tests if test is not None]))
    groups = [
        Group(
            value,
            counted[value].n,
            counted[value].in_time,
            curve(watched[value]),
            None if test is None else next(told),
        )
        for value, test in zip(shown, tests, strict=True)
    ]
    return Compared(dimension, groups, len(hidden - {(UNKNOWN,)}))
