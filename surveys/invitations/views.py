"""Unsubscribing, and the outbox."""

from flask import Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from surveys import tokens
from surveys.brand.filters import look_of
from surveys.channels.outbox import LOOKED_THROUGH, KeptMail, Outbox
from surveys.clock import business_now, real_now
from surveys.customers.opting_out import object_to_asking
from surveys.database import db
from surveys.doors import RespondentDoor
from surveys.errors import LinkDamaged, Missing
from surveys.invitations import queries
from surveys.invitations.letters import is_about_an_order
from surveys.permission.queries import is_objected
from surveys.staff.door import StaffDoor, allowed
from surveys.staff.mailing import ID_PREFIX

stopping = RespondentDoor("stopping", __name__)
outbox_door = StaffDoor("outbox", __name__, permission="outbox", url_prefix="/outbox")

MAILS_SHOWN = 200
MOST_WORDS = 200
SANDBOX = "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
LETTER_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox " + SANDBOX
)


@stopping.route("/u/<token>", methods=["GET", "POST"])
def unsubscribe(token: str) -> ResponseReturnValue:
    """Show the way to stop all questions of a shop, and take it on POST, from a page or by one click (RFC 8058)."""
    secrets = current_app.config["LINK_SECRETS"]
    public_id = tokens.read(tokens.UNSUBSCRIBE, token, secrets)
    if public_id is None:
        raise LinkDamaged()
    invitation = queries.invitation_or_missing(public_id)
    customer = invitation.customer
    g.language = invitation.locale
    if request.method == "POST":
        one_click = request.form.get("List-Unsubscribe") == "One-Click"
        object_to_asking(customer, "one_click" if one_click else "page", business_now())
        db.session.commit()
    return render_template(
        "invitations/unsubscribe.html",
        stopped=is_objected(customer),
        is_about_order=is_about_an_order(invitation.version.survey.kind, invitation.purchase_id),
        **look_of(customer.brand),
    )


@outbox_door.get("")
def outbox() -> ResponseReturnValue:
    """List the newest mails that were kept in the house, all of them or those with the words that are asked for."""
    words = request.args.get("q", "").strip()[:MOST_WORDS]
    mails = [kept for kept in kept_mails().newest(MAILS_SHOWN, words) if may_read(kept.name)]
    return render_template(
        "invitations/outbox.html",
        mails=mails,
        words=words,
        limit=MAILS_SHOWN,
        looked_through=LOOKED_THROUGH,
        leaves=current_app.config["SETTINGS"].mail_url is not None,
        now=real_now(),
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
