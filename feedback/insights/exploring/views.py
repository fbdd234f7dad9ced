"""The page that looks at one figure along any dimension, and the one that says who answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from babel.numbers import get_decimal_symbol
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from feedback.insights import queries
from feedback.insights.dimensions.names import EVERY, question_of
from feedback.insights.exploring.comparing import REST
from feedback.insights.exploring.covering import WEIGHTED_BY, covered
from feedback.insights.exploring.looking import CHOICES, OWN_DAYS, Found, look, offered_for, wish_of
from feedback.insights.exploring.pictures import MOST_DOTS, Named, dots
from feedback.insights.exploring.queries import names_of, offered
from feedback.insights.filters import place_name
from feedback.insights.geometry import NARROW, WIDE
from feedback.insights.selection import NotOnOffer, Selection
from feedback.insights.suppression import K
from feedback.insights.themes.choices import answers_to
from feedback.insights.themes.naming import choice_names
from feedback.insights.views import last_days, selected
from feedback.insights.withholding import is_withheld
from feedback.insights.words import UNITS
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.doors import spoken
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import surveys_on_scales
from surveys.responses.queries import anybody_answered, held_back
from surveys.staff.door import StaffDoor

door = StaffDoor("explore", __name__, permission="insights", url_prefix="/insights/explore")

PAGE = "insights/exploring/explore.html"
PRESETS = (30, 90, 365)
# What the address of the page may say. Other names (endpoint, _method) would give orders to `url_for`.
SAID = frozenset({"survey", "brand", "since", "until", *CHOICES, *EVERY})


@door.get("")
def explore() -> ResponseReturnValue:
    """Show one figure along a dimension, and beside it another period or two groups of it."""
    now = business_now()
    if request.args.get("where"):
        return redirect(url_for("explore.explore", **with_filter(request.args)), 303)
    selection = selected(now)
    surveys = surveys_on_scales()
    survey = survey_in_focus(surveys, selection, now)
    if survey is None or not anybody_answered():
        return render_template(PAGE, survey=survey, found=None, selection=selection)
    selection = selection.of(survey.key)
    wish = wish_of(asked_of(request.args, selection), selection)
    is_held, is_hidden = survey in held_back(), is_withheld(selection, now)
    found = Found() if is_held or is_hidden else look(survey, selection, wish, now)
    return render_template(
        PAGE,
        survey=survey,
        kind=survey.kind,
        surveys=surveys,
        selection=selection,
        by=wish.by,
        compare=wish.compare,
        wish=wish.query(),
        is_held=is_held,
        is_hidden=is_hidden,
        found=found,
        refused=spoken(found.refusal) if found.refusal else "",
        charts=charts_of(found, survey, wish.by) if found.breakdown else [],
        offered=offered(selection.brand),
        brands=all_brands(),
        dimensions=offered_for(selection),
        choice_names=choice_names(survey, selection.brand),
        answers_offered=answers_to(survey.current.definition),
        presets=[(days, last_days(selection, days, now)) for days in PRESETS],
        chosen=selection.query(**wish._replace(first="", second="").query()),
        OWN_DAYS=OWN_DAYS,
        least=K,
        REST=REST,
        now=now,
    )


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
        answered=anybody_answered(),
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


def asked_of(given: Mapping[str, str], selection: Selection) -> Mapping[str, str]:
    """Return the address without a question that the survey does not ask: whoever changes the survey had split by it."""
    by = given.get("by", "")
    if question_of(by) is None or by in offered_for(selection):
        return given
    return {name: value for name, value in given.items() if name not in ("by", "first", "second")}


def with_filter(given: Mapping[str, str]) -> dict[str, Any]:
    """Return the address with the filter put in that was chosen from the list of all; refuse what is none."""
    name, colon, value = given["where"].partition(":")
    if not colon or name not in EVERY:
        raise NotOnOffer("where", given["where"])
    return {key: each for key, each in given.items() if key in SAID and each} | {name: value}


def survey_in_focus(surveys: Sequence[Survey], selection: Selection, now: datetime) -> Survey | None:
    """Return the chosen survey, else the first with answers, else the first; None while there is none."""
    if selection.survey is not None:
        return queries.measured_survey(selection.survey)
    answered = {count.survey for count in queries.cell_counts(selection.whole, now)}
    return next((each for each in surveys if each.key in answered), surveys[0] if surveys else None)


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
