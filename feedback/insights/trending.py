"""The trend of a survey: the measures of its weeks, months or quarters, with gaps where too few answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import NamedTuple

from feedback.insights import queries
from feedback.insights.scores import THIN_BELOW, Measure, measure
from feedback.insights.selection import Days, Selection
from feedback.insights.suppression import K, hidden_within, is_uniform
from feedback.insights.trends import MONTHS_FROM, WEEKS_FROM, Bucket, Extent, Unit, bucket_for, buckets
from surveys.questionnaires.models import Survey, SurveyVersion

# Over more weeks than this, a line of thin weeks shows nothing but chance; months are drawn instead.
FEW_WEEKS = 30
# From how many answers on such stretches are told apart at all.
FROM: Mapping[Unit, int] = {"week": WEEKS_FROM, "month": MONTHS_FROM, "quarter": 0}
WIDER: Mapping[Unit, Unit] = {"week": "month", "month": "quarter"}


@dataclass(frozen=True)
class Period:
    """One stretch of the trend with its measure; None where nobody answered or too few to be shown.

    `versions` are those of the questionnaire that came in it and replaced another: what was
    measured before was asked in other words. `extent` says whether all its days are in the figure: "so_far" is not over
    yet, and its answers are often those of whoever is quick; of one "in_part" the chosen days leave some out.
    """

    bucket: Bucket
    measure: Measure | None
    versions: tuple[SurveyVersion, ...] = ()
    extent: Extent = "whole"


def extent_of(bucket: Bucket, days: Days, zone: tzinfo, now: datetime) -> Extent:
    """Return how much of a stretch is in a figure of the chosen days, in this zone.

    One that is under way grows only while today is among the chosen days.
    """
    today = now.astimezone(zone).date()
    if bucket.start <= today < bucket.end and today <= days.last:
        return "so_far"
    is_in = days.first <= bucket.start and bucket.end <= days.last + timedelta(days=1)
    return "whole" if is_in else "in_part"


def trend_of(survey: Survey, n: int, selection: Selection, now: datetime) -> tuple[Unit, list[Period]]:
    """Return the measures of the weeks, months or quarters of the selected days, of a survey with `n` answers in them.

    Weeks of a long period are drawn only when they have enough answers each, and no stretches that have fewer than k
    on average: they would be gaps, or a line of single answers.
    Whole surveys show every stretch with answers; of a part a stretch with fewer than k answers stays a gap, and so does
    one in which fewer than k others answered, because the line of the whole gives them away; so does one of few who are
    of one mind.
    """
    if selection.days is None or n == 0:
        return "week", []
    first, last = selection.days
    unit = bucket_for(n)
    weeks = selection.days.length / 7
    if unit == "week" and weeks > FEW_WEEKS and n / weeks < THIN_BELOW:
        unit = "month"
    while unit in WIDER and n < K * len(buckets(first, last, unit)):
        unit = WIDER[unit]
    stretches = buckets(first, last, unit)
    days = [first, *(stretch.start for stretch in stretches[1:]), last + timedelta(days=1)]
    edges = [datetime.combine(day, time(), selection.zone).astimezone(UTC) for day in days]
    rows = queries.bucket_counts(selection, edges, now)
    opened = (selection.where(**{name: None}) for name in selection.restricted)
    wholes = [[sum(counts.values()) for counts in queries.bucket_counts(each, edges, now)] for each in opened]
    return unit, [
        Period(
            stretch,
            _shown(measure(survey.kind, counts), [whole[at] for whole in wholes]),
            tuple(each for each in survey.versions[1:] if since <= each.published_at < until),
            extent_of(stretch, selection.days, selection.zone, now),
        )
        for at, (stretch, counts, (since, until)) in enumerate(
            zip(stretches, rows, pairwise(edges), strict=True)
        )
    ]


class NoLine(NamedTuple):
    """Why no line is drawn: `enough` stretches have five answers each, where it takes two.

    `needed` is from how many answers on there may be one in these days; None where they lie in a single week.
    """

    enough: int
    needed: int | None


def why_no_line(trend: Sequence[Period], days: Days | None) -> NoLine | None:
    """Return why the trend of some days is no line yet; None where it is one."""
    enough = sum(each.measure is not None and each.measure.n >= K for each in trend)
    return None if enough > 1 else NoLine(enough, answers_for_a_line(days) if days else None)


def answers_for_a_line(days: Days) -> int | None:
    """Return from how many answers on `trend_of` tells stretches of some days apart that may have five each."""
    stretches = {unit: len(buckets(*days, unit)) for unit in FROM}
    return min((max(FROM[unit], K * n) for unit, n in stretches.items() if n > 1), default=None)


def _shown(found: Measure | None, wholes: Sequence[int]) -> Measure | None:
    """Return a stretch if it may be drawn; `wholes` are those of which it is a part, none for a whole survey."""
    if found is None or not wholes:
        return found
    is_told = found.n >= K and not hidden_within(found.n, wholes) and not is_uniform(found.groups.values())
    return found if is_told else None
