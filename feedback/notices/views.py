"""What is new for whoever is signed in: a page inside the house, with a number in the head of every page."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from flask import Flask, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.insights.watching.filters import alert_heading
from feedback.notices import choosing, reading
from feedback.notices.alerts.models import AlertNotice
from feedback.notices.alerts.queries import alert_news
from feedback.notices.composing import said_of
from feedback.notices.forms import HabitsForm, filled, minute_of
from feedback.notices.models import StaffNews
from feedback.notices.queries import (
    LISTED,
    Kind,
    habits_of,
    mark_told_read,
    news_of,
    unread_tasks,
    unread_told,
)
from surveys.clock import business_now
from surveys.database import db
from surveys.doors import RowNumber
from surveys.errors import Refusal
from surveys.staff.door import StaffDoor, allowed, current_staff

door = StaffDoor("news", __name__, permission="own_account", url_prefix="/news")
habits_door = StaffDoor("habits", __name__, permission="tasks", url_prefix="/account/news")


@door.get("")
def news() -> ResponseReturnValue:
    """Show what is new, the newest first; a flood of passing times is one entry."""
    now = business_now()
    found = news_of(current_staff().id, now) if allowed("tasks") else []
    return render_template(
        "notices/news.html",
        bundles=reading.bundled(found),
        told=told(current_staff().id, now),
        now=now,
        said_of=said_of,
        listed=LISTED,
    )


@door.post("/read")
def read() -> ResponseReturnValue:
    """Note that the entries that the page showed are read; what came since stays new."""
    staff, now = current_staff(), business_now()
    reading.mark_read(staff, numbers_of("notice"), now)
    for kind in kinds():
        mark_told_read(kind.model, staff.id, numbers_of(kind.name), now)
    db.session.commit()
    flash(_("Noted as read."))
    return redirect(url_for("news.news"), 303)


@habits_door.get("")
def habits() -> ResponseReturnValue:
    """Show how whoever is signed in hears of news."""
    form = HabitsForm(formdata=None, data=filled(habits_of(current_staff().id)))
    form.offer()
    return render_template("notices/habits.html", form=form)


@habits_door.post("")
def choose() -> ResponseReturnValue:
    """Note how whoever is signed in wants to hear of news from now on."""
    form = HabitsForm()
    form.offer()
    if form.validate():
        try:
            zone, digest_at = form.time_zone.data or "", minute_of(form.digest_at.data)
            choosing.choose(current_staff(), form.ways, zone, form.quiet, digest_at, business_now())
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for("habits.habits"), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return render_template("notices/habits.html", form=form), 422


def numbers_of(name: str) -> list[int]:
    """Return the numbers that a form sent under a name; whatever is no number of a row is left out."""
    return [int(each) for each in request.form.getlist(name) if re.fullmatch(RowNumber.regex, each)]


ALERTS = Kind(
    "alert",
    AlertNotice,
    alert_news,
    lambda told: alert_heading(told.alert),
    lambda told: url_for("watching.series", public_id=told.alert.series.public_id),
)


class Entry(NamedTuple):
    """One piece of news that is of no task, in the reader's words."""

    kind: str
    row: StaffNews
    says: str
    url: str


def kinds() -> Sequence[Kind]:
    """Return the kinds of news besides that of tasks."""
    found: Sequence[Kind] = current_app.config["NEWS"]
    return found


def told(staff_id: int, now: datetime) -> list[Entry]:
    """Return what somebody was told of figures lately, whatever its kind, the newest first."""
    found = [
        Entry(kind.name, row, kind.says(row), kind.page(row))
        for kind in kinds()
        for row in kind.lately(staff_id, now)
    ]
    return sorted(found, key=lambda entry: entry.row.made_at, reverse=True)


def count_of_news() -> int:
    """Return how many tasks have news for whoever is signed in, and how much else is new."""
    staff_id, now = current_staff().id, business_now()
    tasks = unread_tasks(staff_id, now) if allowed("tasks") else 0
    return tasks + unread_told([kind.model for kind in kinds()], staff_id, now)


def init_app(app: Flask) -> None:
    """Let the head of every page ask for the number."""
    app.jinja_env.globals["count_of_news"] = count_of_news
