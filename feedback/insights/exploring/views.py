"""The page that looks at one figure along any dimension, and the one that says who answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from babel.numbers import get_decimal_symbol
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from feedback.insights import queries
from feedback.insights.dimensions.names import EVERY
from feedback.insights.exploring import comparing
from feedback.insights.exploring.breaking_down import Breakdown, breakdown
from feedback.insights.exploring.comparing import REST, Comparison
from feedback.insights.exploring.covering import WEIGHTED_BY, covered
from feedback.insights.exploring.pictures import MOST_DOTS, Named, dots
from feedback.insights.exploring.queries import names_of, offered
from feedback.insights.filters import place_name
from feedback.insights.geometry import NARROW, WIDE
from feedback.insights.scores import Measure, measure
from feedback.insights.selection import Days, NotOnOffer, Selection, over, read
from feedback.insights.suppression import K, is_uniform
from feedback.insights.views import last_days, selected
from feedback.insights.withholding import is_withheld
from feedback.insights.words import UNITS
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.doors import spoken
from surveys.errors import Refusal
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import surveys_on_scales
from surveys.responses.queries import held_back
from surveys.staff.door import StaffDoor

door = StaffDoor("explore", __name__, permission="insights", url_prefix="/insights/explore")

PRESETS = (30, 90, 365)
USUAL = "country"
OWN_DAYS = "days"
WEEKS_OF_A_YEAR = timedelta(weeks=52)  # the same days of the week
# What the address of the page may say. Other names (endpoint, _method) would give orders to `url_for`.
SAID = frozenset(
    {
        "survey",
        "brand",
        "since",
        "until",
        "by",
        "compare",
        "than_since",
        "than_until",
        "first",
        "second",
        *EVERY,
    }
)


@door.get("")
def explore() -> ResponseReturnValue:
    """Show one figure along a dimension, and beside it another period or two groups of it."""
    now = business_now()
    if request.args.get("where"):
        return redirect(url_for("explore.explore", **with_filter(request.args)), 303)
    selection = selected(now)
    surveys = surveys_on_scales()
    survey = survey_in_focus(surveys, selection, now)
    if survey is None:
        return render_template("insights/exploring/explore.html", survey=None, selection=selection)
    selection = selection.of(survey.key)
    by, compare = asked("by", EVERY) or usual_for(selection), asked("compare", ("before", "year", OWN_DAYS))
    is_held, is_hidden = survey in held_back(), is_withheld(selection, now)
    found = Found() if is_held or is_hidden else look(survey, selection, by, compare, now)
    return render_template(
        "insights/exploring/explore.html",
        survey=survey,
        kind=survey.kind,
        surveys=surveys,
        selection=selection,
        by=by,
        compare=compare,
        is_held=is_held,
        is_hidden=is_hidden,
        found=found,
        refused=spoken(found.refusal) if found.refusal else "",
        charts=charts_of(found, survey, by) if found.breakdown else [],
        offered=offered(selection.brand),
        brands=all_brands(),
        dimensions=EVERY,
        presets=[(days, last_days(selection, days, now)) for days in PRESETS],
        chosen=selection.query(by=by, compare=compare or None, **days_to_compare(compare)),
        OWN_DAYS=OWN_DAYS,
        least=K,
        REST=REST,
        now=now,
    )


class Found:
    """What the page found out; nothing while its survey or part is not shown."""

    measure: Measure | None = None
    is_uniform = False
    breakdown: Breakdown | None = None
    names: Mapping[str, str] = {}
    period: Comparison | None = None
    period_p: float | None = None
    earlier: Selection | None = None
    groups: Comparison | None = None
    groups_p: float | None = None
    pair: tuple[str, str] = ("", "")
    refusal: Refusal | None = None


def look(survey: Survey, selection: Selection, by: str, compare: str, now: datetime) -> Found:
    """Return what the page shows; p-values are adjusted for all that it compares."""
    found = Found()
    found.measure = measure(survey.kind, queries.score_counts(selection, now))
    if found.measure is None:
        return found
    found.is_uniform = not selection.is_whole and is_uniform(found.measure.groups.values())
    found.earlier = earlier_of(selection, compare)
    found.pair = (request.args.get("first", ""), request.args.get("second", "") or REST)
    try:
        if found.earlier is not None:
            found.period = comparing.periods(survey, selection, found.earlier, now)
        if found.pair[0]:
            found.groups = comparing.groups(survey, selection, by, *found.pair, now)
    except Refusal as refusal:
        found.refusal = refusal
    asked_for = [each for each in (found.period, found.groups) if each and each.verdict.p is not None]
    found.breakdown, ps = breakdown(survey, selection, by, now, [each.verdict.p or 0.0 for each in asked_for])
    by_comparison = {id(each): p for each, p in zip(asked_for, ps, strict=True)}
    found.period_p, found.groups_p = (by_comparison.get(id(each)) for each in (found.period, found.groups))
    found.groups = comparing.judged(found.groups, found.groups_p) if found.groups else None
    found.names = names_of(by, [row.value for row in found.breakdown.rows])
    return found


@door.get("/coverage")
def coverage() -> ResponseReturnValue:
    """Show how those who answered differ from all who were asked, and what the score would be with weights."""
    now = business_now()
    selection = selected(now).whole
    surveys = surveys_on_scales()
    survey = survey_in_focus(surveys, selection, now)
    if survey is None:
        return render_template("insights/exploring/coverage.html", survey=None, selection=selection)
    selection = selection.of(survey.key)
    is_held = survey in held_back()
    found = None if is_held else covered(survey, selection, now)
    return render_template(
        "insights/exploring/coverage.html",
        survey=survey,
        surveys=surveys,
        selection=selection,
        is_held=is_held,
        found=found,
        raw=found.raw if found else None,
        names={
            each.dimension: names_of(each.dimension, [group.value for group in each.groups])
            for each in (found.coverages if found else ())
        },
        presets=[(days, last_days(selection, days, now)) for days in PRESETS],
        brands=all_brands(),
        least=K,
        weighted_by=WEIGHTED_BY,
        now=now,
    )


def with_filter(given: Mapping[str, str]) -> dict[str, Any]:
    """Return the address with the filter put in that was chosen from the list of all; refuse what is none."""
    name, colon, value = given["where"].partition(":")
    if not colon or name not in EVERY:
        raise NotOnOffer("where", given["where"])
    return {key: each for key, each in given.items() if key in SAID and each} | {name: value}


def asked(name: str, choices: Sequence[str]) -> str:
    """Return what the address asks for under `name`, "" without; refuse what is no choice."""
    given = request.args.get(name, "")
    if given and given not in choices:
        raise NotOnOffer(name, given)
    return given


def usual_for(selection: Selection) -> str:
    """Return the dimension to begin with: the first one that is not restricted."""
    return next(name for name in (USUAL, *EVERY) if name not in selection.restricted)


def survey_in_focus(surveys: Sequence[Survey], selection: Selection, now: datetime) -> Survey | None:
    """Return the chosen survey, else the first with answers, else the first; None while there is none."""
    if selection.survey is not None:
        return queries.measured_survey(selection.survey)
    answered = queries.counts_along(selection.whole, (), now)
    return next((each for each in surveys if each.key in answered), surveys[0] if surveys else None)


def earlier_of(selection: Selection, compare: str) -> Selection | None:
    """Return the period to compare with: the days just before, those of 52 weeks ago, or days of one's own."""
    if compare == "before":
        return selection.before
    if compare == OWN_DAYS and selection.days is not None:
        given = {"since": request.args.get("than_since", ""), "until": request.args.get("than_until", "")}
        found = read(given, selection.days.first - timedelta(days=1), selection.zone).days
        return over(selection, found) if found else None
    if compare != "year" or selection.days is None:
        return None
    first, last = (day - WEEKS_OF_A_YEAR for day in selection.days)
    return over(selection, Days(first, last))


def days_to_compare(compare: str) -> dict[str, str | None]:
    """Return the days of one's own that the address compares with."""
    names = ("than_since", "than_until") if compare == OWN_DAYS else ()
    return {name: request.args.get(name) or None for name in names}


def charts_of(found: Found, survey: Survey, by: str) -> list[Any]:
    """Return the picture of the parts in both sizes; none of a small part of one mind."""
    rows = found.breakdown.rows if found.breakdown else []
    parts = [
        Named(
            place_name(row.value, by, found.names),
            row.measure.score,
            row.measure.interval.low,
            row.measure.interval.high,
            row.measure.n,
        )
        for row in rows
        if not row.is_uniform
    ]
    if not parts:
        return []
    whole = None if found.measure is None or found.is_uniform else found.measure.score
    unit, mark = gettext(UNITS[survey.kind]), get_decimal_symbol(get_locale())
    return [dots(parts[:MOST_DOTS], survey.kind, whole, unit, size, mark) for size in (WIDE, NARROW)]
