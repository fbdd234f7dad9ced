"""Mails of a view: chosen on its page, ended by one click in any of them."""

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.reports.digest.composing import title_of
from feedback.reports.digest.queries import reader_by
from feedback.reports.digest.subscribing import stop, subscribe
from feedback.reports.queries import view_or_missing
from surveys import tokens
from surveys.clock import business_now
from surveys.database import begin_writing, db
from surveys.doors import SAFE_METHODS, RecipientDoor
from surveys.errors import N_, Missing
from surveys.staff.door import StaffDoor, current_staff

choosing_door = StaffDoor("digest", __name__, permission="insights", url_prefix="/insights/reports")
door = RecipientDoor("report_mail", __name__)
# Nothing is written before the token has been read: a forged one must not take the writer's turn.
door.writes_at_once = False


class MailUnknown(Missing):
    """The link is none of ours, or damaged."""

    phrase = N_("This link belongs to no mail. Check it for a missing piece.")


@choosing_door.post("/<public_id>/mail")
def choose(public_id: str) -> ResponseReturnValue:
    """Let a view come by mail at a rhythm, or no more."""
    view = view_or_missing(public_id, current_staff())
    subscribe(current_staff(), view, request.form.get("rhythm") or None, business_now())
    db.session.commit()
    flash(gettext("Saved."))
    return redirect(url_for("reports.view", public_id=public_id, _anchor="mail"), 303)


@door.route("/stop/<token>", methods=["GET", "POST"])
def end(token: str) -> ResponseReturnValue:
    """Show the way to end a mail, and take it on POST, from the page or by one click of a mail program (RFC 8058)."""
    called = tokens.read(tokens.REPORT_MAIL, token, current_app.config["LINK_SECRETS"])
    if called is None:
        raise MailUnknown()
    if request.method not in SAFE_METHODS:
        begin_writing()
    reader = reader_by(called)
    if reader is None:
        return render_template("reports/stop.html", is_over=True)
    g.language = reader.staff.locale
    title = title_of(reader)
    if is_over := request.method == "POST":
        stop(reader)
        db.session.commit()
    return render_template("reports/stop.html", is_over=is_over, title=title)
