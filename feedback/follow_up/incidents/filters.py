"""How many tasks from one cause read on pages and in mails."""

from flask import Flask
from flask_babel import gettext

from feedback.follow_up.filters import theme_word
from feedback.follow_up.incidents.models import Incident
from surveys.errors import N_
from surveys.filters import moment, number

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


def since_word(incident: Incident) -> str:
    """Return since when tasks come from one cause, and how many do on a usual day."""
    since = moment(incident.began_at, incident.brand.time_zone)
    if incident.usual < 1:
        return str(gettext("since %(moment)s; on a usual day less than one", moment=since))
    usual = number(incident.usual)
    return str(gettext("since %(moment)s; on a usual day about %(usual)s", moment=since, usual=usual))


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    app.add_template_filter(incident_word)
    app.add_template_filter(since_word)
