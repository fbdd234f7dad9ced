"""How what hurts reads: the sentence on the first screen, impacts and their changes."""

from collections.abc import Mapping
from datetime import datetime

from flask import Flask
from flask_babel import gettext, ngettext

from feedback.analysis.filters import theme_name
from feedback.insights.filters import place_name, points_text, range_text, where_text, with_sign
from feedback.insights.impact import Drift, Impact
from feedback.insights.selection import DEFAULT_DAYS, Days, Selection, over
from feedback.insights.themes.finding import Outlier
from feedback.insights.themes.ranking import Row
from feedback.insights.themes.summing_up import Summary
from feedback.insights.themes.words import IN_A_SENTENCE, IN_COUNTRIES, WARMTHS
from feedback.insights.trends import Verdict
from surveys.code_book.themes import DETAILS


def until_day(selection: Selection, at: datetime) -> Selection:
    """Return the selection over as many days, the last of them that of a moment."""
    day = at.astimezone(selection.zone).date()
    return over(selection, Days.until(day, selection.days.length if selection.days else DEFAULT_DAYS))


def theme_in_sentence(code: str) -> str:
    """Return a theme as it stands in the middle of a sentence."""
    return str(gettext(IN_A_SENTENCE[code])) if code in IN_A_SENTENCE else theme_name(code)


def detail_name(code: str) -> str:
    """Return a theme of the second level without the first."""
    name = theme_name(code)
    return name.partition(": ")[2] if code in DETAILS else name


def where(place: Mapping[str, str]) -> str:
    """Return the place of a summary, such as "in Austria with Postbus"; "" for everywhere."""
    return " ".join(_in_place(dimension, value) for dimension, value in place.items())


def _in_place(dimension: str, value: str) -> str:
    name = place_name(value, dimension)
    if dimension == "country":
        phrase = IN_COUNTRIES.get(value)
        return str(gettext(phrase) if phrase else gettext("in %(country)s", country=name))
    if dimension == "carrier":
        return str(gettext("with %(carrier)s", carrier=name))
    return str(gettext("among answers in %(language)s", language=name))


def mostly(summary: Summary, difference: float) -> str:
    """Return what most of a change goes together with, in a few words; "" where nothing may be said."""
    place = where(summary.place)
    if summary.theme is None:
        return place
    theme = theme_in_sentence(summary.theme)
    if summary.is_rarer:
        said = str(gettext("fewer comments on %(theme)s", theme=theme))
    elif difference < 0:
        said = theme
    else:
        said = str(gettext("what is said about %(theme)s", theme=theme))
    return f"{said} {place}".strip()


def sentence(change: Verdict | None, kind: str, days: int, summary: Summary) -> str:
    """Return the end of the first sentence, from behind the score: what has changed, and what that mostly is."""
    before = ngettext("the day before", "the %(num)s days before", days)
    if change is None:
        return "."
    if change.difference is None or change.interval is None:
        return str(gettext("; there are no answers from %(before)s to compare with.", before=before))
    values = {"before": before, "range": range_text(change, kind)}
    if change.outcome == "too_few":
        return str(
            gettext("; too few answers to say whether it changed since %(before)s (%(range)s).", **values)
        )
    if change.outcome == "not_distinguishable":
        return str(gettext("; no clear difference from %(before)s (%(range)s).", **values))
    values["points"] = points_text(change.difference, kind)
    if change.difference < 0:
        moved = gettext(", %(points)s lower than in %(before)s", **values)
    else:
        moved = gettext(", %(points)s higher than in %(before)s", **values)
    values["what"] = mostly(summary, change.difference)
    if values["what"] and summary.theme is None:
        proof = gettext("; the change is real (%(range)s) and shows mostly %(what)s.", **values)
    elif values["what"]:
        proof = gettext("; the change is real (%(range)s) and mostly %(what)s.", **values)
    else:
        proof = gettext("; the change is real (%(range)s).", **values)
    return f"{moved}{proof}"


def outlier_text(found: Outlier, kind: str) -> str:
    """Return a sentence on the unhappiest part."""
    verdict = found.row.verdict
    values = {
        "where": where_text(found.row),
        "points": points_text(verdict.difference or 0.0, kind),
        "range": range_text(verdict, kind),
    }
    if found.theme is None:
        return str(gettext("%(where)s: %(points)s lower than everywhere else (%(range)s).", **values))
    values["theme"] = theme_in_sentence(found.theme)
    phrase = gettext(
        "%(where)s: %(points)s lower than everywhere else (%(range)s), mostly %(theme)s.", **values
    )
    return str(phrase)


def spread(found: Impact | Drift, kind: str) -> str:
    """Return the interval of an impact, such as "−14 to −8"."""
    if found.interval is None:
        return "–"
    low, high = (with_sign(value, kind) for value in (found.interval.low, found.interval.high))
    return str(gettext("%(low)s to %(high)s", low=low, high=high))


def drift_word(row: Row) -> str:
    """Return how a theme has changed since the period before."""
    if row.drift is None:
        return "–"
    if not row.has_changed:
        return str(gettext("no clear difference"))
    return str(gettext("pulls down more") if row.drift.value < 0 else gettext("pulls down less"))


def warmth_word(warmth: str) -> str:
    """Return what the colour of a cell says."""
    return str(gettext(WARMTHS[warmth]))


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    for function in (
        outlier_text,
        until_day,
        theme_in_sentence,
        detail_name,
        sentence,
        spread,
        drift_word,
        warmth_word,
    ):
        app.add_template_filter(function)
