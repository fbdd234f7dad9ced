"""The pages of what is watched: all series, one of them with its picture and alerts, and the events."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from feedback.insights import queries as numbers
from feedback.insights.breakdowns import values_of
from feedback.insights.filters import place_name
from feedback.insights.selection import DIMENSIONS, Days, Selection, over, read
from feedback.insights.views import selected
from feedback.insights.watching import keeping, queries
from feedback.insights.watching.charting import found_of
from feedback.insights.watching.course import OF_ANSWERS
from feedback.insights.watching.forms import EventForm, LevelForm, SettleForm, WatchForm
from feedback.insights.watching.marking import mark, unmark
from feedback.insights.watching.models import WatchedSeries
from feedback.insights.watching.showing import shown
from surveys.brand.queries import all_brands, brand_or_missing
from surveys.clock import business_now
from surveys.database import db
from surveys.errors import Refusal
from surveys.questionnaires.queries import surveys_on_scales
from surveys.staff.door import StaffDoor, allowed, current_staff

door = StaffDoor("watching", __name__, permission="insights", url_prefix="/insights/watch")
deeds_door = StaffDoor("watching_steps", __name__, permission="decide", url_prefix="/insights/watch")
alerts_door = StaffDoor("alerts", __name__, permission="decide", url_prefix="/insights/alerts")
events_door = StaffDoor("events", __name__, permission="insights", url_prefix="/insights/events")
event_deeds_door = StaffDoor("event_steps", __name__, permission="decide", url_prefix="/insights/events")

ALERTS_LISTED = 20
# Countries, carriers and languages that nobody answered from for so long are not offered.
OFFERED = timedelta(days=366)


@door.get("")
def watched() -> ResponseReturnValue:
    """Show every series that is watched and where it stands, and what can be watched besides."""
    return list_page()


@deeds_door.post("")
def watch() -> ResponseReturnValue:
    """Watch a figure of a selection from now on."""
    now, form = business_now(), WatchForm()
    offer(form, now)
    try:
        given = {name: form[name].data or "" for name in ("survey", "brand", *DIMENSIONS)}
        zone = numbers.calendar_zone(given["brand"] or None)
        selection = read(given, now.astimezone(zone).date(), zone)
        survey = numbers.measured_survey(given["survey"])
        brand = brand_or_missing(given["brand"]) if given["brand"] else None
        metric = form.metric.data if form.metric.data in OF_ANSWERS else "score"
        series = keeping.watch(metric, bare(selection), survey, brand, current_staff(), now)
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        return list_page(form), refusal.status
    flash(_("You watch this series from now on. The loop looks at it at once."))
    return redirect(url_for("watching.series", public_id=series.public_id), 303)


@door.get("/<public_id>")
def series(public_id: str) -> ResponseReturnValue:
    """Show one series: where it stands, its picture with a table, its alerts and levels."""
    return series_page(queries.series_or_missing(public_id))


@door.post("/<public_id>/follow")
def follow(public_id: str) -> ResponseReturnValue:
    """Watch a series that somebody else watches, or no longer."""
    found, staff, now = queries.series_or_missing(public_id), current_staff(), business_now()
    if request.form.get("watch") == "no":
        keeping.stop(found, staff)
        flash(_("You do not watch this series any more."))
    else:
        keeping.watch(found.metric, queries.selection_of(found, now), found.survey, found.brand, staff, now)
        flash(_("You hear of its alerts from now on."))
    db.session.commit()
    return redirect(url_for("watching.series", public_id=public_id), 303)


@deeds_door.post("/<public_id>/level")
def accept(public_id: str) -> ResponseReturnValue:
    """Take the level of a series anew from a day on."""
    found, form, now = queries.series_or_missing(public_id), LevelForm(), business_now()
    if form.validate():
        try:
            zone = queries.selection_of(found, now).zone
            since = datetime.combine(form.since.data, time(), zone).astimezone(UTC)
            keeping.accept(found, since, form.note.data or "", current_staff(), now)
            db.session.commit()
            flash(_("Saved. The level is taken from that day on."))
            return redirect(url_for("watching.series", public_id=public_id), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return series_page(queries.series_or_missing(public_id), level=form), 422


@alerts_door.post("/<public_id>")
def settle(public_id: str) -> ResponseReturnValue:
    """Say what an alert was."""
    alert, form = queries.alert_or_missing(public_id), SettleForm(prefix=public_id)
    if form.validate():
        try:
            keeping.settle(
                alert, form.verdict.data or "", form.note.data or "", current_staff(), business_now()
            )
            db.session.commit()
            flash(_("Noted."))
            return redirect(url_for("watching.series", public_id=alert.series.public_id), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
            alert = queries.alert_or_missing(public_id)
    return series_page(alert.series, settling={public_id: form}), 422


@events_door.get("")
def events() -> ResponseReturnValue:
    """List what happened that may move figures, and take down more."""
    return events_page(EventForm(formdata=None, data={"day": business_now().date()}))


@event_deeds_door.post("")
def add_event() -> ResponseReturnValue:
    """Mark an event on the calendar."""
    form = EventForm()
    if form.validate():
        try:
            brand = brand_or_missing(form.brand.data) if form.brand.data else None
            day, text, kind = form.day.data, form.text.data or "", form.kind.data or ""
            mark(day, text, kind, brand, current_staff(), business_now())
            db.session.commit()
            flash(_("The event stands on the pictures from now on."))
            return redirect(url_for("events.events"), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return events_page(form), 422


@event_deeds_door.post("/<public_id>/remove")
def remove_event(public_id: str) -> ResponseReturnValue:
    """Take an event off the calendar."""
    unmark(queries.mark_or_missing(public_id))
    db.session.commit()
    flash(_("The event is gone from the pictures."))
    return redirect(url_for("events.events"), 303)


def list_page(refused: WatchForm | None = None) -> str:
    """Return the page with all series; the form holds what the page before was about."""
    now = business_now()
    selection = selected(now)
    form = refused or WatchForm(formdata=None, data={**selection.query(), "metric": "score"})
    if refused is None:
        offer(form, now)
    staff = current_staff()
    return render_template(
        "insights/watch.html",
        rows=[
            (each, any(reader.staff_id == staff.id for reader in each.readers)) for each in queries.watched()
        ],
        alerts=queries.alerts(ALERTS_LISTED, only_open=True).items,
        form=form,
        most=keeping.MOST_WATCHED,
        of_answers=OF_ANSWERS,
        may_decide=allowed("decide"),
        selection=selection,
        now=now,
    )


def series_page(
    found: WatchedSeries, level: LevelForm | None = None, settling: dict[str, SettleForm] | None = None
) -> str:
    """Return the page of one series; the forms are those that were refused."""
    now = business_now()
    course, forms = found_of(found, now), settling or {}
    alerts = queries.alerts(ALERTS_LISTED, series=found).items
    today = now.astimezone(course.selection.zone).date()
    return render_template(
        "insights/series.html",
        series=found,
        found=course,
        shown=shown(found, course, now),
        alerts=[
            (each, forms.get(each.public_id) or SettleForm(formdata=None, prefix=each.public_id))
            for each in alerts
        ],
        answers_of=lambda alert: answers_of(course.selection, alert.since, alert.until),
        levels=queries.levels_of(found),
        level=level or LevelForm(formdata=None, data={"since": today}),
        watches=queries.reader_of(found, current_staff().id) is not None,
        is_volume=found.metric not in OF_ANSWERS,
        may_decide=allowed("decide"),
        selection=read(found.wanted, today, course.selection.zone),
        now=now,
    )


def events_page(form: EventForm) -> str:
    """Return the page with the events."""
    form.brand.choices = [
        SelectChoice("", _("All shops")),
        *(SelectChoice(b.key, b.name) for b in all_brands()),
    ]
    now = business_now()
    return render_template(
        "insights/events.html",
        form=form,
        events=queries.marks(None)[::-1],
        may_decide=allowed("decide"),
        selection=selected(now),
        now=now,
    )


def offer(form: WatchForm, now: datetime) -> None:
    """Put the choices into a form: what there are answers of, and whatever is chosen."""
    counts = [numbers.cell_counts(Selection(since=now - OFFERED), now)]
    form.survey.choices = [SelectChoice(each.key, _(each.name)) for each in surveys_on_scales()]
    form.brand.choices = [
        SelectChoice("", _("All shops")),
        *(SelectChoice(b.key, b.name) for b in all_brands()),
    ]
    for name in DIMENSIONS:
        values, chosen = values_of(counts, name), form[name].data
        values += [chosen] if chosen and chosen not in values else []
        form[name].choices = [
            SelectChoice("", _("All")),
            *(SelectChoice(value, place_name(value, name)) for value in values),
        ]


def bare(selection: Selection) -> Selection:
    """Return a selection without its days."""
    return replace(selection, since=None, until=None, days=None)


def answers_of(selection: Selection, since: datetime, until: datetime) -> dict[str, Any]:
    """Return what the address of the list of answers needs to show those of a stretch."""
    first = since.astimezone(selection.zone).date()
    last = (until - timedelta(microseconds=1)).astimezone(selection.zone).date()
    return over(selection, Days(first, last)).query()
