"""Views in words."""

from flask import Flask
from flask_babel import gettext, ngettext

from feedback.insights.filters import dimension_name, place_name
from feedback.insights.selection import DIMENSIONS
from feedback.reports.models import SavedView

DAYS = ("since", "until")


def view_words(view: SavedView) -> str:
    """Return what a view shows, in words: its filters and its days."""
    query = view.query
    said = [filter_words(name, value) for name, value in query.items() if name not in DAYS]
    if view.last_days is not None:
        said.append(ngettext("today", "last %(num)s days", view.last_days))
    else:
        said.append(f"{query.get('since', '…')} – {query.get('until', '…')}")
    return " · ".join(said)


def filter_words(name: str, value: str) -> str:
    """Return one filter in words; one that this program does not know as it stands in the address."""
    if name == "survey":
        return str(gettext("survey %(key)s", key=value))
    if name == "brand":
        return str(gettext("shop %(key)s", key=value))
    if name in DIMENSIONS:
        return f"{dimension_name(name)}: {place_name(value, name)}"
    return f"{name}: {value}"


def init_app(app: Flask) -> None:
    """Give the filters to all templates."""
    app.add_template_filter(view_words)
