"""How series, their standing, alerts and events read in a sentence."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from flask import Flask
from flask_babel import gettext, ngettext

from feedback.insights.filters import dimension_name, metric_name, place_name, score_text
from feedback.insights.queries import calendar_zone
from feedback.insights.selection import DIMENSIONS
from feedback.insights.watching.course import Metric, figure_of
from feedback.insights.watching.models import SeriesAlert, WatchedSeries
from surveys.errors import N_
from surveys.filters import day, number, percent

METRICS: Mapping[str, str] = {
    "score": N_("Score"),
    "unhappy": N_("Share of unhappy answers"),
    "invitations": N_("Invitations sent"),
    "answers": N_("Answers"),
    "response_rate": N_("Response rate"),
    "bounces": N_("Mails that did not arrive"),
}
KINDS: Mapping[str, str] = {
    "release": N_("Release"),
    "price": N_("Price"),
    "carrier": N_("Carrier"),
    "holiday": N_("Holiday or sale"),
    "other": N_("Other"),
}
VERDICTS: Mapping[str, str] = {
    "open": N_("open"),
    "incident": N_("an incident"),
    "accepted": N_("the new level"),
    "nothing": N_("nothing to act on"),
}


def series_name(series: WatchedSeries) -> str:
    """Return what is watched, such as "NPS · Demo Shop · Austria"."""
    what = gettext(METRICS[series.metric])
    if series.survey is not None:
        name = metric_name(series.survey.kind)
        what = name if series.metric == "score" else f"{name}, {what}"
    where = [place_name(value, name) for name in DIMENSIONS if (value := series.wanted.get(name))]
    return " · ".join([what, *([series.brand.name] if series.brand else []), *where])


def series_zone(series: WatchedSeries) -> str:
    """Return the name of the zone whose days count for a series."""
    return series.brand.time_zone if series.brand else str(calendar_zone(None))


def watched_value(series: WatchedSeries, value: float) -> str:
    """Return a figure of a series as people write it."""
    kind = series.survey.kind if series.survey else None
    if series.metric == "score" and kind is not None:
        return score_text(value, kind)
    return number(value) if figure_of(cast(Metric, series.metric), kind) == "count" else percent(value)


def standing_text(series: WatchedSeries, state: str, since: datetime | None) -> str:
    """Return where a series stands, as a sentence."""
    if state == "hidden":
        return str(gettext("Too few people stand behind this part to show it."))
    if since is None:
        return str(
            gettext(
                "Not judged yet: the loop does that once there are enough answers to know what chance explains."
            )
        )
    values = {"day": day(since, series_zone(series))}
    if state == "lower":
        return str(gettext("Lower than chance explains since %(day)s.", **values))
    if state == "higher":
        return str(gettext("Higher than chance explains since %(day)s.", **values))
    return str(gettext("Within what chance explains since %(day)s.", **values))


def alert_heading(alert: SeriesAlert) -> str:
    """Return what moved which way, and since when."""
    values = {"what": series_name(alert.series), "day": day(alert.since, series_zone(alert.series))}
    if alert.direction == "lower":
        return str(gettext("%(what)s: lower than chance explains since %(day)s", **values))
    return str(gettext("%(what)s: higher than chance explains since %(day)s", **values))


def alert_lines(alert: SeriesAlert) -> list[str]:
    """Return by how much it moved, and what is likely behind it."""
    return [amount_text(alert), *([likely_text(alert)] if alert.series.survey else [broken_text(alert)])]


def amount_text(alert: SeriesAlert) -> str:
    """Return the figure since it moved, with its interval and n, beside the level before."""
    series = alert.series
    values = {"value": watched_value(series, alert.value), "level": watched_value(series, alert.level)}
    if alert.low is None or alert.high is None:
        return str(gettext("%(value)s instead of about %(level)s.", **values))
    values |= {"low": watched_value(series, alert.low), "high": watched_value(series, alert.high)}
    if series.survey is None:
        n = ngettext("%(n)s invitation", "%(n)s invitations", alert.n, n=number(alert.n))
    else:
        n = ngettext("%(n)s answer", "%(n)s answers", alert.n, n=number(alert.n))
    return str(gettext("%(value)s (%(low)s to %(high)s, %(n)s) instead of %(level)s.", n=n, **values))


def likely_text(alert: SeriesAlert) -> str:
    """Return what probably lies behind it, in words that promise no more than is known."""
    found: dict[str, Any] = alert.likely
    if "mix" in found:
        what = ", ".join(dimension_name(name) for name in found["mix"])
        return str(
            gettext(
                "Probably because other people answer than before (%(what)s), not because they judge otherwise.",
                what=what,
            )
        )
    if "part" in found:
        where = ", ".join(place_name(value, name) for name, value in found["part"].items())
        size = found.get("n", 0)
        n = ngettext("%(n)s answer", "%(n)s answers", size, n=number(size))
        values = {
            "before": watched_value(alert.series, found.get("before", 0.0)),
            "after": watched_value(alert.series, found.get("after", 0.0)),
        }
        return str(
            gettext(
                "Probably mostly %(where)s: %(after)s (%(n)s) instead of %(before)s.",
                where=where,
                n=n,
                **values,
            )
        )
    return str(gettext("No single part of the answers stands out."))


def broken_text(alert: SeriesAlert) -> str:
    """Return what to look at when a volume moves."""
    if alert.series.metric == "bounces":
        return str(gettext("Look at the sender address and at who was imported lately."))
    if alert.series.metric == "invitations":
        return str(gettext("Look whether the shop still reports its orders; a score may move with it."))
    return str(gettext("Look whether the mails still arrive and their links work; a score may move with it."))


def event_kind(kind: str) -> str:
    """Return the word for a kind of event."""
    return str(gettext(KINDS[kind]))


def alert_verdict(state: str) -> str:
    """Return the word for what an alert was."""
    return str(gettext(VERDICTS[state]))


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    for function in (
        series_name,
        series_zone,
        watched_value,
        standing_text,
        alert_heading,
        alert_lines,
        event_kind,
        alert_verdict,
    ):
        app.add_template_filter(function)
