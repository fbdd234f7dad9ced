"""How many tasks from one cause read on pages and in mails."""

from flask import Flask
from flask_babel import gettext

from feedback.follow_up.filters import theme_word
from feedback.follow_up.incidents.models import Incident
from surveys.errors import N_

SIGNS: dict[str, str] = {
    "article": N_("article “%(title)s”"),
    "carrier": N_("carrier %(title)s"),
    "theme": N_("theme “%(title)s”"),
    "shop": N_("the whole shop %(title)s"),
}


def incident_word(incident: Incident) -> str:
    """Return what the tasks have in common, in a few words."""
    title = theme_word(incident.title) if incident.sign == "theme" else incident.title
    return str(gettext(SIGNS[incident.sign], title=title))


def init_app(app: Flask) -> None:
    """Give the filter to every template."""
    app.add_template_filter(incident_word)
