"""Look at what a view of Explore shows, and say it; nothing where its survey or its part is not shown."""

from datetime import datetime

from flask_babel import gettext

from feedback.insights.exploring.looking import OWN_DAYS, Found, look, wish_of
from feedback.insights.filters import days_text
from feedback.insights.queries import measured_survey
from feedback.insights.scores import Measure
from feedback.insights.selection import Selection
from feedback.insights.suppression import K, is_uniform
from feedback.insights.themes.filters import days_before, sentence
from feedback.insights.withholding import is_withheld
from feedback.reports.models import EXPLORE, SavedView
from surveys.responses.queries import held_back


def explored(view: SavedView, selection: Selection, now: datetime) -> Found | None:
    """Return what a view of Explore shows; None for one of another page, and where nothing is shown.

    Periods are shown only where each side has five answers and not only a few of one mind; parts are so anyway.
    """
    if view.page != EXPLORE or selection.survey is None:
        return None
    survey = measured_survey(selection.survey)
    if survey in held_back() or is_withheld(selection, now):
        return None
    found = look(survey, selection, wish_of(view.query, selection), now)
    if not is_enough(found.measure):
        return None
    if found.period is not None and not (is_enough(found.period.first) and is_enough(found.period.second)):
        found.period = None
    return found


def is_enough(found: Measure | None) -> bool:
    """Tell whether a figure may be shown to people outside: of five answers at least, and not of a few of one mind."""
    return found is not None and found.n >= K and not is_uniform(found.groups.values())


def explored_sentence(found: Found, selection: Selection, view: SavedView) -> str:
    """Return the first sentence of Explore; empty where no figure is shown."""
    if found.measure is None or selection.survey is None:
        return ""
    change = found.period.verdict if found.period else None
    kind = measured_survey(selection.survey).kind
    return sentence(found.measure, kind, change, earlier_name(found, selection, view), found.summary)


def earlier_name(found: Found, selection: Selection, view: SavedView) -> str:
    """Return what the period is called that a view compares with."""
    compare = view.query.get("compare", "")
    if compare == OWN_DAYS and found.earlier is not None and found.earlier.days is not None:
        return days_text(found.earlier.days)
    if compare == "year":
        return str(gettext("the same days 52 weeks earlier"))
    return days_before(selection.days.length if selection.days else 0)
