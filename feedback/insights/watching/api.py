"""A score over time with what chance explains of it, and the alerts, over the JSON API."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

from flask import Response as Answer
from flask import jsonify
from pydantic import Field

from feedback.insights import queries as numbers
from feedback.insights.api import DECIMALS, PERIOD, score_shape
from feedback.insights.reporting import TooFewToShow, is_shown
from feedback.insights.scores import METRICS, measure, rounded_to
from feedback.insights.selection import TooLong, read, read_period
from feedback.insights.suppression import K, is_uniform
from feedback.insights.watching import queries
from feedback.insights.watching.charting import Frame, cut
from feedback.insights.watching.course import Course, course, scale_of
from feedback.insights.watching.models import EventMark, SeriesAlert
from surveys.api.door import MachineDoor, listing
from surveys.api.shapes import ListQuery, Query
from surveys.clock import business_now
from surveys.responses.queries import check_not_held_back
from surveys.scales import SCALES

door = MachineDoor("watching_api", __name__, url_prefix="/api/v1/insights")

MOST = timedelta(days=5 * 366)
USUALLY = timedelta(days=366)


class TrendQuery(Query):
    """Which answers over time; without dates those of the last year."""

    survey: str = Field(max_length=60)
    brand: str | None = Field(None, max_length=40)
    country: str | None = Field(None, max_length=2)
    carrier: str | None = Field(None, max_length=100)
    language: str | None = Field(None, max_length=6)
    since: str | None = Field(None, max_length=40, description=PERIOD)
    until: str | None = Field(
        None, max_length=40, description=f"{PERIOD} A day is included, a moment is not."
    )
    bucket: Literal["day", "week", "month"] = "week"


class AlertQuery(ListQuery):
    """Which alerts, those of the newest signals first."""

    state: Literal["open"] | None = Field(None, description="Those of which nobody has said what they were.")


@door.get("/trend")
def trend(query: TrendQuery) -> Answer:
    """Return a score by day, week or month, each finished bucket with n, interval, and the limits of chance.

    Limits are three standard deviations around the level of the first buckets (20 of them, 56 days, at least 12); they
    are null before there are enough. `signal` tells what lies beyond: outside, or eight in a row on one side (run). Of a
    part (country, carrier, language) buckets of fewer than five answers have neither n nor score, and 403 is answered
    where the part itself is too small to be shown. Beside the buckets: events and versions of the questionnaire.
    """
    now = business_now()
    survey = numbers.measured_survey(query.survey)
    check_not_held_back(survey)
    zone = numbers.calendar_zone(query.brand)
    named = {
        name: getattr(query, name) or "" for name in ("survey", "brand", "country", "carrier", "language")
    }
    selection = replace(read(named, now.astimezone(zone).date(), zone), days=None)
    since, until = read_period(query.since, query.until, zone)
    end = min(until or now, now)
    begin = since or end - USUALLY
    if end - begin > MOST:
        raise TooLong(field="since")
    if not is_shown(replace(selection, since=None, until=None), now):
        raise TooFewToShow()
    least = 1 if selection.is_whole else K
    stretches = cut("score", replace(selection, since=None, until=None), Frame(query.bucket, begin), end)
    found = course("score", survey.kind, query.bucket, stretches, least=least)
    first, last = begin.astimezone(zone).date(), end.astimezone(zone).date()
    return jsonify(
        {
            "metric": METRICS[survey.kind],
            "bucket": query.bucket,
            "buckets": buckets_shape(found, survey.kind, least),
            "markers": [mark_shape(each) for each in queries.marks(query.brand, first, last)],
            "versions": [
                {"number": each.number, "published_at": each.published_at.isoformat()}
                for each in survey.versions[1:]
                if begin <= each.published_at < end
            ],
        }
    )


@door.get("/alerts")
def list_alerts(query: AlertQuery) -> Answer:
    """List what chance does not explain about watched series; each was raised once, when its first bucket was over."""
    page = queries.alerts(query.limit, query.cursor, only_open=query.state == "open")
    return listing([alert_shape(each) for each in page.items], page.next)


def buckets_shape(found: Course, kind: str, least: int) -> list[dict[str, Any]]:
    """Return the JSON form of the steps of a course; those of parts that are too small say nothing."""
    shapes, factor = [], scale_of("score", kind)
    for step in found.steps:
        counts, n = step.subgroup.counts, step.subgroup.n
        is_hidden = least > 1 and (n < least or (is_uniform(SCALES[kind].tally(counts).values())))
        shape: dict[str, Any] = {
            "since": step.subgroup.since.isoformat(),
            "until": step.subgroup.until.isoformat(),
            **score_shape(kind, None if is_hidden else measure(kind, counts)),
            "hidden": is_hidden and n > 0,
            "limits": None,
            "signal": None,
        }
        if is_hidden:
            shape |= {"n": None, "groups": None}
        if step.point is not None and not is_hidden:
            names = ("low", "level", "high")
            values = (step.point.low, step.point.centre, step.point.high)
            shape["limits"] = {
                name: rounded_to(factor * value, DECIMALS) for name, value in zip(names, values, strict=True)
            }
            if step.signal is not None:
                shape["signal"] = {"direction": step.signal.direction, "rule": step.signal.rule}
        shapes.append(shape)
    return shapes


def mark_shape(event: EventMark) -> dict[str, Any]:
    """Return the JSON form of an event."""
    return {
        "day": event.day.isoformat(),
        "text": event.text,
        "kind": event.kind,
        "brand": event.brand.key if event.brand else None,
    }


def alert_shape(alert: SeriesAlert) -> dict[str, Any]:
    """Return the JSON form of an alert; figures are in points, percent or numbers, as the metric has them."""
    interval = None
    if alert.low is not None and alert.high is not None:
        interval = {"low": rounded_to(alert.low, DECIMALS), "high": rounded_to(alert.high, DECIMALS)}
    return {
        "id": alert.public_id,
        "series": alert.series.public_id,
        "metric": alert.series.metric,
        "selection": alert.series.wanted,
        "direction": alert.direction,
        "rule": alert.rule,
        "since": moment(alert.since),
        "signal_on": moment(alert.signal_on),
        "until": moment(alert.until),
        "level": rounded_to(alert.level, DECIMALS),
        "value": rounded_to(alert.value, DECIMALS),
        "interval": interval,
        "n": alert.n,
        "likely": alert.likely,
        "raised_at": moment(alert.raised_at),
        "state": alert.state,
        "note": alert.note,
        "settled_at": moment(alert.settled_at) if alert.settled_at else None,
    }


def moment(at: datetime) -> str:
    """Return a moment as the API writes it."""
    return at.isoformat()
