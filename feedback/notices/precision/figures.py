"""The precision of a rule's notices: the share after which somebody did something about the task in time.

Methodology 4.4, "Alert fatigue": the target is at least half; a rule below is to be looked at, never changed by itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from feedback.follow_up.service_levels import Calendar, add_business_days, due_times
from feedback.insights.intervals import Interval, wilson

TARGET = 0.5
ENOUGH = 10  # Below so many notices a share says nothing.
# P4 promises nothing; two business days are taken as its time here.
DAYS_OF_P4 = 2
LOOKED_AT = timedelta(days=90)


class Told(NamedTuple):
    """One notice: its rule, priority and moment, whose shop, and when a person first did something after it."""

    rule: str
    priority: str
    at: datetime
    brand_id: int
    acted_at: datetime | None


@dataclass(frozen=True)
class Precision:
    """Of one rule: how many notices had their time, and after how many somebody acted within it."""

    rule: str
    told: int
    acted: int

    @property
    def share(self) -> float:
        """The share that led to something, 0 to 1."""
        return self.acted / self.told

    @property
    def interval(self) -> Interval:
        """The interval of the share (Wilson, 95 %)."""
        return wilson(self.acted, self.told)

    @property
    def is_thin(self) -> bool:
        """Whether there are too few notices to say anything."""
        return self.told < ENOUGH

    @property
    def is_flagged(self) -> bool:
        """Whether the rule tells too often of what nobody acts on."""
        return not self.is_thin and self.share < TARGET


def time_of(told: Told, calendar: Calendar) -> datetime:
    """Return by when somebody should act on a notice: the time that its priority has for a first contact."""
    due = due_times(told.priority, told.at, calendar).first_contact
    return due or add_business_days(told.at, DAYS_OF_P4, calendar)


def precision(notices: Iterable[Told], calendars: Mapping[int, Calendar], now: datetime) -> list[Precision]:
    """Return the precision of each rule, the lowest share first; notices whose time still runs count once acted on."""
    counts: dict[str, list[int]] = {}
    for told in notices:
        due = time_of(told, calendars[told.brand_id])
        acted = told.acted_at is not None and told.acted_at <= due
        if acted or due <= now:
            count = counts.setdefault(told.rule, [0, 0])
            count[0] += 1
            count[1] += acted
    found = [Precision(rule, told, acted) for rule, (told, acted) in counts.items()]
    return sorted(found, key=lambda each: (each.is_thin, each.share, each.rule))
