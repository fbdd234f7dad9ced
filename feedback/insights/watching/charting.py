"""Put the course of a series together from the answers that are stored, and choose how they are cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple, cast

from feedback.insights.reporting import is_shown
from feedback.insights.selection import Selection
from feedback.insights.suppression import K
from feedback.insights.trends import buckets
from feedback.insights.watching.course import OF_ANSWERS, Course, Metric, course, figure_of, hits_of
from feedback.insights.watching.models import WatchedSeries
from feedback.insights.watching.queries import count_of, in_order, incidents, selection_of, stretches
from feedback.insights.watching.subgroups import (
    FIRST,
    LOOK_BACK,
    Subgroup,
    Unit,
    batch_size,
    batches,
    begun,
    is_thick,
    widened,
)
from surveys.responses.queries import held_back

# An answer that is left half-way counts half an hour after its last save; invitations are answered for two weeks.
SETTLES = timedelta(hours=1)
RIPENS = timedelta(days=14)
A_MONTH = 31


class Frame(NamedTuple):
    """How the answers of a series are cut, and where its level begins."""

    unit: Unit
    since: datetime


@dataclass(frozen=True)
class Found:
    """The course of a series as it is stored now; without one, `why` not: too few answers, or too few people."""

    selection: Selection
    frame: Frame | None
    course: Course | None
    why: Literal["few", "hidden", "held_back"] | None = None
    answers: int = 0


def found_of(series: WatchedSeries, now: datetime) -> Found:
    """Return the course of a series up to the last stretch that is finished."""
    selection = selection_of(series, now)
    metric, kind = cast(Metric, series.metric), series.survey.kind if series.survey else None
    if metric in OF_ANSWERS:
        if series.survey in held_back():
            return Found(selection, None, None, "held_back")
        if not is_shown(selection, now):
            return Found(selection, None, None, "hidden")
    frame = frame_of(series, selection, now)
    if frame is None:
        total = count_of(selection, now) if metric in OF_ANSWERS else 0
        return Found(selection, None, None, "few", total)
    spoilt = incidents(series.id)
    found = course(
        metric,
        kind,
        frame.unit,
        cut(metric, selection, frame, now),
        # What fewer than 2 k people said all alike would name each of them.
        least=1 if selection.is_whole else 2 * K,
        is_spoilt=lambda each: any(each.since < until and since < each.until for since, until in spoilt),
    )
    return Found(selection, frame, found)


def frame_of(series: WatchedSeries, selection: Selection, now: datetime) -> Frame | None:
    """Return how a series is cut: as was settled with its level, else as its answers of the last time suggest.

    None while there are too few. Volumes grow with the shop, so theirs is chosen anew every time.
    """
    if series.unit is not None and series.level_from is not None:
        return Frame(cast(Unit, series.unit), series.level_from)
    metric, kind = cast(Metric, series.metric), series.survey.kind if series.survey else None
    days = days_of(metric, selection, now)
    for unit in ("day", "week"):
        back = now - LOOK_BACK[unit]
        found = finished(metric, begun(widened([each for each in days if each[1].until > back], unit)), now)
        if is_thick(found, rare_of(metric, kind, found)):
            return Frame(unit, found[0].since)
    if metric not in OF_ANSWERS:
        weeks = finished(metric, begun(widened(days, "week")), now)
        return Frame("week", weeks[0].since) if len(weeks) > FIRST else None
    is_old = any(each.n for _, each in days[:A_MONTH])
    return (_months(metric, kind, selection, now) if is_old else None) or _batches(selection, now)


def _months(metric: Metric, kind: str | None, selection: Selection, now: datetime) -> Frame | None:
    """Return months as stretches, if there are years of them."""
    since = now - LOOK_BACK["month"]
    found = finished(metric, begun(cut(metric, selection, Frame("month", since), now)), now)
    return Frame("month", found[0].since) if is_thick(found, rare_of(metric, kind, found)) else None


def _batches(selection: Selection, now: datetime) -> Frame | None:
    """Return batches, the larger ones if there are enough for a level and one to be judged."""
    for unit in ("batch", "small"):
        since = now - LOOK_BACK[unit]
        answers = in_order(selection, since, now - SETTLES, now)
        size = batch_size(unit, is_whole=selection.is_whole)
        if size is not None and len(answers) // size > FIRST:
            return Frame(unit, answers[0][0])
    return None


def rare_of(metric: Metric, kind: str | None, subgroups: Sequence[Subgroup]) -> list[int] | None:
    """Return how often the rarer answer was given in each stretch, for shares of answers."""
    if metric not in OF_ANSWERS or figure_of(metric, kind) != "share":
        return None
    hits = [hits_of(metric, kind, each.counts) for each in subgroups]
    return [min(x, each.n - x) for x, each in zip(hits, subgroups, strict=True)]


def cut(metric: Metric, selection: Selection, frame: Frame, now: datetime) -> list[Subgroup]:
    """Return the finished stretches of a selection from the beginning of its level on."""
    size = batch_size(frame.unit, is_whole=selection.is_whole)
    if size is not None:
        return batches(in_order(selection, frame.since, now - SETTLES, now), size)
    first, today = frame.since.astimezone(selection.zone).date(), now.astimezone(selection.zone).date()
    if frame.unit == "day":
        starts = [first + timedelta(days=at) for at in range((today - first).days + 2)]
    else:
        parts = buckets(first, today, "week" if frame.unit == "week" else "month")
        starts = [*(each.start for each in parts), *(each.end for each in parts[-1:])]
    edges = [_midnight(day, selection) for day in starts]
    if edges:
        edges[0] = max(edges[0], frame.since)
    counted = stretches(metric, selection, edges, now)
    both = zip(pairwise(edges), counted, strict=False)
    return finished(metric, [Subgroup(since, until, counts) for (since, until), counts in both], now)


def days_of(metric: Metric, selection: Selection, now: datetime) -> list[tuple[date, Subgroup]]:
    """Return the days of the last year, from a Monday on, today included."""
    first = (now - LOOK_BACK["week"]).astimezone(selection.zone).date()
    first -= timedelta(days=first.weekday())
    today = now.astimezone(selection.zone).date()
    days = [first + timedelta(days=at) for at in range((today - first).days + 1)]
    edges = [_midnight(day, selection) for day in [*days, today + timedelta(days=1)]]
    counted = stretches(metric, selection, edges, now)
    return [
        (day, Subgroup(since, until, counts))
        for day, (since, until), counts in zip(days, pairwise(edges), counted, strict=True)
    ]


def finished(metric: Metric, subgroups: Sequence[Subgroup], now: datetime) -> list[Subgroup]:
    """Return the stretches nothing is added to any more."""
    rests = RIPENS if metric == "response_rate" else SETTLES
    return [each for each in subgroups if each.until + rests <= now]


def _midnight(day: date, selection: Selection) -> datetime:
    return datetime.combine(day, time(), selection.zone).astimezone(UTC)
