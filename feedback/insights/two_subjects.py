"""Which of two subjects of a letter more customers answered: said only when chance does not explain it.

The shares are compared by Newcombe's interval (`differences`). It is looked at again and again while
letters leave, and whoever stops at the first good moment is fooled more often than once in twenty
times; so nothing is said before ENOUGH letters of each left, and answers have a week to come in.
"""

from datetime import timedelta
from typing import Literal, NamedTuple

from feedback.insights.differences import share_difference
from feedback.insights.intervals import Interval

ENOUGH = 200  # letters of each; fewer tell apart only what nobody would have to measure
PATIENCE = timedelta(days=7)


class Share(NamedTuple):
    """Letters that left under a subject, and how many were answered."""

    sent: int
    answered: int

    @property
    def rate(self) -> float | None:
        """The share that was answered, None before the first letter."""
        return self.answered / self.sent if self.sent else None


class Judgement(NamedTuple):
    """What may be said; `interval` is of the difference, second minus first, None before letters of both left."""

    says: Literal["too_early", "alike", "first", "second"]
    interval: Interval | None


def judge(first: Share, second: Share, age: timedelta) -> Judgement:
    """Say which subject more customers answered; `age` is how long the two are compared."""
    if not first.sent or not second.sent:
        return Judgement("too_early", None)
    interval = share_difference(second.answered, second.sent, first.answered, first.sent)
    if min(first.sent, second.sent) < ENOUGH or age < PATIENCE:
        return Judgement("too_early", interval)
    if interval.low <= 0 <= interval.high:
        return Judgement("alike", interval)
    return Judgement("second" if interval.low > 0 else "first", interval)
