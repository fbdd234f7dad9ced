"""The register of excluded answers, and the way in and out of it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.insights.excluded.queries import excluded_responses, with_and_without
from feedback.insights.queries import measured_survey
from feedback.insights.selection import NotOnOffer
from feedback.insights.suppression import K
from feedback.insights.views import selected
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.database import db
from surveys.questionnaires.queries import surveys_on_scales
from surveys.responses.excluding import exclude, put_back
from surveys.responses.queries import held_back, response_or_missing
from surveys.responses.reasons import REASONS
from surveys.scales import SCALES
from surveys.staff.door import StaffDoor, allowed, current_staff
from surveys.staff.permissions import sees_personal_data

door = StaffDoor("excluded", __name__, permission="insights", url_prefix="/insights/excluded")
deeds_door = StaffDoor("excluding", __name__, permission="exclude", url_prefix="/responses/<public_id>")

ON_A_PAGE = 50


@door.get("")
def register() -> ResponseReturnValue:
    """List the excluded answers of a period, with the scores as they are and as they would be."""
    now = business_now()
    selection = selected(now).whole
    if selection.survey is not None:
        measured_survey(selection.survey)
    reason = request.args.get("reason", "").strip() or None
    if reason is not None and reason not in REASONS:
        raise NotOnOffer("reason", reason)
    page = excluded_responses(selection, reason, ON_A_PAGE, request.args.get("cursor") or None)
    following: dict[str, Any] = {
        **selection.query(),
        **({"reason": reason} if reason else {}),
        "cursor": page.next,
    }
    return render_template(
        "insights/excluded.html",
        page=page,
        next_url=url_for("excluded.register", **following) if page.next else "",
        scores=with_and_without(selection, now),
        held=[each for each in held_back() if selection.survey in (None, each.key)],
        least=K,
        selection=selection,
        reason=reason,
        reasons=REASONS,
        surveys=surveys_on_scales(),
        brands=all_brands(),
        scales=SCALES,
        personal=sees_personal_data(current_staff().role),
        may_put_back=allowed("exclude"),
        now=now,
    )


@deeds_door.post("/exclude")
def exclude_response(public_id: str) -> ResponseReturnValue:
    """Let a response count nowhere, for the chosen reason."""
    exclude(response_or_missing(public_id), request.form.get("reason", ""), current_staff(), business_now())
    db.session.commit()
    flash(_("The answer is excluded. It stays stored, and it can be put back."))
    return redirect(url_for("overview.response", public_id=public_id), 303)


@deeds_door.post("/put-back")
def put_response_back(public_id: str) -> ResponseReturnValue:
    """Let a response count again; from the list it goes back there."""
    put_back(response_or_missing(public_id))
    db.session.commit()
    flash(_("The answer counts again."))
    if request.form.get("from") == "list":
        return redirect(url_for("excluded.register"), 303)
    return redirect(url_for("overview.response", public_id=public_id), 303)
