"""Touchpoints, and what was decided about each purchase."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from surveys.brand.models import Brand
from surveys.brand.queries import all_brands, brand_or_missing
from surveys.clock import business_now, real_now
from surveys.customers.queries import purchase_or_missing
from surveys.database import db
from surveys.doors import spoken
from surveys.errors import Refusal
from surveys.invitations import queries
from surveys.invitations.adjusting import (
    Asking,
    add_touchpoint,
    adjust,
    asking_of,
    copy_touchpoint,
    remove_touchpoint,
    switch,
)
from surveys.invitations.asking.filters import RELATIONSHIP, STAYED_AWAY
from surveys.invitations.capacity.queries import brands_held_back
from surveys.invitations.clocks import PROGRAMMES, TRIGGERS
from surveys.invitations.explaining import explain
from surveys.invitations.forms import DryRunForm, TouchpointForm
from surveys.invitations.models import Touchpoint
from surveys.invitations.planning import ask_now
from surveys.invitations.rehearsal import OUTCOMES
from surveys.invitations.rehearsing import dry_run as rehearse
from surveys.invitations.states import REASONS
from surveys.questionnaires.queries import surveys_to_ask
from surveys.segments.frequent.queries import frequent_in
from surveys.segments.queries import segment_names
from surveys.staff.door import StaffDoor, current_staff

door = StaffDoor("asking", __name__, permission="surveys", url_prefix="/settings")

PURCHASES_SHOWN = 50
MOST_REHEARSED = 20_000  # what a page can wait for; the command line has no limit
FRESH = Asking(
    name="",
    survey="nps",
    trigger="delivered",
    is_on=False,
    only_team=False,
    conditions=(),
    every_days=180,
    delay=7,
    delay_unit="days",
    shipped_margin_days=4,
    placed_margin_days=10,
    opens=9,
    closes=20,
    skip_sundays=True,
    skip_holidays=True,
    spread_hours=0,
    share=100,
    rank=5,
    rest_days=30,
    answer_rest_days=60,
    yearly=4,
    latest_hours=72,
    reminders=0,
    remind_after_days=4,
)
# What touchpoints start with that ask without news of an order. Those who stay away: after a season, with
# two weeks to find the moment. A relationship: rarely, whoever has been a customer for a while, behind everything
# else, and with time to sit out a rest period.
FRESH_BY_TRIGGER = {
    "lapsed": replace(
        FRESH,
        name=STAYED_AWAY,
        trigger="lapsed",
        delay=90,
        latest_hours=14 * 24,
        spread_hours=12,
    ),
    "rolling": replace(FRESH, name=RELATIONSHIP, trigger="rolling", delay=60, rank=9, latest_hours=30 * 24),
    "once": replace(FRESH, trigger="once", delay=0, rank=8, latest_hours=7 * 24, spread_hours=4),
}


@door.get("/touchpoints")
def touchpoints() -> ResponseReturnValue:
    """List the moments at which the house asks."""
    return render_template(
        "invitations/touchpoints.html",
        rows=queries.all_touchpoints(),
        brands=all_brands(),
        triggers=TRIGGERS,
        programmes=PROGRAMMES,
        held_back=brands_held_back(),
        segment_names={brand.id: segment_names(brand.id) for brand in all_brands()},
    )


@door.route("/touchpoints/new/<key>", methods=["GET", "POST"])
def new_touchpoint(key: str) -> ResponseReturnValue:
    """Add a moment at which a brand asks."""
    brand = brand_or_missing(key)
    fresh = FRESH_BY_TRIGGER.get(request.args.get("after", ""), FRESH)
    form = form_with(fresh, brand)
    if form.validate_on_submit() and (asking := form.asking(segment_names(brand.id), fresh)) is not None:
        try:
            added = add_touchpoint(brand, asking, current_staff(), real_now())
            db.session.commit()
            if added.trigger in PROGRAMMES:
                flash(_("Added. Below is whom it would ask."))
                return redirect(url_for("rounds.programme", public_id=added.public_id), 303)
            flash(_("Added. It looks at orders that are new or change from now on."))
            return redirect(url_for("asking.touchpoints"), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    page = render_template(
        "invitations/touchpoint.html",
        touchpoint=None,
        brand=brand,
        form=form,
        trigger=fresh.trigger,
        programmes=PROGRAMMES,
        frequent=frequent_in(brand.id),
    )
    return page, 422 if form.is_submitted() else 200


@door.route("/touchpoints/<public_id>", methods=["GET", "POST"])
def touchpoint(public_id: str) -> ResponseReturnValue:
    """Change when one touchpoint asks, whom, and what."""
    found = queries.touchpoint_or_missing(public_id)
    before = asking_of(found)
    form = form_with(before, found.brand)
    if (
        form.validate_on_submit()
        and (asking := form.asking(segment_names(found.brand_id), before)) is not None
    ):
        try:
            adjust(found, asking, current_staff(), real_now())
            db.session.commit()
            flash(_("Saved. What is planned already keeps its time."))
            return redirect(page_of(found), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    page = render_template(
        "invitations/touchpoint.html",
        touchpoint=found,
        brand=found.brand,
        form=form,
        trigger=before.trigger,
        programmes=PROGRAMMES,
        frequent=frequent_in(found.brand_id),
        changed_by=queries.changed_by(found),
        now=real_now(),
    )
    return page, 422 if form.is_submitted() else 200


def page_of(touchpoint: Touchpoint) -> str:
    """Return the page on which one sees what the touchpoint does: the programme's own, else the list."""
    if touchpoint.trigger in PROGRAMMES:
        return url_for("rounds.programme", public_id=touchpoint.public_id)
    return url_for("asking.touchpoints")


