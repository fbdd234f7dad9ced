"""How the inbox reads: what its views are called, and by which letter after G each opens."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, url_for
from flask_babel import gettext

from feedback.follow_up.inbox.asking import Asked
from surveys.errors import N_

VIEWS: Mapping[str, tuple[str, str]] = {
    "mine": (N_("Mine"), "M"),
    "unassigned": (N_("Unassigned"), "U"),
    "soon": (N_("Due soon"), "D"),
    "late": (N_("Late"), "L"),
    "reopened": (N_("Taken up again"), "P"),
    "silent": (N_("Unhappy without a word"), "Q"),
    "waiting": (N_("Waiting"), "W"),
    "snoozed": (N_("Snoozed"), "Z"),
    "stuck": (N_("Stuck"), "K"),
    "open": (N_("All open"), "O"),
    "resolved": (N_("Done lately"), "X"),
}


def view_word(view: str) -> str:
    """Return what a view is called."""
    return str(gettext(VIEWS[view][0]))


def view_key(view: str) -> str:
    """Return the letter that opens a view after G."""
    return VIEWS[view][1]


def queue_url(asked: Asked) -> str:
    """Return the address of a queue."""
    values: dict[str, Any] = asked.values()
    return url_for("inbox.inbox", **values)


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    app.add_template_filter(view_word)
    app.add_template_filter(view_key)
