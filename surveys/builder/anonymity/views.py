"""The switch of a survey between answers that say whose they are and answers that do not."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveys.builder.door import builder_door
from surveys.database import db
from surveys.doors import spoken
from surveys.errors import Refusal
from surveys.questionnaires.promising import promise
from surveys.questionnaires.queries import survey_or_missing

door = builder_door("builder_anonymity", __name__)


@door.post("/<public_id>/anonymity")
def switch(public_id: str) -> ResponseReturnValue:
    """Make a survey anonymous, or let it store whose its answers are; what is refused is said there."""
    found = survey_or_missing(public_id)
    is_anonymous = request.form.get("anonymous") == "yes"
    try:
        promise(found, is_anonymous)
        db.session.commit()
        if is_anonymous:
            flash(_("Anonymous from now on: no answer says whose it is."))
        else:
            flash(_("Not anonymous any more: answers are stored with customer and order."))
    except Refusal as refusal:
        db.session.rollback()
        flash(spoken(refusal), "error")
    return redirect(url_for("builder.survey", public_id=public_id, _anchor="anonymity"), 303)
