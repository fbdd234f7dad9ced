"""Segments, who waits for a question and why, and how far decisions have come."""

from collections.abc import Sequence
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from surveys.brand.models import Brand
from surveys.brand.queries import all_brands, brand_or_missing
from surveys.clock import business_now, real_now
from surveys.database import db
from surveys.doors import spoken
from surveys.errors import Refusal
from surveys.invitations import queries
from surveys.invitations.clocks import PROGRAMMES
from surveys.invitations.whom.queries import funnels, put_off
from surveys.segments.conditions import Condition, from_data
from surveys.segments.counting import matching
from surveys.segments.editing import add_starters, remove_segment, save_segment
from surveys.segments.forms import SegmentForm
from surveys.segments.frequent.queries import common_in, frequent_in
from surveys.segments.models import Segment
from surveys.segments.queries import segment_or_missing, segments_of
from surveys.segments.starters import Starter, missing, starters_for
from surveys.staff.door import StaffDoor, current_staff

door = StaffDoor("whom", __name__, permission="surveys", url_prefix="/settings")

MOST_COUNTED = 10_000
WAITING_SHOWN = 200
PERIODS = (7, 30, 91, 365)


@door.get("/segments")
def segments() -> ResponseReturnValue:
    """List the segments of every brand."""
    found = [(brand, segments_of(brand.id)) for brand in all_brands()]
    rows = [(brand, segments, starters_missing(brand, segments)) for brand, segments in found]
    return render_template("invitations/segments.html", rows=rows)


def starters_missing(brand: Brand, segments: Sequence[Segment]) -> list[str]:
    """Return the names of the ready-made segments that a brand with these segments lacks."""
    stored = [segment.conditions for segment in segments]
    return [named_here(starter) for starter in missing(starters_for(common_in(brand.id)), stored)]


def named_here(starter: Starter) -> str:
    """Return the name of a ready-made segment in the reader's language."""
    if starter.filling is None:
        return str(_(starter.name))
    kind, value = starter.filling
    words = {"country": get_locale().territories, "language": get_locale().languages}.get(kind, {})
    return str(_(starter.name, **{kind: words.get(value, value)}))


@door.post("/segments/<key>/starters")
def starters(key: str) -> ResponseReturnValue:
    """Add the ready-made segments, named in the language of who asks."""
    brand = brand_or_missing(key)
    named = {named_here(starter): starter for starter in starters_for(common_in(brand.id))}
    added = add_starters(brand, named, current_staff(), real_now())
    db.session.commit()
    flash(_("Added: %(count)s.", count=added))
    return redirect(url_for("whom.segments"), 303)


@door.route("/segments/new/<key>", methods=["GET", "POST"])
def new_segment(key: str) -> ResponseReturnValue:
    """Make a segment; its button Count tells how many orders are meant before anything is stored."""
    return segment_page(brand_or_missing(key), None)


@door.route("/segments/<public_id>", methods=["GET", "POST"])
def segment(public_id: str) -> ResponseReturnValue:
    """Change a segment."""
    found = segment_or_missing(public_id)
    return segment_page(found.brand, found)


def segment_page(brand: Brand, found: Segment | None) -> ResponseReturnValue:
    """Show the builder with count and sample, count anew, or save."""
    form = SegmentForm(data={"name": found.name if found else ""}).without_segments()
    conditions: tuple[Condition, ...] | None = tuple(from_data(found.conditions)) if found else ()
    if form.is_submitted():
        is_valid = "count" not in request.form and form.validate()
        conditions = form.read({})
        if is_valid and conditions is not None and saved(form, brand, found, conditions):
            return redirect(url_for("whom.segments"), 303)
    else:
        form.fill(conditions or (), {})
    match = matching(brand, conditions, MOST_COUNTED, business_now()) if conditions else None
    page = render_template(
        "invitations/segment.html",
        brand=brand,
        segment=found,
        form=form,
        match=match,
        most=MOST_COUNTED,
        frequent=frequent_in(brand.id),
    )
    return page, 422 if form.errors else 200


def saved(form: SegmentForm, brand: Brand, found: Segment | None, conditions: tuple[Condition, ...]) -> bool:
    """Save the segment, or say beside the fields why not."""
    named_by = queries.touchpoints_naming(found) if found is not None else []
    programmes = [_(each.name) for each in named_by if each.trigger in PROGRAMMES]
    try:
        by, now = current_staff(), real_now()
        save_segment(found, brand, form.name.data, conditions, by, now, programmes=programmes)
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        return False
    flash(_("Saved."))
    return True


@door.post("/segments/<public_id>/delete")
def delete_segment(public_id: str) -> ResponseReturnValue:
    """Delete a segment that no touchpoint looks at."""
    found = segment_or_missing(public_id)
    try:
        remove_segment(found, [_(each.name) for each in queries.touchpoints_naming(found)])
        db.session.commit()
        flash(_("Deleted."))
    except Refusal as refusal:
        db.session.rollback()
        flash(spoken(refusal), "error")
    return redirect(url_for("whom.segments"), 303)


@door.get("/waiting")
def waiting() -> ResponseReturnValue:
    """List whose question waits for something, why, and when it has its next chance."""
    rows = put_off(WAITING_SHOWN)
    return render_template("invitations/waiting.html", rows=rows, limit=WAITING_SHOWN, now=business_now())


@door.get("/funnel")
def funnel() -> ResponseReturnValue:
    """Show how far the decisions of each touchpoint have come."""
    days = request.args.get("days", type=int)
    days = days if days in PERIODS else 30
    return render_template(
        "invitations/funnel.html",
        touchpoints=queries.all_touchpoints(),
        funnels=funnels(business_now() - timedelta(days=days)),
        days=days,
        periods=PERIODS,
    )
