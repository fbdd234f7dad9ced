"""Views in words."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from flask import Flask
from flask_babel import gettext, ngettext

from feedback.insights.exploring.looking import CHOICES
from feedback.insights.filters import day_text, dimension_name, place_name
from feedback.insights.selection import Selection
from feedback.reports.models import EXPLORE, SavedView
from surveys.filters import translated

DAYS = ("since", "until")
KNOWN = frozenset(field.name for field in fields(Selection))


def view_words(view: SavedView, names: Mapping[str, str]) -> str:
    """Return what a view shows, in words: its filters and its days; `names` are those of surveys and shops by key."""
    query = view.query
    chosen = [name for name in query if name not in DAYS and (view.page != EXPLORE or name not in CHOICES)]
    said = [filter_words(name, query[name], names) for name in chosen]
    if view.page == EXPLORE:
        said.append(str(gettext("Split by %(what)s", what=dimension_name(query["by"]))))
    if view.last_days is not None:
        said.append(ngettext("today", "last %(num)s days", view.last_days))
    else:
        said.append(
            " – ".join(day_text(date.fromisoformat(query[name])) if name in query else "…" for name in DAYS)
        )
    return " · ".join(said)


def filter_words(name: str, value: str, names: Mapping[str, str]) -> str:
    """Return one filter in words; one that this program does not know as it stands in the address."""
    if name in ("survey", "brand"):
        return translated(names.get(f"{name} {value}", value))
    if name in KNOWN:
        return f"{dimension_name(name)}: {place_name(value, name)}"
    return f"{name}: {value}"


def init_app(app: Flask) -> None:
    """Give the filters to all templates."""
    app.add_template_filter(view_words)
