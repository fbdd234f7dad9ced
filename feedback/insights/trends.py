"""Answers over time: to which stretch of the calendar each belongs, and whether two stretches really differ.

Weeks start on Monday (ISO 8601). Few answers want wide buckets, or the line shows nothing but chance.

Two periods are compared by the adjusted Wald test (Rocks 2016): unlike the plain one it raises a false
alarm in about 5 % of cases, as promised, even with 20 answers on one side. A difference that is not clear
is never called "no difference".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import NormalDist
from typing import Literal, NamedTuple

from feedback.insights.intervals import LEVEL, Interval, adjusted_net_share, net_share, z_of
from feedback.insights.scores import THIN_BELOW
from surveys.scales import by_mood

Unit = Literal["week", "month", "quarter"]
Extent = Literal["whole", "so_far", "in_part"]
Outcome = Literal["changed", "not_distinguishable", "too_few"]

WEEKS_FROM = 100
MONTHS_FROM = 30

MONTHS_OF: Mapping[Unit, int] = {"month": 1, "quarter": 3}


class Bucket(NamedTuple):
    """A stretch of whole days: `start` belongs to it, `end` is the first day of the next one."""

    start: date
    end: date


@dataclass(frozen=True)
class Verdict:
    """What may be said about the score of a later against an earlier period.

    `outcome` is changed, not_distinguishable or too_few. `difference` is the raw one in points (later minus earlier), of
    the scale where the score is a mean; `interval` in such points and `p` (two-sided) are of the adjusted one. All three
    are None when a period is empty.
    """

    outcome: Outcome
    difference: float | None
    interval: Interval | None
    p: float | None


def bucket_for(n_answers: int) -> Unit:
    """Return how wide buckets should be for so many answers: week from 100, month from 30, else quarter."""
    if n_answers >= WEEKS_FROM:
        return "week"
    return "month" if n_answers >= MONTHS_FROM else "quarter"


def buckets(since: date, until: date, unit: Unit) -> list[Bucket]:
    """Return the whole buckets with the days `since` to `until`, both included; none if they are swapped.

    The caller bounds the days to those that have data: a thousand years are 52,000 weeks.
    """
    found: list[Bucket] = []
    day = since
    while day <= until:
        found.append(_bucket_on(day, unit))
        day = found[-1].end
    return found


def verdict(later: Mapping[str, int], earlier: Mapping[str, int], level: float = LEVEL) -> Verdict:
    """Say whether the NPS changed between two periods that share no answers (Rocks 2016).

    Both are counts by group of one of its scales. Fewer than 30 answers in one period are too few to
    judge; the figures are given nevertheless, unless there are none.
    """
    now, before = by_mood(later).values(), by_mood(earlier).values()
    if not any(now) or not any(before):
        return Verdict("too_few", None, None, None)
    first, second = adjusted_net_share(*now), adjusted_net_share(*before)
    change = first.value - second.value
    se = sqrt(first.se**2 + second.se**2)
    margin = z_of(level) * se
    p = 2 * NormalDist().cdf(-abs(change) / se)
    outcome: Outcome = "changed" if p < 1 - level else "not_distinguishable"
    if min(sum(now), sum(before)) < THIN_BELOW:
        outcome = "too_few"
    interval = Interval(change - margin, change + margin, level, "adjusted_wald").in_percent()
    difference = 100 * (net_share(*now).value - net_share(*before).value)
    return Verdict(outcome, difference, interval, p)


def _bucket_on(day: date, unit: Unit) -> Bucket:
    """Return the bucket that holds `day`."""
    if unit == "week":
        start = day - timedelta(days=day.weekday())
        return Bucket(start, start + timedelta(days=7))
    months = MONTHS_OF[unit]
    start = date(day.year, (day.month - 1) // months * months + 1, 1)
    after = start.year * 12 + start.month - 1 + months
    return Bucket(start, date(after // 12, after % 12 + 1, 1))
