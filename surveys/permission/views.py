"""The pages about permission: what brands declare, one customer's history, and the page that confirms."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from flask import Response, current_app, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveys import tokens
from surveys.brand.filters import look_of
from surveys.brand.models import Brand
from surveys.brand.queries import all_brands, brand_or_missing
from surveys.clock import business_now
from surveys.customers.models import Customer
from surveys.customers.opting_out import object_to_asking
from surveys.customers.permission import KINDS, NO_BASIS, NO_EVIDENCE, NOT_CONFIRMED, SOURCES
from surveys.customers.queries import customer_or_missing, paused_until, permission_history
from surveys.database import db
from surveys.doors import RespondentDoor, spoken
from surveys.errors import N_, Refusal
from surveys.permission import queries
from surveys.permission.confirming import confirm
from surveys.permission.declaring import (
    Declaration,
    declare,
    set_asks_to_confirm,
    set_strict_countries,
    withdraw,
)
from surveys.permission.exporting import as_csv, as_lines
from surveys.permission.forms import ConfirmForm, DeclarationForm, StrictForm
from surveys.permission.prompts.asking import why_not_by_itself
from surveys.permission.prompts.queries import confirmations
from surveys.permission.requesting import request_consent, why_not_to_request
from surveys.staff.door import StaffDoor, allowed, current_staff

door = StaffDoor("permission", __name__, permission="settings", url_prefix="/settings/permission")
people = StaffDoor("customer_permission", __name__, permission="customers", url_prefix="/customers")
# Agents see a customer's history and take nothing out of the house; analysts do not see who somebody is.
files = StaffDoor("customer_permission_files", __name__, permission="settings", url_prefix="/customers")
confirming = RespondentDoor("confirming", __name__)

BASES = {
    "opt_in": N_("has agreed to be asked"),
    "existing_customer": N_("is asked as an existing customer"),
    "none": N_("no basis to ask"),
}
MISSING = {
    NO_BASIS: N_("No basis is known: the shop told none, and none is declared."),
    NO_EVIDENCE: N_("The country is strict, and no evidence is stored of the notice the customer was given."),
    NOT_CONFIRMED: N_("The country is strict, and the consent was not confirmed a second time."),
}


@door.get("")
def brands() -> ResponseReturnValue:
    """List the brands with what is declared for each."""
    rows = [(brand, queries.declarations(brand.id)) for brand in all_brands()]
    return render_template("permission/brands.html", rows=rows, sources=SOURCES, bases=BASES)


@door.route("/<key>", methods=["GET", "POST"])
def brand(key: str) -> ResponseReturnValue:
    """Declare where the permission of one brand's customers comes from."""
    chosen = brand_or_missing(key)
    form = DeclarationForm()
    if form.validate_on_submit():
        try:
            declare(chosen, typed(form, chosen), current_staff(), business_now())
            db.session.commit()
            flash(_("Saved. It holds for purchases from that day on."))
            if is_open(chosen, form.basis.data):
                flash(
                    _(
                        "In strict countries an opt-in counts once it is confirmed."
                        " Below you can have customers asked for that by mail."
                    )
                )
            return redirect(url_for("permission.brand", key=key), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return page_of(chosen, form, StrictForm(formdata=None))


@door.post("/<key>/strict")
def strict(key: str) -> ResponseReturnValue:
    """Choose the countries in which a basis must be proven."""
    chosen, form = brand_or_missing(key), StrictForm()
    if form.validate_on_submit():
        try:
            set_strict_countries(chosen, form.strict_countries.data or "", current_staff(), business_now())
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for("permission.brand", key=key), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return page_of(chosen, DeclarationForm(formdata=None), form)


@door.post("/<key>/confirm")
def ask_by_itself(key: str) -> ResponseReturnValue:
    """Choose whether fresh opt-ins are asked for their confirmation by itself."""
    chosen, form = brand_or_missing(key), ConfirmForm()
    if form.validate_on_submit():
        set_asks_to_confirm(chosen, form.asks_to_confirm.data, current_staff(), business_now())
        db.session.commit()
        flash(_("Saved."))
    return redirect(url_for("permission.brand", key=key) + "#confirm", 303)


@door.post("/<key>/<public_id>/withdraw")
def take_back(key: str, public_id: str) -> ResponseReturnValue:
    """Let a declaration that was made by mistake cover nobody."""
    withdraw(queries.declaration_or_missing(brand_or_missing(key), public_id), business_now())
    db.session.commit()
    flash(_("Taken back. It covers nobody any more."))
    return redirect(url_for("permission.brand", key=key), 303)


def is_open(chosen: Brand, basis: str) -> bool:
    """Return whether the basis needs a confirmation somewhere that nobody is asked for by itself."""
    return basis == "opt_in" and bool(chosen.strict_countries) and not chosen.asks_to_confirm


def page_of(chosen: Brand, form: DeclarationForm, strict_form: StrictForm) -> ResponseReturnValue:
    """Return the page of one brand, with the faults of a form that was sent."""
    if not strict_form.is_submitted() or not strict_form.errors:
        strict_form.strict_countries.data = " ".join(chosen.strict_countries)
    page = render_template(
        "permission/brand.html",
        brand=chosen,
        form=form,
        strict=strict_form,
        confirm=ConfirmForm(formdata=None, asks_to_confirm=chosen.asks_to_confirm),
        confirmations=confirmations(chosen, business_now()),
        rows=queries.declarations(chosen.id),
        sources=SOURCES,
        bases=BASES,
        now=business_now(),
    )
    return page, 422 if form.errors or strict_form.errors else 200


def typed(form: DeclarationForm, chosen: Brand) -> Declaration:
    """Return what was typed; the day begins at midnight where the brand is."""
    since = datetime.combine(form.since.data, time(), ZoneInfo(chosen.time_zone))
    return Declaration(form.source.data, form.basis.data, form.evidence.data or "", since)


@people.get("/<public_id>/permission")
def history(public_id: str) -> ResponseReturnValue:
    """Show on what basis a customer may be asked, what is missing, and how that came to be."""
    customer = customer_or_missing(public_id)
    verdict = queries.verdict_on(customer)
    is_unconfirmed = verdict.missing == NOT_CONFIRMED and why_not_to_request(customer) is None
    return render_template(
        "permission/customer.html",
        customer=customer,
        zone=customer.brand.time_zone,
        verdict=verdict,
        is_unconfirmed=is_unconfirmed,
        not_by_itself=why_not_by_itself(customer, business_now()) if is_unconfirmed else None,
        suppressed=queries.suppressed_because(customer),
        objected=queries.is_objected(customer),
        paused_until=paused_until([customer.id], business_now()),
        events=permission_history(customer),
        asked=queries.last_request(customer),
        may_request=why_not_to_request(customer) is None,
        may_export=allowed(files.permission),
        words={"bases": BASES, "missing": MISSING, "kinds": KINDS, "sources": SOURCES},
        now=business_now(),
    )


@files.get("/<public_id>/permission.json")
def history_json(public_id: str) -> Response:
    """Hand the consent history out as JSON."""
    customer = customer_or_missing(public_id)
    answer = jsonify({"customer": customer.public_id, "history": as_lines(permission_history(customer))})
    return as_file(answer, customer, "json")


@files.get("/<public_id>/permission.csv")
def history_csv(public_id: str) -> Response:
    """Hand the consent history out as CSV."""
    customer = customer_or_missing(public_id)
    return as_file(Response(as_csv(permission_history(customer)), mimetype="text/csv"), customer, "csv")


def as_file(answer: Response, customer: Customer, kind: str) -> Response:
    """Return the answer as a file to save."""
    name = f"permission-{customer.public_id}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@people.post("/<public_id>/permission/object")
def objects(public_id: str) -> ResponseReturnValue:
    """Note that the customer told somebody of the team to stop asking."""
    object_to_asking(customer_or_missing(public_id), "staff", business_now(), current_staff())
    db.session.commit()
    flash(_("Noted. Nobody asks this customer any more."))
    return redirect(url_for("customer_permission.history", public_id=public_id), 303)


@people.post("/<public_id>/permission/request")
def ask_to_confirm(public_id: str) -> ResponseReturnValue:
    """Send the mail that asks to confirm an opt-in."""
    try:
        request_consent(customer_or_missing(public_id), current_staff(), business_now())
        db.session.commit()
        flash(_("The mail leaves within a few seconds."))
    except Refusal as refusal:
        db.session.rollback()
        flash(spoken(refusal), "error")
    return redirect(url_for("customer_permission.history", public_id=public_id), 303)


@confirming.route("/c/<token>", methods=["GET", "POST"])
def consent(token: str) -> ResponseReturnValue:
    """Show what a consent says, and take it on POST alone: a scanner that opens links confirms nothing."""
    public_id = tokens.read(tokens.CONSENT, token, current_app.config["LINK_SECRETS"])
    asked = queries.request_or_missing(public_id, locked=request.method == "POST")
    g.language = asked.locale
    look = look_of(asked.customer.brand)
    g.look = lambda: look
    if request.method == "POST":
        confirm(asked, business_now())
        db.session.commit()
    return render_template(
        "permission/consent.html",
        asked=asked,
        gone=asked.confirmed_at is None and business_now() >= asked.expires_at,
        **look,
    )
