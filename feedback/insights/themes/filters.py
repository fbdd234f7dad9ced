"""How what hurts reads: the sentence on the first screen, impacts and their changes."""

from collections.abc import Mapping
from datetime import datetime

from flask import Flask
from flask_babel import gettext, ngettext

from feedback.analysis.filters import theme_name
from feedback.insights.filters import (
    dimension_name,
    has_a_side,
    headline,
    interval_text,
    is_mean,
    place_name,
    points_text,
    range_text,
    score_text,
    where_text,
    with_sign,
)
from feedback.insights.impact import Drift, Impact
from feedback.insights.mix import Mix
from feedback.insights.scores import Measure
from feedback.insights.selection import DEFAULT_DAYS, Days, Selection, over
from feedback.insights.themes.finding import Outlier
from feedback.insights.themes.ranking import Row
from feedback.insights.themes.summing_up import Summary
from feedback.insights.themes.words import IN_A_SENTENCE, IN_COUNTRIES, WARMTHS
from feedback.insights.trends import Verdict
from surveys.code_book.themes import DETAILS

NOTHING_SAID = Summary()


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


def days_before(days: int) -> str:
    """Return what the period is called that is as long and ends where another begins."""
    return str(ngettext("the day before", "the %(num)s days before", days))


def sentence(
    found: Measure, kind: str, change: Verdict | None, before: str, summary: Summary = NOTHING_SAID
) -> str:
    """Return the first sentence of pages, reports and mails: figure, interval, what has changed and what that mostly is.

    `change` is against what `before` names; None where that is not to be told.
    """
    return headline(found, kind) + behind(found, kind, change, before, summary)


def behind(
    found: Measure, kind: str, change: Verdict | None, before: str, summary: Summary = NOTHING_SAID
) -> str:
    """Return the first sentence from behind the figure, which pages make bold."""
    said = [f" ({interval_text(found, kind)}){changed(change, kind, before, summary)}"]
    if summary.mix is not None and change and (change.outcome == "changed" or summary.mix.is_reversed):
        said.append(mix_text(summary.mix, kind))
    if found.is_thin and not (change and change.outcome == "too_few" and change.interval):
        said.append(
            gettext("These are few answers: chance alone moves such an average by half a star and more.")
            if is_mean(kind)
            else gettext("These are few answers: chance alone moves such a figure by 20 points and more.")
        )
    return " ".join(said)


def changed(change: Verdict | None, kind: str, before: str, summary: Summary) -> str:
    """Return the end of the first sentence: whether it has changed, and what that mostly is."""
    if change is None:
        return "."
    if change.difference is None or change.interval is None:
        return str(gettext("; there are no answers from %(before)s to compare with.", before=before))
    values = {"before": before, "range": range_text(change, kind)}
    if change.outcome == "too_few":
        return str(
            gettext("; too few answers to say whether it changed since %(before)s (%(range)s).", **values)
        )
    if change.outcome == "not_distinguishable" and has_a_side(change):
        phrase = gettext(
            "; perhaps another score than in %(before)s,"
            " but among all that is compared here it may be chance (%(range)s).",
            **values,
        )
        return str(phrase)
    if change.outcome == "not_distinguishable":
        return str(gettext("; no clear difference from %(before)s (%(range)s).", **values))
    values["points"] = points_text(change.difference, kind)
    if change.difference < 0:
        moved = gettext(", %(points)s lower than in %(before)s", **values)
    else:
        moved = gettext(", %(points)s higher than in %(before)s", **values)
    return f"{moved}{proof(change, summary, values['range'])}"


def proof(change: Verdict, summary: Summary, spread: str) -> str:
    """Return how sure a clear change is, and what it mostly is."""
    what = mostly(summary, change.difference or 0.0)
    if summary.mix is not None:
        return str(gettext("; that is more than chance (%(range)s).", range=spread))
    if not what:
        return str(gettext("; the change is real (%(range)s).", range=spread))
    if summary.theme is None:
        return str(
            gettext("; the change is real (%(range)s) and shows mostly %(what)s.", range=spread, what=what)
        )
    return str(gettext("; the change is real (%(range)s) and mostly %(what)s.", range=spread, what=what))


def mix_text(mix: Mix, kind: str) -> str:
    """Return what the mix did to a change, with both figures at the same mix."""
    values = {
        "dimension": dimension_name(mix.dimension),
        "before": score_text(mix.before, kind),
        "after": score_text(mix.after, kind),
    }
    if mix.is_reversed:
        phrase = gettext(
            "The mix changed: most groups by “%(dimension)s” went the other way than all answers together. With the same"
            " mix in both periods it would have been %(before)s then and %(after)s now.",
            **values,
        )
    else:
        phrase = gettext(
            "The mix changed: by “%(dimension)s” at least half of it comes from how many of each group answered, not from"
            " what they said. With the same mix in both periods it would have been %(before)s then and %(after)s now.",
            **values,
        )
    return str(phrase)


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
        return str(gettext("perhaps") if leaves_out_0(row.drift) else gettext("no clear difference"))
    if row.hurts:
        return str(gettext("pulls down more") if row.drift.value < 0 else gettext("pulls down less"))
    return str(gettext("lifts less") if row.drift.value < 0 else gettext("lifts more"))


def leaves_out_0(found: Impact | Drift | None) -> bool:
    """Tell whether chance would not explain it if nothing else were looked at: its interval leaves out 0."""
    interval = found.interval if found else None
    return interval is not None and not interval.low <= 0 <= interval.high


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
        days_before,
        behind,
        sentence,
        mix_text,
        spread,
        drift_word,
        leaves_out_0,
        warmth_word,
    ):
        app.add_template_filter(function)
