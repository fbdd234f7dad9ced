"""Read what a saved view asks for, anew at every use; what is no longer on offer is told, never left out."""

from collections.abc import Mapping
from datetime import datetime

from feedback.insights.queries import calendar_zone, measured_survey
from feedback.insights.selection import Days, Selection, over, read
from feedback.reports.choosing import apart, choices_of
from feedback.reports.models import SavedView
from surveys.errors import N_, Refusal


class NoLongerOffered(Refusal):
    """A filter of the view is none of today's: without it the numbers would be others."""

    status = 410
    heading = N_("This view cannot be counted any more")
    phrase = N_(
        "It filters by “%(filters)s”, which is no longer on offer. Without that filter the numbers would be others, so"
        " none are shown. Open insights, choose anew and save that as a view."
    )


def asked_by(view: SavedView, now: datetime) -> Selection:
    """Return what a view shows at `now`; refuse with NoLongerOffered."""
    asked, chosen = apart(view.page, view.query)
    selection = selected(asked, now)
    if view.last_days is not None:
        selection = last_days(selection, view.last_days, now)
    try:
        choices_of(view.page, chosen, selection)
    except Refusal as refusal:
        name = refusal.field or next(iter(chosen), "")
        raise NoLongerOffered(filters=f"{name} = {chosen.get(name, '')}") from None
    return selection


def selected(query: Mapping[str, str], now: datetime) -> Selection:
    """Return what a stored query selects; refuse with NoLongerOffered, which names what is no longer known.

    Names and values are both looked at: a dimension may have gone, and so may a shop or a survey.
    """
    try:
        zone = calendar_zone(query.get("brand"))
        found = read(query, now.astimezone(zone).date(), zone)
        if found.survey is not None:
            measured_survey(found.survey)
    except Refusal as refusal:
        name = refusal.field or "brand"
        raise NoLongerOffered(filters=f"{name} = {query.get(name, '')}") from None
    known = found.query()
    unknown = [f"{name} = {value}" for name, value in query.items() if name not in known]
    if unknown:
        raise NoLongerOffered(filters=", ".join(unknown))
    return found


def last_days(selection: Selection, days: int, now: datetime) -> Selection:
    """Return the selection over the last days up to the one that `now` lies in."""
    return over(selection, Days.until(now.astimezone(selection.zone).date(), days))
