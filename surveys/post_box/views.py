"""The page of the mails that came in: what each was, and those that somebody must look at."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveys.clock import business_now
from surveys.database import db
from surveys.errors import N_
from surveys.post_box import queries
from surveys.post_box.envelopes import opened
from surveys.post_box.replies import words_of
from surveys.post_box.sorting import settle_unmatched
from surveys.staff.door import StaffDoor

door = StaffDoor("post_box", __name__, permission="outbox", url_prefix="/settings/incoming")
ON_A_PAGE = 50
LONGEST_SHOWN = 20_000
KINDS = {
    "unmatched": N_("nobody knows whose"),
    "reply": N_("answer of a customer"),
    "letter": N_("part of a conversation"),
    "bounce": N_("mail came back"),
    "complaint": N_("reported as unwanted"),
    "stop": N_("wants no more questions"),
    "delay": N_("delayed, the server still tries"),
    "delivered": N_("arrived"),
    "automatic": N_("automatic answer"),
}


@door.get("")
def incoming() -> ResponseReturnValue:
    """List the mails that came in, of one kind if one is chosen."""
    kind = request.args.get("kind") if request.args.get("kind") in KINDS else None
    rows = queries.incoming(ON_A_PAGE + 1, kind=kind, before=request.args.get("before"))
    shown = rows[:ON_A_PAGE]
    more = len(rows) > ON_A_PAGE
    next_url = url_for("post_box.incoming", kind=kind, before=shown[-1].public_id) if more else ""
    return render_template(
        "post_box/incoming.html",
        rows=shown,
        next_url=next_url,
        kind=kind,
        kinds=KINDS,
        waiting=queries.unmatched_count(),
        now=business_now(),
    )


@door.get("/<public_id>")
def mail(public_id: str) -> ResponseReturnValue:
    """Show one mail: its head, what came of it, and its words while they are kept."""
    row = queries.mail_or_missing(public_id)
    words = words_of(opened(row.raw)).strip()[:LONGEST_SHOWN] if row.raw else None
    return render_template("post_box/mail.html", row=row, words=words, kinds=KINDS, now=business_now())


@door.post("/<public_id>/settle")
def settle(public_id: str) -> ResponseReturnValue:
    """Note that somebody has dealt with a mail."""
    settle_unmatched(queries.mail_or_missing(public_id), business_now())
    db.session.commit()
    flash(_("Done. Its text is deleted."))
    return redirect(url_for("post_box.incoming", kind="unmatched"), 303)
