"""What the team can take on, and how many questions may leave therefore."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveys.brand.queries import brand_or_missing
from surveys.clock import business_now, real_now
from surveys.database import db
from surveys.errors import Refusal
from surveys.invitations.capacity.allowing import set_capacity
from surveys.invitations.capacity.forms import CapacityForm
from surveys.invitations.capacity.queries import allowance_of
from surveys.staff.door import StaffDoor, current_staff

door = StaffDoor("capacity", __name__, permission="surveys", url_prefix="/settings/capacity")


@door.route("/<key>", methods=["GET", "POST"])
def capacity(key: str) -> ResponseReturnValue:
    """Show and set how many new cases a brand's questions may bring."""
    brand = brand_or_missing(key)
    known = allowance_of(brand.id)
    form = CapacityForm(cases_per_day=known.cases_per_day if known else None)
    if form.validate_on_submit():
        try:
            set_capacity(brand, form.cases_per_day.data, current_staff(), real_now())
            db.session.commit()
            flash(_("Saved. What may leave is reckoned anew within half a minute."))
            return redirect(url_for("capacity.capacity", key=brand.key), 303)
        except Refusal as refusal:
            form.blame(refusal)
    page = render_template(
        "invitations/capacity.html", brand=brand, form=form, known=known, now=business_now()
    )
    return page, 422 if form.errors else 200
