"""Look up what reports tell beside the figures: where goals stand, what improvements did, who orders again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from feedback.aiming.models import Goal
from feedback.aiming.queries import goals_of
from feedback.aiming.settling import standing_at
from feedback.aiming.standings import Standing
from feedback.improving.models import Improvement
from feedback.improving.queries import checks_of
from feedback.insights.selection import Days, Selection, over
from feedback.loyalty.measuring import Repeat, repeat

MOST = 3  # of each; the page of all of them is a click away
SOON = timedelta(days=31)  # an improvement is told of so long before its check
A_YEAR = 365  # days of answers, since an order after one takes up to 90 days


class Aim(NamedTuple):
    """A goal and where its customers stand; None while too few have answered."""

    goal: Goal
    standing: Standing | None


@dataclass(frozen=True)
class Followed:
    """What a report tells of a period: goals, improvements that were judged or soon are, and who orders again."""

    aims: Sequence[Aim]
    improvements: Sequence[Improvement]
    again: Repeat | None


def followed(selection: Selection, now: datetime) -> Followed:
    """Return what is told of the days of a selection, of its shop or of all; its other filters are left out."""
    days, since, until = selection.days, selection.since, selection.until
    if days is None or since is None or until is None:
        return Followed((), (), None)
    aims = [
        Aim(goal, goal.settled_standing if goal.settled_at else standing_at(goal, now))
        for goal in goals_of(days, selection.brand)[:MOST]
    ]
    year = over(Selection(brand=selection.brand, zone=selection.zone), Days.until(days.last, A_YEAR))
    again = repeat(year, now)
    return Followed(
        aims=aims,
        improvements=checks_of(since, until, days.last + SOON, selection.brand)[:MOST],
        again=again if again and again.everybody.n else None,
    )
