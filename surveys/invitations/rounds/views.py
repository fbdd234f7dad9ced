"""Programmes: whom they would ask, the list and the start of a one-time send, and how far a round is."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.clock import business_now, real_now
from surveys.customers.queries import customer_or_missing
from surveys.database import db
from surveys.doors import spoken
from surveys.errors import Missing, Refusal
from surveys.invitations.cadence import zone_of
from surveys.invitations.explaining import explain_turn
from surveys.invitations.models import Touchpoint
from surveys.invitations.rounds import queries
from surveys.invitations.rounds.counting import count_askable
from surveys.invitations.rounds.forms import ListForm, StartForm
from surveys.invitations.rounds.listing import drop_list, set_list
from surveys.invitations.rounds.starting import start
from surveys.invitations.states import REASONS
from surveys.segments.queries import segment_names
from surveys.staff.door import StaffDoor, current_staff

MOST_COUNTED = 2_000  # what a page can wait for
UNKNOWN_SHOWN, LONGEST_SHOWN = 10, 60
LARGEST_LIST = 1024 * 1024


class ListDoor(StaffDoor):
    """The staff door with room for a pasted list of as many lines as a send may have."""

    def enter(self) -> ResponseReturnValue | None:
        """Allow larger forms than other pages, then ask the guard."""
        request.max_content_length = request.max_form_memory_size = LARGEST_LIST
        return super().enter()


door = ListDoor("rounds", __name__, permission="surveys", url_prefix="/settings/touchpoints")


@door.get("/<public_id>/programme")
def programme(public_id: str) -> ResponseReturnValue:
    """Show whom a programme would ask, and how far its round is."""
    return page(queries.programme_or_missing(public_id), ListForm(), StartForm())


def page(touchpoint: Touchpoint, listing: ListForm, starting: StartForm) -> ResponseReturnValue:
    """Return the page of a programme; a form that was refused says why."""
    now, round_ = business_now(), queries.last_round(touchpoint)
    is_open = round_ is None or round_.ends_at is not None
    shown = render_template(
        "invitations/programme.html",
        touchpoint=touchpoint,
        round=round_,
        progress=queries.progress_of(round_) if round_ is not None else None,
        count=count_askable(touchpoint, MOST_COUNTED, now) if is_open else None,
        listed=queries.count_listed(touchpoint) if touchpoint.by_list else None,
        listing=listing,
        starting=starting,
        segment_names=segment_names(touchpoint.brand_id),
        reasons=REASONS,
        now=now,
    )
    return shown, 422 if listing.errors or starting.errors else 200


@door.post("/<public_id>/list")
def keep_list(public_id: str) -> ResponseReturnValue:
    """Let a send go to the customers of a list."""
    touchpoint, form = queries.programme_or_missing(public_id), ListForm()
    if form.validate():
        try:
            named = set_list(touchpoint, form.text.data or "", current_staff(), real_now())
            db.session.commit()
            tell(named)
            return redirect(url_for("rounds.programme", public_id=public_id), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return page(touchpoint, form, StartForm(formdata=None))


def tell(named: queries.Named) -> None:
    """Say how many of a list were found, and who was not."""
    found = len(named.customer_ids)
    flash(ngettext("%(num)s customer is on the list.", "%(num)s customers are on the list.", found))
    if named.unknown:
        few = [word[:LONGEST_SHOWN] for word in named.unknown[:UNKNOWN_SHOWN]]
        few += ["…"] if len(named.unknown) > UNKNOWN_SHOWN else []
        said = ngettext(
            "%(num)s line names no customer of this shop: %(few)s",
            "%(num)s lines name no customer of this shop: %(few)s",
            len(named.unknown),
            few=", ".join(few),
        )
        flash(said, "error")


@door.post("/<public_id>/list/drop")
def forget_list(public_id: str) -> ResponseReturnValue:
    """Let a send go to every customer who meets the conditions again."""
    touchpoint = queries.programme_or_missing(public_id)
    try:
        drop_list(touchpoint, current_staff(), real_now())
        db.session.commit()
        flash(_("The list is gone; the send goes to every customer who meets the conditions."))
    except Refusal as refusal:
        db.session.rollback()
        flash(spoken(refusal), "error")
    return redirect(url_for("rounds.programme", public_id=public_id), 303)


@door.post("/<public_id>/start")
def start_send(public_id: str) -> ResponseReturnValue:
    """Let a one-time send go out."""
    touchpoint, form, now = queries.programme_or_missing(public_id), StartForm(), business_now()
    if form.validate():
        try:
            zone = zone_of(None, touchpoint.brand.time_zone)
            start(touchpoint, form.starts_at(zone, now), current_staff(), now)
            db.session.commit()
            flash(_("Started. This page says how far it is."))
            return redirect(url_for("rounds.programme", public_id=public_id), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return page(touchpoint, ListForm(formdata=None), form)


@door.get("/<public_id>/customers/<customer_id>")
def turns(public_id: str, customer_id: str) -> ResponseReturnValue:
    """Say why a programme asked or did not ask one customer, round by round."""
    touchpoint, customer = queries.programme_or_missing(public_id), customer_or_missing(customer_id)
    now, found = business_now(), queries.turns_of(touchpoint, customer)
    if not found:
        raise Missing()
    return render_template(
        "invitations/turns.html",
        touchpoint=touchpoint,
        customer=customer,
        turns=[explain_turn(turn, now) for turn in found],
        reasons=REASONS,
        now=now,
    )
