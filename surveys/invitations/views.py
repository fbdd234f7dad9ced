"""Unsubscribing, the outbox, and the pages about when the house asks."""

from flask import Response, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveys import tokens
from surveys.brand.filters import brand_sheet_url
from surveys.channels.outbox import KeptMail, Outbox
from surveys.clock import business_now, real_now
from surveys.customers.opting_out import object_to_asking
from surveys.database import db
from surveys.doors import RespondentDoor, spoken
from surveys.errors import Missing, Refusal
from surveys.invitations import queries
from surveys.invitations.adjusting import adjust, timing_of
from surveys.invitations.forms import TouchpointForm
from surveys.invitations.planning import ask_now
from surveys.invitations.states import REASONS
from surveys.staff.door import StaffDoor, allowed, current_staff
from surveys.staff.mailing import ID_PREFIX

stopping = RespondentDoor("stopping", __name__)
outbox_door = StaffDoor("outbox", __name__, permission="outbox", url_prefix="/outbox")
asking = StaffDoor("asking", __name__, permission="surveys", url_prefix="/settings")

MAILS_SHOWN = 200
PURCHASES_SHOWN = 50
SANDBOX = "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
LETTER_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox " + SANDBOX
)


@stopping.route("/u/<token>", methods=["GET", "POST"])
def unsubscribe(token: str) -> ResponseReturnValue:
    """Show the way to stop all questions of a shop, and take it on POST, from a page or by one click (RFC 8058)."""
    secrets = current_app.config["LINK_SECRETS"]
    invitation = queries.invitation_or_missing(tokens.read(tokens.UNSUBSCRIBE, token, secrets))
    customer = invitation.customer
    g.language = invitation.locale
    if request.method == "POST":
        one_click = request.form.get("List-Unsubscribe") == "One-Click"
        object_to_asking(customer, "one_click" if one_click else "page", business_now())
        db.session.commit()
    brand = customer.brand
    return render_template(
        "invitations/unsubscribe.html",
        stopped=queries.has_objected(customer),
        brand_name=brand.name,
        privacy_url=brand.privacy_url,
        css_url=brand_sheet_url(brand.key, brand.colour, brand.logo_mark),
    )


@outbox_door.get("")
def outbox() -> ResponseReturnValue:
    """List the newest mails that were kept in the house."""
    mails = [kept for kept in kept_mails().newest(MAILS_SHOWN) if may_read(kept.name)]
    leaves = current_app.config["SETTINGS"].mail_url is not None
    return render_template(
        "invitations/outbox.html", mails=mails, limit=MAILS_SHOWN, leaves=leaves, now=real_now()
    )


@outbox_door.get("/<name>")
def letter(name: str) -> ResponseReturnValue:
    """Show one mail: its head, its text, and the letter itself in a frame of its own."""
    kept = mail_or_missing(name)
    return render_template(
        "invitations/letter.html",
        kept=kept,
        text=part_of(kept, "plain"),
        has_html=kept.mail.get_body(("html",)) is not None,
        sandbox=SANDBOX,
    )


@outbox_door.get("/<name>/html")
def letter_html(name: str) -> Response:
    """Return the HTML part alone, fenced in: no script, nothing loaded, links open in the whole window."""
    html = part_of(mail_or_missing(name), "html")
    if html is None:
        raise Missing()
    answer = Response(html.replace("<head>", '<head><base target="_top">', 1), mimetype="text/html")
    answer.headers["Content-Security-Policy"] = LETTER_CSP
    return answer


def kept_mails() -> Outbox:
    """Return the folder mails are kept in, whichever way they leave now."""
    return Outbox(current_app.config["SETTINGS"].instance / "outbox")


def mail_or_missing(name: str) -> KeptMail:
    """Return one kept mail; refuse as missing."""
    kept = kept_mails().mail(name)
    if kept is None or not may_read(name):
        raise Missing()
    return kept


def may_read(name: str) -> bool:
    """Tell whether a mail is for the eyes of who is signed in.

    Whoever reads the mail with a new password's link can become its owner; so only owners do.
    """
    return allowed("owners") or not name.startswith(ID_PREFIX)


def part_of(kept: KeptMail, kind: str) -> str | None:
    """Return the mail's text of one kind (plain or html), or None."""
    part = kept.mail.get_body((kind,))
    return None if part is None else str(part.get_content())


@asking.get("/touchpoints")
def touchpoints() -> ResponseReturnValue:
    """List the moments at which the house asks."""
    rows = queries.all_touchpoints()
    return render_template("invitations/touchpoints.html", rows=rows, now=real_now())


@asking.route("/touchpoints/<public_id>", methods=["GET", "POST"])
def touchpoint(public_id: str) -> ResponseReturnValue:
    """Change when one touchpoint asks."""
    found = queries.touchpoint_or_missing(public_id)
    form = TouchpointForm(obj=timing_of(found))
    if form.validate_on_submit():
        try:
            adjust(found, form.timing(), current_staff(), real_now())
            db.session.commit()
            flash(_("Saved. What is planned already keeps its time."))
            return redirect(url_for("asking.touchpoints"), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    page = render_template(
        "invitations/touchpoint.html",
        touchpoint=found,
        form=form,
        changed_by=queries.changed_by(found),
        now=real_now(),
    )
    return page, 422 if form.is_submitted() else 200


@asking.get("/purchases")
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


@asking.post("/purchases/<public_id>/ask")
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
