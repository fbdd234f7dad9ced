"""The keys page, and what the API says of itself."""

from flask import Response, current_app, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveys.api import granting, queries
from surveys.api.forms import IssueKeyForm
from surveys.clock import real_now
from surveys.database import db
from surveys.doors import OpenDoor
from surveys.staff.door import StaffDoor

door = StaffDoor("keys", __name__, permission="keys", url_prefix="/settings/keys")
about = OpenDoor("api_description", __name__, url_prefix="/api")


@door.route("", methods=["GET", "POST"])
def keys() -> ResponseReturnValue:
    """List the keys; issue one, which is shown once."""
    form = IssueKeyForm()
    if form.validate_on_submit():
        key, secret = granting.issue(form.name.data or "", real_now())
        db.session.commit()
        return render_template("api/issued.html", key=key, secret=secret)
    page = render_template("api/keys.html", form=form, keys=queries.all_keys(), now=real_now())
    return page, 422 if form.is_submitted() else 200


@door.post("/<public_id>/revoke")
def revoke(public_id: str) -> ResponseReturnValue:
    """Switch a key off for good."""
    key = queries.key_or_missing(public_id)
    granting.revoke(key, real_now())
    db.session.commit()
    flash(_("The key %(name)s cannot be used any more.", name=key.name))
    return redirect(url_for("keys.keys"), 303)


@about.get("/openapi.json")
def openapi() -> Response:
    """Return the description of the API, made from the code."""
    answer = jsonify(current_app.api_doc)  # type: ignore[attr-defined]
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer
