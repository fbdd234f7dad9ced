"""How long something took, and whom the page compares, in words."""

from babel.units import format_unit
from flask import Flask
from flask_babel import get_locale, gettext

from feedback.insights.filters import place_name
from surveys.errors import N_

HOUR, DAY = 60, 24 * 60
DIMENSIONS = {
    "language": N_("Language"),
    "country": N_("Country"),
    "value": N_("What customers spend"),
}
BANDS = {"low": N_("the least third"), "middle": N_("the middle third"), "high": N_("the highest third")}


def fairness_word(dimension: str) -> str:
    """Return what customers are told apart by."""
    return str(gettext(DIMENSIONS[dimension]))


def fairness_group(value: str, dimension: str) -> str:
    """Return the name of a group of customers."""
    return str(gettext(BANDS[value])) if dimension == "value" else place_name(value, dimension)


def waited(minutes: float | None) -> str:
    """Return minutes in the unit that says enough: hours up to three days, then days; a dash for None."""
    if minutes is None:
        return "–"
    if minutes < 2 * HOUR:
        return _unit(round(minutes), "minute")
    if minutes < 3 * DAY:
        return _unit(round(minutes / HOUR), "hour")
    return _unit(round(minutes / DAY, 1 if minutes < 10 * DAY else 0), "day")


def _unit(value: float, unit: str) -> str:
    """Return a number with its unit in the reader's language."""
    return str(format_unit(value, f"duration-{unit}", locale=get_locale()))


def init_app(app: Flask) -> None:
    """Give the filters to all templates."""
    app.add_template_filter(waited)
    app.add_template_filter(fairness_word)
    app.add_template_filter(fairness_group)
