"""What watching asks of series, alerts and marks, and the counts a course is made of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Label, Select, and_, func, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from feedback.insights.queries import (
    ASKED_AT,
    AT,
    BECAME,
    answers,
    asked,
    bucket_counts,
    calendar_zone,
    counts_at,
    score_counts,
)
from feedback.insights.response_rates import Dispositions
from feedback.insights.selection import Selection, read
from feedback.insights.watching.course import OF_ANSWERS
from feedback.insights.watching.models import EventMark, SeriesAlert, SeriesLevel, SeriesReader, WatchedSeries
from feedback.insights.watching.subgroups import Counts
from surveys.brand.models import Brand
from surveys.cursor import Page, decode, page_of
from surveys.database import UTCDateTime, db, minutes_between
from surveys.errors import Missing
from surveys.responses.models import Response
from surveys.work import not_set_aside

# More answers than this are never counted off one by one: so many come in weeks or days.
MOST_IN_ORDER = 20_000
MOST_MARKS = 60


def selection_of(series: WatchedSeries, now: datetime) -> Selection:
    """Return the answers of a series, of all time."""
    zone = calendar_zone(series.brand.key if series.brand else None)
    found = read(series.wanted, now.astimezone(zone).date(), zone)
    return replace(found, since=None, until=None, days=None)


def stretches(
    metric: str, selection: Selection, edges: Sequence[datetime], now: datetime
) -> Sequence[Counts]:
    """Return the counts of a metric between edges: by score, of a volume under 1, of a share under 0 and 1.

    Answers are counted out of what is added up. Invitations are not: their edges lie as far apart as days or weeks do,
    and where clocks are put forward or back, one question more is asked.
    """
    if metric in OF_ANSWERS:
        return bucket_counts(selection, edges, now)
    if metric == "answers":
        return [{1: sum(counts.values())} for counts in bucket_counts(selection, edges, now)]
    return [each for run in evenly(edges) for each in _asked(metric, selection, run)]


def evenly(edges: Sequence[datetime]) -> list[list[datetime]]:
    """Return the edges in runs with the same distance from each to the next; neighbouring runs share an edge."""
    runs: list[list[datetime]] = []
    for earlier, later in pairwise(edges):
        if runs and later - earlier == runs[-1][1] - runs[-1][0]:
            runs[-1].append(later)
        else:
            runs.append([earlier, later])
    return runs


def _asked(metric: str, selection: Selection, run: Sequence[datetime]) -> list[Counts]:
    """Return what a volume counts of the invitations between even edges."""
    place = _place(ASKED_AT, run)
    bounded = replace(selection, since=run[0], until=run[-1])
    became = _filled(asked(select(place, BECAME, func.count()), bounded).group_by(place, BECAME), run)
    return [volume(metric, Dispositions(**each)) for each in became]


def _place(at: ColumnElement[Any], run: Sequence[datetime]) -> Label[int]:
    """Return which stretch a moment lies in, counted from 0."""
    length = int((run[1] - run[0]) / timedelta(minutes=1))
    return (minutes_between(literal(run[0], UTCDateTime()), at) // length).label("place")


def _filled(counted: Select[Any], run: Sequence[datetime]) -> list[dict[Any, int]]:
    found: list[dict[Any, int]] = [{} for _ in run[1:]]
    for at, what, n in db.session.execute(counted).tuples():
        place = min(at, len(found) - 1)  # Less than a minute before an edge that is no whole one.
        found[place][what] = found[place].get(what, 0) + n
    return found


def volume(metric: str, sent: Dispositions) -> Counts:
    """Return what a volume counts of the invitations of a stretch."""
    if metric == "invitations":
        return {1: sent.everybody}
    hits = sent.answered if metric == "response_rate" else sent.unknown
    return {0: sent.everybody - hits, 1: hits}


def in_order(
    selection: Selection, since: datetime, until: datetime, now: datetime
) -> list[tuple[datetime, int]]:
    """Return moment and score of the answers between, in the order they came."""
    bounded = replace(selection, since=since, until=until)
    query = answers(select(AT, Response.score), bounded).where(counts_at(now)).order_by(AT, Response.id)
    return [(at, score) for at, score in db.session.execute(query.limit(MOST_IN_ORDER)).tuples()]


def count_of(selection: Selection, now: datetime) -> int:
    """Return how many answers a selection has."""
    return sum(score_counts(selection, now).values())


def due_series(job: str, now: datetime, limit: int) -> list[int]:
    """Return series of which a stretch may be finished, those first that have waited longest."""
    due = (WatchedSeries.look_at <= now, not_set_aside(job, WatchedSeries.id))
    query = select(WatchedSeries.id).where(*due).order_by(WatchedSeries.look_at, WatchedSeries.id)
    return list(db.session.scalars(query.limit(limit)))


def series_for_update(series_id: int) -> WatchedSeries | None:
    """Return one series, for this process alone until the commit."""
    return db.session.get(
        WatchedSeries, series_id, with_for_update={"of": WatchedSeries}, populate_existing=True
    )


def series_with_key(key: str) -> WatchedSeries | None:
    """Return the series of a metric and a selection, if anybody ever watched it."""
    return db.session.scalar(select(WatchedSeries).where(WatchedSeries.key == key))


def series_or_missing(public_id: str) -> WatchedSeries:
    """Return one series; refuse as missing."""
    found = db.session.scalar(select(WatchedSeries).where(WatchedSeries.public_id == public_id))
    if found is None:
        raise Missing()
    return found


def watched() -> list[WatchedSeries]:
    """Return the series that are looked at: those of answers first, the oldest first."""
    query = select(WatchedSeries).where(WatchedSeries.look_at.is_not(None))
    along = (
        joinedload(WatchedSeries.survey),
        joinedload(WatchedSeries.brand),
        selectinload(WatchedSeries.readers),
    )
    found = db.session.scalars(
        query.options(*along).order_by(WatchedSeries.brand_id, WatchedSeries.id)
    ).unique()
    return sorted(found, key=lambda each: each.metric not in OF_ANSWERS)


def watched_count() -> int:
    """Return how many series of answers are looked at."""
    wanted = (WatchedSeries.look_at.is_not(None), WatchedSeries.metric.in_(OF_ANSWERS))
    return db.session.scalar(select(func.count()).select_from(WatchedSeries).where(*wanted)) or 0


def brands_without(metric: str) -> list[Brand]:
    """Return the shops of which a volume has no series yet."""
    has = select(WatchedSeries.id).where(WatchedSeries.brand_id == Brand.id, WatchedSeries.metric == metric)
    return list(db.session.scalars(select(Brand).where(~has.exists()).order_by(Brand.id)))


def reader_of(series: WatchedSeries, staff_id: int) -> SeriesReader | None:
    """Return that somebody watches a series, None if not."""
    return db.session.get(SeriesReader, (series.id, staff_id))


def has_readers(series: WatchedSeries) -> bool:
    """Return whether anybody watches a series."""
    return (
        db.session.scalar(select(SeriesReader.staff_id).where(SeriesReader.series_id == series.id).limit(1))
        is not None
    )


def levels_of(series: WatchedSeries) -> Sequence[SeriesLevel]:
    """Return the levels that were accepted, the newest first."""
    theirs = select(SeriesLevel).where(SeriesLevel.series_id == series.id)
    query = theirs.options(joinedload(SeriesLevel.made_by))
    return db.session.scalars(query.order_by(SeriesLevel.id.desc())).all()


def last_alert(series_id: int, direction: str, since: datetime | None) -> SeriesAlert | None:
    """Return the newest alert of a series in one direction that was seen after its level began."""
    theirs = [SeriesAlert.series_id == series_id, SeriesAlert.direction == direction]
    if since is not None:
        theirs.append(SeriesAlert.until > since)
    query = select(SeriesAlert).where(*theirs)
    return db.session.scalar(query.order_by(SeriesAlert.until.desc(), SeriesAlert.id.desc()).limit(1))


def incidents(series_id: int) -> list[tuple[datetime, datetime]]:
    """Return from when until when confirmed incidents spoilt a series."""
    query = select(SeriesAlert.since, SeriesAlert.until)
    theirs = (SeriesAlert.series_id == series_id, SeriesAlert.state == "incident")
    return [(since, until) for since, until in db.session.execute(query.where(*theirs)).tuples()]


def alert_or_missing(public_id: str) -> SeriesAlert:
    """Return one alert, locked until the commit; refuse as missing."""
    query = select(SeriesAlert).where(SeriesAlert.public_id == public_id).with_for_update()
    found = db.session.scalar(query)
    if found is None:
        raise Missing()
    return found


def alerts(
    limit: int, cursor: str | None = None, series: WatchedSeries | None = None, *, only_open: bool = False
) -> Page[SeriesAlert]:
    """Return the alerts, the newest first."""
    query = select(SeriesAlert).options(
        joinedload(SeriesAlert.settled_by),
        joinedload(SeriesAlert.series).joinedload(WatchedSeries.survey),
        joinedload(SeriesAlert.series).joinedload(WatchedSeries.brand),
    )
    if series is not None:
        query = query.where(SeriesAlert.series_id == series.id)
    if only_open:
        query = query.where(SeriesAlert.state == "open")
    if cursor:
        at, number = decode(cursor, datetime, int)
        query = query.where(behind(at, number))
    newest = query.order_by(SeriesAlert.signal_on.desc(), SeriesAlert.id.desc())
    rows = db.session.scalars(newest.limit(limit + 1)).all()
    return page_of(rows, limit, lambda each: (each.signal_on, each.id))


def behind(at: datetime, number: int) -> ColumnElement[bool]:
    """Return the condition that an alert stands behind one of that moment and number."""
    same = and_(SeriesAlert.signal_on == at, SeriesAlert.id < number)
    return or_(SeriesAlert.signal_on < at, same)


def marks(brand: str | None, first: date | None = None, last: date | None = None) -> Sequence[EventMark]:
    """Return the newest marks of a shop, those of all shops included, in the order of their days; of all without one."""
    query = select(EventMark).options(joinedload(EventMark.brand), joinedload(EventMark.made_by))
    if brand is not None:
        own = select(Brand.id).where(Brand.key == brand).scalar_subquery()
        query = query.where(or_(EventMark.brand_id.is_(None), EventMark.brand_id == own))
    if first is not None:
        query = query.where(EventMark.day >= first)
    if last is not None:
        query = query.where(EventMark.day <= last)
    newest = query.order_by(EventMark.day.desc(), EventMark.id.desc()).limit(MOST_MARKS)
    return db.session.scalars(newest).all()[::-1]


def marks_for(selection: Selection) -> Sequence[EventMark]:
    """Return the marks that belong on a picture of a selection: of its days and its shop."""
    first, last = selection.days or (None, None)
    return marks(selection.brand, first, last)


def mark_or_missing(public_id: str) -> EventMark:
    """Return one mark; refuse as missing."""
    found = db.session.scalar(select(EventMark).where(EventMark.public_id == public_id))
    if found is None:
        raise Missing()
    return found
