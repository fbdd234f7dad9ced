"""Correct the reading of a comment where it is shown."""

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.analysis.corrections.correcting import NoSuchReading, correct_label, correct_theme
from surveys.clock import business_now
from surveys.database import db
from surveys.responses.queries import response_or_missing
from surveys.staff.door import StaffDoor, current_staff
from surveys.staff.views import safe_next

door = StaffDoor("corrections", __name__, permission="correct", url_prefix="/responses/<public_id>/reading")


@door.post("")
def correct(public_id: str) -> ResponseReturnValue:
    """Store what a person says of a comment, and go back to where they said it."""
    response, sent, now = response_or_missing(public_id), request.form, business_now()
    if "label" in sent:
        correct_label(response, sent["label"], current_staff(), now)
    elif "without" in sent:
        correct_theme(response, sent["without"], False, current_staff(), now)
    elif "theme" in sent:
        correct_theme(response, sent["theme"], True, current_staff(), now)
    else:
        raise NoSuchReading()
    db.session.commit()
    thanks = gettext(
        "Noted, thank you. The reader learns from such corrections once there are enough of them."
    )
    flash(
        thanks, f"correction {public_id}"
    )  # Said at the comment too, which may be far from the top of the page.
    back_to = safe_next(sent.get("next")).partition("#")[0]
    return redirect(f"{back_to}#reading-{public_id}", 303)
