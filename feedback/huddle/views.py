"""The page of the huddle: to look at together or to print, with what was decided."""

from datetime import time

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.huddle import mailing, noting
from feedback.huddle.forms import DecisionForm, MailForm
from feedback.huddle.packing import calendar, pack
from feedback.huddle.queries import LISTED, decision_or_missing, reader_of
from feedback.notices.forms import minute_of
from surveys.brand.queries import all_brands, brand_or_missing
from surveys.clock import business_now
from surveys.database import db
from surveys.errors import Refusal
from surveys.staff.door import StaffDoor, current_staff

door = StaffDoor("huddle", __name__, permission="tasks", url_prefix="/huddle")
FIRST = 10  # comments that stand open: what is late and what was promised is found below them


@door.get("")
def huddle() -> ResponseReturnValue:
    """Show yesterday on one page."""
    return page()


@door.post("/decisions")
def decide() -> ResponseReturnValue:
    """Note what was decided."""
    form = DecisionForm()
    if form.validate():
        try:
            noting.decide(form.text.data or "", current_staff(), business_now())
            db.session.commit()
            flash(_("Noted."))
            return redirect(url_for("huddle.huddle"), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return page(decision=form), 422


@door.post("/decisions/<public_id>")
def tick(public_id: str) -> ResponseReturnValue:
    """Note that a decision is done, or that it is not after all."""
    is_done = request.form.get("done") == "yes"
    noting.tick(decision_or_missing(public_id), is_done, current_staff(), business_now())
    db.session.commit()
    return redirect(url_for("huddle.huddle"), 303)


@door.post("/mail")
def subscribe() -> ResponseReturnValue:
    """Let the page come by mail, or no more."""
    form = MailForm()
    if not form.validate():
        return page(mail=form), 422
    at = None if form.at.data is None else minute_of(form.at.data)
    mailing.subscribe(current_staff(), at, business_now())
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("huddle.huddle"), 303)


def page(decision: DecisionForm | None = None, mail: MailForm | None = None) -> str:
    """Return the page; the forms are those that were refused."""
    now, key = business_now(), request.args.get("brand", "").strip()
    brand = brand_or_missing(key) if key else None
    reader = reader_of(current_staff().id)
    at = time(reader.at // 60, reader.at % 60) if reader else None
    return render_template(
        "huddle/huddle.html",
        pack=pack(now, brand),
        brand=brand,
        brands=all_brands(),
        zone=calendar(brand).zone.key,
        decision_form=decision or DecisionForm(formdata=None),
        mail_form=mail or MailForm(formdata=None, data={"at": at}),
        listed=LISTED,
        first=FIRST,
        now=now,
    )
