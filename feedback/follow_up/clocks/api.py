"""Snoozes and promises over the JSON API."""

from typing import Annotated, Literal

from flask import Response, jsonify
from pydantic import BaseModel, Field, StringConstraints

from feedback.follow_up import queries
from feedback.follow_up.api import DeedIn, begun, promise_shape, told
from feedback.follow_up.clocks import promising, snoozing
from feedback.follow_up.clocks.queries import promise_or_missing
from feedback.follow_up.deeds.api import door
from surveys.api.shapes import Line200, Line400, Moment, OnePath
from surveys.clock import business_now
from surveys.database import db

__all__ = ("door",)  # the door of tasks, with these addresses hung on it


class SnoozeBody(DeedIn):
    """Until when, and why."""

    until: Moment | None = Field(
        None,
        description="At most 5 business days ahead; null or left out: until the customer does something.",
    )
    reason: Line400


class PromiseBody(DeedIn):
    """What is promised, and until when."""

    what: Line200
    until: Moment


class PromisePatch(DeedIn):
    """What became of the promise; `reason` belongs to `withdrawn`."""

    state: Literal["kept", "withdrawn"]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)] = ""


class PromisePath(BaseModel):
    """The address of a promise of a task."""

    public_id: str
    promise_id: str


@door.put("/<public_id>/snooze")
def snooze_task(path: OnePath, body: SnoozeBody) -> Response:
    """Put a task out of sight; its clocks go on. 409 for P0, P1 and what is not open."""
    task, by = begun(path.public_id, body)
    try:
        snoozing.snooze(task, body.until, body.reason, business_now(), actor=by)
    except snoozing.SnoozeRefused as refusal:
        if refusal.field == "snoozed_until":  # as the form of the page calls it
            refusal.field = "until"
        raise
    db.session.commit()
    return told(task)


@door.delete("/<public_id>/snooze")
def wake_task(path: OnePath) -> Response:
    """Bring a task back into sight."""
    task = queries.task_or_missing(path.public_id)
    snoozing.wake(task, business_now(), actor=None)
    db.session.commit()
    return told(task)


@door.post("/<public_id>/promises")
def make_promise(path: OnePath, body: PromiseBody) -> tuple[Response, int]:
    """Note what the customer was promised, with a timer of its own."""
    task, by = begun(path.public_id, body)
    made = promising.promise(task, body.what, body.until, business_now(), actor=by)
    db.session.commit()
    return jsonify(promise_shape(made)), 201


@door.patch("/<public_id>/promises/<promise_id>")
def settle_promise(path: PromisePath, body: PromisePatch) -> Response:
    """Say that a promise was kept or is taken back; 409 when somebody already has."""
    task, by = begun(path.public_id, body)
    made = promise_or_missing(task, path.promise_id)
    if body.state == "kept":
        promising.keep(made, business_now(), actor=by)
    else:
        promising.withdraw(made, body.reason, business_now(), actor=by)
    db.session.commit()
    return jsonify(promise_shape(made))
