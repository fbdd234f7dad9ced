"""Look at what a view of What hurts shows, and say it: the figure, and the theme that pulls it down most."""

from dataclasses import replace
from datetime import datetime

from flask_babel import gettext

from feedback.insights.filters import headline, interval_text
from feedback.insights.selection import Selection
from feedback.insights.themes.ranking import Ranking, Row
from feedback.insights.themes.reporting import ThemesReport, themes_report
from feedback.reports.choosing import apart
from feedback.reports.looking import is_enough
from feedback.reports.models import THEMES, SavedView
from feedback.reports.saying import theme_line


def themes_of(view: SavedView, selection: Selection, now: datetime) -> ThemesReport | None:
    """Return what a view of What hurts shows; None for one of another page, and where no figure is shown."""
    if view.page != THEMES:
        return None
    _, chosen = apart(view.page, view.query)
    found = themes_report(selection, chosen.get("theme"), chosen.get("by"), now)
    return found if found is not None and found.focus.measure is not None else None


def themes_outside(found: ThemesReport | None) -> ThemesReport | None:
    """Return what people outside may see: no comments, no drivers, nothing of fewer than five or a few of one mind."""
    if found is None or not is_enough(found.focus.measure):
        return None
    return replace(
        found,
        figures=[found.focus],
        ranking=_told(found.ranking),
        details=_told(found.details),
        newest={},
        typical={},
        drivers={},
    )


def _told(ranking: Ranking) -> Ranking:
    return replace(ranking, rows=[row for row in ranking.rows if row.impact is not None])


def themes_sentence(found: ThemesReport) -> str:
    """Return the figure, and what the chosen theme does to it, or the one that pulls it down most."""
    measure, kind = found.focus.measure, found.focus.survey.kind
    if measure is None:
        return ""
    said = f"{headline(measure, kind)} ({interval_text(measure, kind)})."
    told = told_row(found)
    return (
        f"{said} {theme_line(told, kind)}." if told else f"{said} {gettext('No theme pulls the score down.')}"
    )


def told_row(found: ThemesReport) -> Row | None:
    """Return the row of the theme that a view is about, else the one that hurts most; None without either."""
    if found.theme:
        return next((row for row in found.ranking.rows if row.code == found.theme), None)
    return next(iter(found.ranking.hurting), None)
