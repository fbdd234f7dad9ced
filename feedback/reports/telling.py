"""Say in a sentence what a view shows now: that of its own page."""

from datetime import datetime

from feedback.insights.reporting import report
from feedback.insights.selection import Selection
from feedback.reports.hurting import themes_of, themes_sentence
from feedback.reports.listing import fit_of, fit_sentence
from feedback.reports.looking import explored, explored_sentence
from feedback.reports.models import EXPLORE, RESPONSES, THEMES, SavedView
from feedback.reports.saying import sentence


def told(view: SavedView, selection: Selection, now: datetime) -> tuple[str, int]:
    """Return what a view says in a sentence, and of how many answers; "" and 0 where none is shown."""
    if view.page == EXPLORE:
        looked = explored(view, selection, now)
        if looked is None or looked.measure is None:
            return "", 0
        return explored_sentence(looked, selection, view), looked.measure.n
    if view.page == THEMES:
        themes = themes_of(view, selection, now)
        if themes is None or themes.focus.measure is None:
            return "", 0
        return themes_sentence(themes), themes.focus.measure.n
    if view.page == RESPONSES:
        fit = fit_of(view, selection, now)
        return (fit_sentence(fit), fit.of) if fit else ("", 0)
    found = report(selection, now)
    return (sentence(found), found.n) if found else ("", 0)
