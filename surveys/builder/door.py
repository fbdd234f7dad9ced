"""The builder's door, and the one way in which its pages keep a change."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveys.builder.forms import DraftForm, step_in
from surveys.builder.queries import Work, work_on
from surveys.clock import business_now
from surveys.database import db
from surveys.doors import spoken
from surveys.errors import Refusal
from surveys.questionnaires.drafting import change
from surveys.staff.door import StaffDoor, current_staff


def builder_door(name: str, import_name: str) -> StaffDoor:
    """Return a door for those who may write surveys."""
    return StaffDoor(name, import_name, permission="surveys", url_prefix="/surveys")


def back_to(work: Work, place: str = "") -> ResponseReturnValue:
    """Return the way back to the editor, where the place is."""
    return redirect(url_for("builder.survey", public_id=work.survey.public_id, _anchor=place or None), 303)


def keep(
    work: Work, definition: Mapping[str, Any], form: DraftForm, place: str
) -> ResponseReturnValue | None:
    """Keep what a form changed and go back to its place; None when that was refused and the form says why.

    Whoever sends the form once more has seen that the draft moved: what they wrote goes into it as it is then.
    """
    public_id = work.survey.public_id
    try:
        change(work.survey, definition, form.after, current_staff(), business_now())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        form.read_again(work_on(public_id).step)
        return None
    flash(_("Kept in the draft. Nobody is asked it before you publish it."))
    return back_to(work, place)


def seen_step() -> int:
    """Return the step of the draft that whoever pressed a button had before them."""
    return step_in(request.form.get("step"))


def keep_at_once(work: Work, definition: Mapping[str, Any], place: str) -> ResponseReturnValue:
    """Keep what a button changed and go back to the place; what is refused is said there."""
    try:
        change(work.survey, definition, seen_step(), current_staff(), business_now())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        flash(spoken(refusal), "error")
    return back_to(work, place)
