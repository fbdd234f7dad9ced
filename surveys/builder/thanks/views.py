"""Add, change, move and delete what customers read in the end."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from surveys.builder.door import builder_door, keep, keep_at_once
from surveys.builder.filters import things_to_look_at
from surveys.builder.forms import rows_shown
from surveys.builder.queries import Work, work_on
from surveys.builder.thanks.forms import MOST_CONDITIONS, form_for, row_from
from surveys.clock import business_now
from surveys.questionnaires.definition import THANKS, languages
from surveys.questionnaires.drafting import refuse_unless_editable
from surveys.questionnaires.edits import moved_ending, with_ending, without_ending
from surveys.questionnaires.texts import slots_of_ending
from surveys.segments.frequent.queries import frequent_in

door = builder_door("builder_thanks", __name__)


@door.route("/<public_id>/thanks/new", methods=["GET", "POST"])
def add(public_id: str) -> ResponseReturnValue:
    """Add an ending behind the others."""
    return ending_page(work_on(public_id), None, {"texts": {}})


@door.route("/<public_id>/thanks/<int:at>", methods=["GET", "POST"])
def ending(public_id: str, at: int) -> ResponseReturnValue:
    """Change an ending."""
    work = work_on(public_id)
    return ending_page(work, at, work.ending_or_missing(at))


def ending_page(work: Work, at: int | None, row: Mapping[str, Any]) -> ResponseReturnValue:
    """Show the form of one ending, or keep what it says."""
    refuse_unless_editable(work.survey, business_now())
    place = f"{THANKS}.{len(work.endings) if at is None else at}"
    slots, tags = list(slots_of_ending(place, row["texts"])), languages(work.definition)
    things = things_to_look_at(work.survey.kind, work.definition)
    form = form_for(row, slots, tags, things)
    if not form.is_submitted():
        form.read_again(work.step)
    elif form.validate() and (written := row_from(form, slots, tags, things)) is not None:
        done = keep(work, with_ending(work.definition, at, written), form, place)
        if done is not None:
            return done
    page = render_template(
        "builder/ending.html",
        work=work,
        form=form,
        slots=slots,
        tags=tags,
        things=things,
        frequent=frequent_in(),
        when=rows_shown(form, "when", MOST_CONDITIONS),
        at=at,
    )
    return page, 422 if form.is_submitted() else 200


@door.post("/<public_id>/thanks/<int:at>/move")
def move(public_id: str, at: int) -> ResponseReturnValue:
    """Move an ending one place up or down: the first that fits is said."""
    work = work_on(public_id)
    work.ending_or_missing(at)
    by = -1 if request.form.get("way") == "up" else 1
    return keep_at_once(work, moved_ending(work.definition, at, by), THANKS)


@door.post("/<public_id>/thanks/<int:at>/delete")
def delete(public_id: str, at: int) -> ResponseReturnValue:
    """Delete an ending from the draft."""
    work = work_on(public_id)
    work.ending_or_missing(at)
    return keep_at_once(work, without_ending(work.definition, at), THANKS)
