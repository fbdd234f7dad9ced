"""Pages of privacy: requests and proofs, the data map, one customer's disclosure and erasure."""

from datetime import datetime

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from wtforms.fields.choices import SelectChoice

from feedback.privacy import journaling, queries
from feedback.privacy.data_map import BASES, FIELDS, KEPT, SEEN, SUBJECTS, Entry, entry_of
from feedback.privacy.disclosing import as_json, gather, zipped
from feedback.privacy.erasing import Means, erase
from feedback.privacy.forms import EraseForm, RequestForm
from feedback.privacy.requesting import request_by_hand, settle
from surveys.brand.queries import all_brands
from surveys.channels.outbox import Outbox
from surveys.clock import business_now, real_now
from surveys.customers.models import Customer, PrivacyRequest
from surveys.customers.queries import brand_for, customer_or_missing
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.languages.queries import language_for
from surveys.locales import CUSTOMER_LANGUAGES
from surveys.staff.door import StaffDoor, allowed, current_staff

door = StaffDoor("privacy", __name__, permission="privacy", url_prefix="/settings/privacy")
disclosure_door = StaffDoor(
    "disclosure", __name__, permission="privacy", url_prefix="/customers/<public_id>/disclosure.zip"
)
erase_door = StaffDoor("erase", __name__, permission="erase", url_prefix="/customers/<public_id>/erase")

REQUESTED = {
    "disclosure": N_("wants to see their data"),
    "erasure": N_("wants their data erased"),
    "shop_erasure": N_("the shop system wants all of its data erased"),
}
# What the page before an erasure counts; the rest hangs on these.
ERASED = {
    "purchase": N_("Orders"),
    "invitation": N_("Invitations"),
    "response": N_("Answers"),
    "task": N_("Tasks"),
    "reply": N_("Replies"),
    "permission_event": N_("Lines of the consent history"),
    "order_event": N_("Messages from shop systems"),
}
WAYS = {
    "page": N_("on the page"),
    "command": N_("by command"),
    "again": N_("again, after a copy was restored"),
    "own": N_("by themselves, with a link we mailed"),
}


@door.route("", methods=["GET", "POST"])
def privacy() -> ResponseReturnValue:
    """Show requests with their due dates and proofs of erasure; note a request."""
    form = RequestForm()
    form.brand.choices = [SelectChoice(brand.key, brand.name) for brand in all_brands()]
    now = business_now()
    if form.validate_on_submit():
        try:
            brand = brand_for(form.brand.data)
            request_by_hand(brand, form.kind.data, form.who.data or "", form.note.data or "", now)
            db.session.commit()
            flash(gettext("Noted. It is due within 28 days."))
            return redirect(url_for("privacy.privacy"), 303)
        except Refusal as refusal:
            form.blame(refusal)
    page = render_template(
        "privacy/privacy.html",
        form=form,
        now=now,
        waiting=[(each, candidates(each)) for each in queries.open_requests()],
        settled=queries.settled_requests(),
        proofs=queries.erasures(),
        forgotten=queries.forgetting_runs(),
        words={"requested": REQUESTED, "ways": WAYS},
        may_erase=allowed("erase"),
        **periods(),
    )
    return page, 422 if form.is_submitted() else 200


@door.post("/requests/<public_id>/done")
def done(public_id: str) -> ResponseReturnValue:
    """Note that a request was met."""
    settle(queries.request_or_missing(public_id), current_staff(), business_now())
    db.session.commit()
    flash(gettext("Settled. What named the person is gone from the request."))
    return redirect(url_for("privacy.privacy"), 303)


@door.get("/data-map")
def data_map() -> ResponseReturnValue:
    """Show what is stored, column by column: what for, why we may, how long, who sees it."""
    tables: dict[str, list[Entry]] = {}
    for table, column in queries.schema():
        tables.setdefault(table, []).append(entry_of(table, column))
    words = {"fields": FIELDS, "subjects": SUBJECTS, "bases": BASES, "kept": KEPT, "seen": SEEN}
    return render_template("privacy/data_map.html", tables=tables, words=words, **periods())


@disclosure_door.get("")
def disclosure(public_id: str) -> ResponseReturnValue:
    """Send everything about one customer, for people and for machines, in one archive."""
    customer = customer_or_missing(public_id)
    answer = Response(disclosed(customer, real_now()), mimetype="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="disclosure.zip"'
    return answer


@erase_door.route("", methods=["GET", "POST"])
def erase_customer(public_id: str) -> ResponseReturnValue:
    """Say what would go, and erase it once the name was typed."""
    customer = customer_or_missing(public_id)
    form = EraseForm()
    if form.validate_on_submit():
        if (form.typed.data or "").strip().casefold() == customer.display_name.casefold():
            settings = current_app.config["SETTINGS"]
            means = Means(settings.secret_key, Outbox(settings.instance / "outbox"), "page")
            erase(customer, real_now(), means, current_staff())
            db.session.commit()
            journaling.write_down(settings.instance)
            flash(gettext("Erased. Counted scores stay without the person; the proof is below."))
            return redirect(url_for("privacy.privacy"), 303)
        form.blame(Refusal(N_("This is not “%(name)s”."), field="typed", name=customer.display_name))
    found = queries.belongings(customer)
    page = render_template(
        "privacy/erase.html", form=form, customer=customer, found=found, parts=part_words(found)
    )
    return page, 422 if form.is_submitted() else 200


def candidates(request: PrivacyRequest) -> list[Customer]:
    """Return who may be meant by a request: the customer tied to it, else those of the name that was told."""
    if request.customer is not None:
        return [request.customer]
    told = request.email or request.customer_reference
    return queries.people_called(told, request.brand.key) if told else []


def part_words(found: queries.Belongings) -> list[tuple[str, int]]:
    """Return what erasing would touch, in words, with how many of each."""
    return [(gettext(words), len(found[name])) for name, words in ERASED.items() if name in found]


def periods() -> dict[str, int]:
    """Return for how many months things are kept."""
    settings = current_app.config["SETTINGS"]
    return {"months": settings.retention_months, "audit_months": settings.audit_months}


def disclosed(customer: Customer, now: datetime) -> bytes:
    """Return the archive for a customer, in their language."""
    parts = gather(customer)
    with force_locale(language_for(customer.locale, customer.brand.locale, spoken=CUSTOMER_LANGUAGES)):
        page = render_template("privacy/disclosure.html", customer=customer, parts=parts, now=now)
    return zipped({"your-data.html": page, "your-data.json": as_json(parts, now)})
