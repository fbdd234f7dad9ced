"""Watch a series or no longer, accept a level, say what an alert was."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from sqlalchemy.exc import IntegrityError

from feedback.insights.selection import Selection
from feedback.insights.watching.course import ALARMING, OF_ANSWERS
from feedback.insights.watching.models import SeriesAlert, SeriesLevel, SeriesReader, WatchedSeries
from feedback.insights.watching.queries import (
    brands_without,
    has_readers,
    reader_of,
    series_for_update,
    series_with_key,
    watched_count,
)
from surveys.brand.models import Brand
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.questionnaires.models import Survey
from surveys.staff.models import StaffMember
from surveys.work import one_by_one

JOB = "watch-volumes"
# By single points and runs of eight chance raises one alarm in 153 points (C. Champ and W. Woodall, Technometrics 29,
# 1987): with 20 series by week seven a year.
MOST_WATCHED = 20
LONGEST_NOTE = 200
VERDICTS = ("incident", "accepted", "nothing")


class TooManyWatched(Refusal):
    """So many series that false alarms would hide the true ones."""

    status = 409
    phrase = N_(
        "%(most)s series are watched already. With more of them chance alone would raise an alarm every few weeks."
        " Stop watching one first."
    )


class NoteMissing(Refusal):
    """A decision about a level without its reason."""

    phrase = N_("Write in a few words why, so that others understand it later.")


class NotYet(Refusal):
    """A level that begins in the future, or before anything was gathered."""

    phrase = N_("The new level has to begin on a day that has passed, and after the one there is.")


class SettledAlready(Conflict):
    """Somebody said what the alert was before."""

    phrase = N_("Somebody has said already what this alert was. Reload the page to see it.")


def watch(
    metric: str,
    selection: Selection,
    survey: Survey | None,
    brand: Brand | None,
    staff: StaffMember,
    now: datetime,
) -> WatchedSeries:
    """Let somebody watch a metric of a selection, whatever its days; once more changes nothing.

    Refuses with TooManyWatched a series that nobody watches yet beyond 20 of them.
    """
    wanted = selection.query(since=None, until=None)
    key = key_of(metric, wanted)
    series = series_with_key(key)
    if series is None or series.look_at is None:
        if metric in OF_ANSWERS and watched_count() >= MOST_WATCHED:
            raise TooManyWatched(most=MOST_WATCHED)
        series = series or _made(
            WatchedSeries(
                key=key,
                metric=metric,
                survey=survey,
                brand=brand,
                wanted=wanted,
                made_at=now,
                made_by_id=staff.id,
            )
        )
        series.look_at = now
    if reader_of(series, staff.id) is None:
        db.session.add(SeriesReader(series_id=series.id, staff_id=staff.id, since=now))
    db.session.flush()
    return series


def stop(series: WatchedSeries, staff: StaffMember) -> None:
    """Let somebody watch a series no longer; one that nobody watches is not looked at, those of volumes always are."""
    reader = reader_of(series, staff.id)
    if reader is not None:
        db.session.delete(reader)
        db.session.flush()
    if series.metric in OF_ANSWERS and not has_readers(series):
        series.look_at = None
    db.session.flush()


def accept(series: WatchedSeries, since: datetime, note: str, staff: StaffMember, now: datetime) -> None:
    """Take the level anew from the stretches after `since`; refuses NoteMissing and NotYet."""
    if not note.strip():
        raise NoteMissing(field="note")
    series_for_update(series.id)  # Of two people at the same moment the second sees what the first has said.
    if since >= now or series.level_from is None or since <= series.level_from:
        raise NotYet(field="since")
    series.level_from, series.look_at = since, now
    db.session.add(
        SeriesLevel(
            series_id=series.id,
            from_at=since,
            note=note.strip()[:LONGEST_NOTE],
            made_at=now,
            made_by_id=staff.id,
        )
    )
    db.session.flush()


def settle(alert: SeriesAlert, verdict: str, note: str, staff: StaffMember, now: datetime) -> None:
    """Say what an alert was: an incident that leaves the level, the new level, or nothing.

    Refuses SettledAlready, an unknown verdict, and the first two without a note.
    """
    if alert.state != "open":
        raise SettledAlready()
    if verdict not in VERDICTS:
        raise Refusal(N_("Choose what it was."), field="verdict")
    if verdict != "nothing" and not note.strip():
        raise NoteMissing(field="note")
    if verdict == "accepted":
        accept(alert.series, alert.since, note, staff, now)
    alert.settled_at, alert.settled_by_id, alert.note = now, staff.id, note.strip()[:LONGEST_NOTE] or None
    alert.state = verdict
    db.session.flush()


def watch_volumes(now: datetime) -> None:
    """Watch the volumes of every shop, so that a broken trigger is told apart from a changed score."""
    for metric in ALARMING:
        missing = {brand.id: brand.key for brand in brands_without(metric)}
        one_by_one(JOB, missing, partial(_watch_volume, metric, missing, now))


def key_of(metric: str, wanted: Mapping[str, str]) -> str:
    """Return what is the same for the same metric of the same selection."""
    text = json.dumps([metric, sorted(wanted.items())], ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _watch_volume(metric: str, keys: Mapping[int, str], now: datetime, brand_id: int) -> None:
    wanted = {"brand": keys[brand_id]}
    key = key_of(metric, wanted)
    _made(WatchedSeries(key=key, metric=metric, brand_id=brand_id, wanted=wanted, made_at=now, look_at=now))


def _made(series: WatchedSeries) -> WatchedSeries:
    """Return the series stored, or the one with the same key that somebody else stored meanwhile."""
    try:
        with db.session.begin_nested():
            db.session.add(series)
    except IntegrityError:
        found = series_with_key(series.key)
        if found is None:
            raise
        return found
    return series