def form_with(asking: Asking, brand: Brand) -> TouchpointForm:
    """Return the form, showing what is set; a name of our own giving is shown and taken in the reader's language."""
    shown: dict[str, Any] = {name: getattr(asking, name) for name in Asking.__dataclass_fields__}
    own, said = asking.name, _(asking.name) if asking.name else ""
    form = TouchpointForm(data=shown | {"name": said}).without_strange(asking.trigger)
    form.survey.choices = [SelectChoice(each.key, _(each.name)) for each in surveys_to_ask()]
    if form.is_submitted():
        if form.name.data == said:
            form.name.data = own
    else:
        form.fill(asking.conditions, segment_names(brand.id))
    return form


@door.post("/touchpoints/<public_id>/copy")
def copy(public_id: str) -> ResponseReturnValue:
    """Make another touchpoint like this one, switched off, and open it."""
    found = queries.touchpoint_or_missing(public_id)
    twin = copy_touchpoint(found, _(found.name), current_staff(), real_now())
    db.session.commit()
    flash(_("Copied. The copy is off until you switch it on."))
    return redirect(url_for("asking.touchpoint", public_id=twin.public_id), 303)


@door.post("/touchpoints/<public_id>/switch")
def switch_touchpoint(public_id: str) -> ResponseReturnValue:
    """Switch one touchpoint on or off."""
    on = request.form.get("on") == "yes"
    found = queries.touchpoint_or_missing(public_id)
    switch(found, current_staff(), real_now(), on=on)
    db.session.commit()
    flash(_("Switched on.") if on else _("Switched off. What it had planned is refused when it comes due."))
    return redirect(page_of(found), 303)


@door.post("/touchpoints/<public_id>/delete")
def delete(public_id: str) -> ResponseReturnValue:
    """Delete a touchpoint that has decided nothing."""
    found: Touchpoint = queries.touchpoint_or_missing(public_id)
    try:
        remove_touchpoint(found)
        db.session.commit()
        flash(_("Deleted."))
    except Refusal as refusal:
        db.session.rollback()
        flash(spoken(refusal), "error")
        return redirect(url_for("asking.touchpoint", public_id=public_id), 303)
    return redirect(url_for("asking.touchpoints"), 303)


@door.get("/dry-run/<key>")
def dry_run(key: str) -> ResponseReturnValue:
    """Say what touchpoints would have made of past orders; sends and stores nothing."""
    brand, now = brand_or_missing(key), business_now()
    every = queries.touchpoints_of(brand.id)
    form = DryRunForm(request.args, data={"days": 91})
    wanted = set(request.args.getlist("touchpoint"))
    chosen = [each for each in every if each.public_id in wanted]
    chosen = chosen or [each for each in every if each.is_on] or every
    found = None
    if chosen and form.validate():
        days = timedelta(days=form.days.data)
        found = rehearse(brand, chosen, now - days, now, MOST_REHEARSED)
    page = render_template(
        "invitations/dry_run.html",
        brand=brand,
        every=every,
        chosen=chosen,
        form=form,
        found=found,
        most=MOST_REHEARSED,
        outcomes=OUTCOMES,
    )
    return page, 422 if form.errors else 200


@door.get("/purchases")
def purchases() -> ResponseReturnValue:
    """List purchases with what was decided about asking, each *no* with its reason."""
    words = request.args.get("q", "").strip()[:254]
    decisions = queries.recent_decisions(PURCHASES_SHOWN + 1, request.args.get("before"), words)
    shown = decisions[:PURCHASES_SHOWN]
    more = len(decisions) > PURCHASES_SHOWN
    last = shown[-1].purchase.public_id if shown else None
    return render_template(
        "invitations/purchases.html",
        decisions=shown,
        words=words,
        next_url=url_for("asking.purchases", before=last, q=words or None) if more else "",
        reasons=REASONS,
        now=business_now(),
    )


@door.get("/purchases/<public_id>")
def purchase(public_id: str) -> ResponseReturnValue:
    """Say why the customer was (not) asked about one purchase."""
    found, now = purchase_or_missing(public_id), business_now()
    return render_template(
        "invitations/purchase.html",
        purchase=found,
        touchpoints=explain(found, now),
        reasons=REASONS,
        now=now,
    )


@door.post("/purchases/<public_id>/ask")
def ask(public_id: str) -> ResponseReturnValue:
    """Let the next question about a purchase leave at once."""
    purchase = queries.purchase_to_ask(public_id)
    try:
        ask_now(purchase, business_now())
        db.session.commit()
        flash(_("The question leaves within a few seconds."))
    except Refusal as refusal:
        db.session.rollback()
        flash(spoken(refusal), "error")
    return redirect(url_for("asking.purchases", q=request.form.get("q") or None), 303)
