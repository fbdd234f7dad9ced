"""Saved views: kept from the insights page, listed, changed, stored with their numbers and counted again."""

from datetime import datetime
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.insights.queries import calendar_zone
from feedback.insights.selection import Selection, read
from feedback.reports import keeping, queries, storing
from feedback.reports.asking import NoLongerOffered, asked_by
from feedback.reports.choosing import apart, choices_of, page_of
from feedback.reports.digest.periods import RHYTHMS
from feedback.reports.forms import MOVES, KeepForm, ViewForm
from feedback.reports.links.granting import LASTS, has_its_maker
from feedback.reports.models import EXPLORE, INSIGHTS, RESPONSES, THEMES, SavedView
from feedback.reports.rerunning import rerun
from feedback.reports.telling import told
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.database import db
from surveys.doors import spoken
from surveys.errors import Refusal
from surveys.questionnaires.queries import surveys_on_scales
from surveys.staff.door import StaffDoor, allowed, current_staff

PLACES = {
    INSIGHTS: "insights.insights",
    EXPLORE: "explore.explore",
    THEMES: "theme_impact.themes",
    RESPONSES: "overview.list_responses",
}

door = StaffDoor("reports", __name__, permission="insights", url_prefix="/insights/reports")


@door.get("")
def reports() -> ResponseReturnValue:
    """List the saved views, and offer to keep what was chosen on the page one comes from."""
    return list_page(KeepForm(formdata=None))


@door.post("")
def keep() -> ResponseReturnValue:
    """Keep what the address selects under a name."""
    form, now = KeepForm(), business_now()
    if form.validate():
        try:
            page, chosen, choices = asked_for(now)
            view = keeping.keep(
                form.name.data or "",
                chosen,
                now,
                by=current_staff(),
                moves=form.days.data == MOVES,
                shared=bool(form.shared.data),
                page=page,
                choices=choices,
            )
            db.session.commit()
            flash(gettext("The view is saved."))
            return redirect(url_for("reports.view", public_id=view.public_id), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return list_page(form), 422


@door.get("/<public_id>")
def view(public_id: str) -> ResponseReturnValue:
    """Show what a view says now, what was stored of it, who has links to it."""
    return view_page(queries.view_or_missing(public_id, current_staff()))


@door.post("/<public_id>/change")
def change(public_id: str) -> ResponseReturnValue:
    """Give a view of one's own another name, or share it or no longer."""
    form, found = ViewForm(), queries.own_view(public_id, current_staff())
    if form.validate():
        try:
            keeping.change(found, form.name.data or "", bool(form.shared.data), business_now())
            db.session.commit()
            flash(gettext("Saved."))
            return redirect(url_for("reports.view", public_id=public_id), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return view_page(queries.own_view(public_id, current_staff()), form), 422


@door.post("/<public_id>/delete")
def throw_away(public_id: str) -> ResponseReturnValue:
    """Throw a view of one's own away, with what was stored of it and its links."""
    keeping.throw_away(queries.own_view(public_id, current_staff()))
    db.session.commit()
    flash(gettext("The view is thrown away; links to it work no more."))
    return redirect(url_for("reports.reports"), 303)


@door.post("/<public_id>/store")
def store(public_id: str) -> ResponseReturnValue:
    """Store what a view says now."""
    found = queries.view_or_missing(public_id, current_staff())
    stored = storing.store(found, current_staff(), business_now())
    db.session.commit()
    flash(gettext("The numbers are stored."))
    return redirect(url_for("reports.stored", public_id=public_id, number=stored.number), 303)


@door.get("/<public_id>/stored/<int:number>")
def stored(public_id: str, number: int) -> ResponseReturnValue:
    """Show a stored report: as it was, counted again, as it is now, and what has changed between."""
    found = queries.view_or_missing(public_id, current_staff())
    kept, now = queries.stored_or_missing(found, number), business_now()
    return render_template("reports/stored.html", view=found, stored=kept, rerun=rerun(kept, now), now=now)


def asked_for(now: datetime) -> tuple[str, Selection, dict[str, str]]:
    """Return of which page the address is, what it selects, and what the page chooses beside; refuse what cannot be."""
    page = page_of(request.args)
    given, chosen = apart(page, request.args)
    zone = calendar_zone(given.get("brand", "").strip() or None)
    selection = read(given, now.astimezone(zone).date(), zone)
    selection = selection.basic if page == THEMES else selection
    return page, selection, choices_of(page, chosen, selection)


def list_page(form: KeepForm) -> str:
    """Return the list of views; the form is the one that was refused."""
    now, staff = business_now(), current_staff()
    page, chosen, choices = asked_for(now) if any(request.args.values()) else (INSIGHTS, None, {})
    return render_template(
        "reports/reports.html",
        views=queries.views_of(staff),
        names=names(),
        zone=calendar_zone(None).key,
        form=form,
        selection=chosen,
        own={"page": page, **choices},
        links=[link for link in queries.living_links(now) if has_its_maker(link)] if allowed("staff") else [],
        me=staff,
        now=now,
    )


def view_page(found: SavedView, form: ViewForm | None = None, new_link: str = "") -> str:
    """Return the page of a view; the form is the one that was refused, `new_link` a link that is shown this once."""
    now, staff = business_now(), current_staff()
    refused, selection, said, n = "", None, "", 0
    try:
        selection = asked_by(found, now)
        said, n = told(found, selection, now)
    except NoLongerOffered as refusal:
        refused = spoken(refusal)
    reader = queries.reader_of(staff, found)
    return render_template(
        "reports/view.html",
        view=found,
        names=names(),
        zone=(selection.zone if selection else calendar_zone(None)),
        form=form or ViewForm(formdata=None, data={"name": found.name, "shared": found.is_shared}),
        selection=selection,
        place=place_of(found, selection) if selection else "",
        said=said,
        n=n,
        refused=refused,
        is_mine=found.owner_id == staff.id,
        stored=queries.stored_of(found),
        links=queries.links_of(found),
        lasts=LASTS,
        has_its_maker=has_its_maker,
        may_link=allowed("export"),
        new_link=new_link,
        rhythms=RHYTHMS,
        rhythm=reader.rhythm if reader else "",
        is_paused=reader is not None and reader.is_paused,
        base_url=current_app.config["SETTINGS"].base_url,
        me=staff,
        now=now,
    )


def names() -> dict[str, str]:
    """Return the names of surveys and shops by the filter that chooses them."""
    surveys = {f"survey {survey.key}": survey.name for survey in surveys_on_scales()}
    return surveys | {f"brand {brand.key}": brand.name for brand in all_brands()}


def place_of(view: SavedView, selection: Selection) -> str:
    """Return the address that a view leads to."""
    chosen: dict[str, Any] = selection.query(**choices_of(view.page, view.query, selection))
    return url_for(PLACES[view.page], **chosen)
