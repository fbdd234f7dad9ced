"""Judge the finished stretches of every watched series, each once, and raise an alert for what chance does not explain.

An alert is raised when a signal begins; while it lasts, the alert only goes on. The series is locked while its stretches
are noted as judged, so that of two processes one does it, and what a standstill left undone is judged afterwards.
"""

from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, cast

from feedback.insights.queries import cell_counts
from feedback.insights.watching.causes import Cause, cause
from feedback.insights.watching.charting import SETTLES, Found, Frame, found_of
from feedback.insights.watching.control import Signal
from feedback.insights.watching.course import (
    CALM,
    OF_ANSWERS,
    Course,
    Metric,
    Step,
    Value,
    began,
    scale_of,
)
from feedback.insights.watching.keeping import watch_volumes
from feedback.insights.watching.models import SeriesAlert, WatchedSeries
from feedback.insights.watching.queries import due_series, last_alert, series_for_update
from feedback.insights.watching.subgroups import FIRST, Subgroup, pooled
from surveys.database import db
from surveys.work import in_two_steps

JOB = "judge-series"
MOST_COUNTED = 10_000
# Batches can be full at any time.
OFTEN = timedelta(hours=1)


@dataclass(frozen=True)
class News:
    """A signal in a stretch that was not judged before; one that goes on has neither value nor cause."""

    signal: Signal
    since: datetime
    stretch: Subgroup
    level: float = 0.0
    value: Value | None = None
    likely: Cause | None = None


@dataclass(frozen=True)
class Thought:
    """What was found about a series, and how far it was judged when that was looked up."""

    judged_until: datetime | None
    frame: Frame | None
    last: datetime | None
    news: tuple[News, ...]
    look_at: datetime
    state: str
    since: datetime | None


def judge(now: datetime, limit: int) -> int:
    """Judge up to `limit` series of which a stretch may be finished; return how many were looked at."""
    watch_volumes(now)
    return in_two_steps(
        JOB,
        due_series(JOB, now, limit),
        lambda series_id: thought_of(series_id, now),
        lambda series_id, thought: note(series_id, thought, now),
    )


def backlog(now: datetime) -> int:
    """Count the series of which a stretch may be finished."""
    return len(due_series(JOB, now, MOST_COUNTED))


def thought_of(series_id: int, now: datetime) -> Thought:
    """Return what there is to say about a series; takes its time, so nothing is locked meanwhile."""
    series = db.session.get_one(WatchedSeries, series_id)
    found = found_of(series, now)
    look_at = next_look(found, now)
    if found.course is None or found.course.chart is None:
        state = "gathering" if found.why in (None, "few") else "hidden"
        return Thought(series.judged_until, _settled(series, found), None, (), look_at, state, None)
    judged = found.course.judged
    learns = FIRST if found.course.metric in OF_ANSWERS else 0
    fresh = [
        at
        for at, step in enumerate(judged)
        if at >= learns and (series.judged_until is None or step.subgroup.until > series.judged_until)
    ]
    news = tuple(news_of(series, found, found.course, fresh, now))
    last = judged[-1].subgroup.until if judged else None
    return Thought(
        series.judged_until, _settled(series, found), last, news, look_at, *astuple(found.course.standing)
    )


def news_of(
    series: WatchedSeries, found: Found, course: Course, fresh: Sequence[int], now: datetime
) -> list[News]:
    """Return the signals of stretches that were not judged before; those that go on with an alert say no more."""
    judged, news = course.judged, []
    marked = [step.signal for step in judged if step.signal]
    last_seen = {way: _last_place(series, found, judged, way) for way in ("lower", "higher")}
    for number, signal in enumerate(marked):
        if signal.at not in fresh:
            continue
        since = judged[began(marked, number)].subgroup.since
        stretch, before = judged[signal.at].subgroup, last_seen[signal.direction]
        last_seen[signal.direction] = signal.at
        if before is not None and signal.at - before <= CALM:
            news.append(News(signal, since, stretch))
            continue
        first = began(marked, number)
        moved = pooled([step.subgroup for step in judged[first : signal.at + 1]])
        point = judged[signal.at].point
        level = point.centre * scale_of(course.metric, course.kind) if point else 0.0
        value = course.value_of(moved if course.metric in OF_ANSWERS else stretch.counts)
        cause_of_it = likely(found, course, since, stretch.until, now)
        news.append(News(signal, since, stretch, level, value, cause_of_it))
    return news


def likely(found: Found, course: Course, since: datetime, until: datetime, now: datetime) -> Cause:
    """Return what probably lies behind a change since then; of volumes nothing is said."""
    if course.kind is None or not course.baseline:
        return Cause()
    begins, ends = course.baseline[0].since, min(course.baseline[-1].until, since)
    if begins >= ends:
        return Cause()
    key = found.selection.survey
    earlier, later = (
        [
            each
            for each in cell_counts(replace(found.selection, since=start, until=end), now)
            if each.survey == key
        ]
        for start, end in ((begins, ends), (since, until))
    )
    return cause(course.metric, course.kind, earlier, later, found.selection)


def note(series_id: int, thought: Thought, now: datetime) -> None:
    """Raise what was found, unless another process was quicker or somebody changed the series meanwhile."""
    series = series_for_update(series_id)
    if series is None or series.look_at is None or series.judged_until != thought.judged_until:
        return
    if thought.frame is not None:
        if series.level_from not in (None, thought.frame.since):
            return
        series.unit, series.level_from = thought.frame
    for news in thought.news:
        raise_or_go_on(series, news, now)
    series.judged_until = thought.last or series.judged_until
    series.look_at = thought.look_at
    series.state, series.state_since = thought.state, thought.since
    db.session.flush()


def raise_or_go_on(series: WatchedSeries, news: News, now: datetime) -> None:
    """Raise an alert for a signal that begins, or note that its alert goes on."""
    if news.value is None:
        alert = last_alert(series.id, news.signal.direction, None)
        if alert is not None:
            alert.until = max(alert.until, news.stretch.until)
        return
    interval = news.value.interval
    alert = SeriesAlert(
        series_id=series.id,
        direction=news.signal.direction,
        rule=news.signal.rule,
        since=news.since,
        signal_on=news.stretch.since,
        until=news.stretch.until,
        level=news.level,
        value=news.value.value,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        n=news.value.n,
        likely=written(news.likely),
        raised_at=now,
    )
    db.session.add(alert)
    db.session.flush()


def written(found: Cause | None) -> dict[str, Any]:
    """Return a cause as it is stored: without what it does not say."""
    return {name: value for name, value in asdict(found or Cause()).items() if value}


def next_look(found: Found, now: datetime) -> datetime:
    """Return when the next stretch of a series may be finished."""
    if found.frame is not None and found.frame.unit in ("batch", "small"):
        return now + OFTEN
    tomorrow = now.astimezone(found.selection.zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), found.selection.zone).astimezone(UTC) + SETTLES


def _settled(series: WatchedSeries, found: Found) -> Frame | None:
    return found.frame if cast(Metric, series.metric) in OF_ANSWERS else None


def _last_place(series: WatchedSeries, found: Found, judged: Sequence[Step], direction: str) -> int | None:
    """Return the place of the last stretch in which an alert of that direction was seen, since the level began."""
    alert = last_alert(series.id, direction, found.frame.since if found.frame else None)
    if alert is None:
        return None
    return max((at for at, step in enumerate(judged) if step.subgroup.until <= alert.until), default=None)
