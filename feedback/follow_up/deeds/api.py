"""Deeds on one task over the JSON API: change it, note something, make one of two or two of one."""

from typing import Any

from flask import Response, jsonify
from pydantic import Field

from feedback.follow_up import queries, triaging
from feedback.follow_up.api import (
    Cause,
    ClosingOutcome,
    DeedIn,
    PriorityName,
    Resolution,
    StateName,
    Text,
    begun,
    door,
    event_shape,
    told,
)
from feedback.follow_up.closing.goodwill import MOST_UNITS, Money
from feedback.follow_up.inbox import merging
from feedback.follow_up.triaging import Change, Ending, change
from surveys.api.shapes import Body, Line40, Line400, Moment, OnePath
from surveys.clock import business_now
from surveys.database import db

__all__ = ("door",)  # the door of tasks, with these addresses hung on it


class GoodwillIn(Body):
    """Money given with a solution, in minor units."""

    amount: int = Field(gt=0, le=MOST_UNITS * 100)
    currency: str = Field(pattern="^[A-Z]{3}$")


class TaskPatch(DeedIn):
    """What to change; what is left out stays as it is. `assignee: null` takes it from its owner."""

    state: StateName | None = None
    assignee: Line400 | None = Field(None, description="E-mail or id of a staff member.")
    resolution: Resolution | None = None
    cause: Cause | None = None
    cause_detail: str | None = Field(
        None, max_length=60, description="One of the finer causes that `codes` lists."
    )
    reason: Line40 | None = Field(
        None, description="What it was about after all; goes with the state resolved. `codes` lists them."
    )
    goodwill: GoodwillIn | None = Field(None, description="Money given with the solution, in minor units.")
    outcome: ClosingOutcome | None = None
    note: Text | None = Field(
        None,
        description="Needed with the state waiting_internal (who has to do what) and with the cause unknown (why).",
    )
    waiting_until: Moment | None = Field(
        None,
        description="When a waiting task comes back by itself: waiting_customer at most 7 days ahead,"
        " waiting_internal 14.",
    )
    priority: PriorityName | None = Field(None, description="Also a lower one; send why.")
    priority_reason: Text | None = Field(None, description="Why the priority changes; stands in the history.")


class NoteIn(Body):
    """Something colleagues should know; whoever is named in it (`@Ben`) hears of it."""

    text: Text
    contacted: bool = Field(False, description="The customer was reached, which ends the first clock.")
    by: Line400 | None = Field(None, description="E-mail or id of the staff member who writes.")


class MergeIn(DeedIn):
    """Which other open task of the same customer gets the answers of this one."""

    into: Line40


class SplitIn(DeedIn):
    """Which later answer becomes a task of its own: the `response` of one of the `signals`."""

    answer: Line40


@door.patch("/<public_id>")
def patch_task(path: OnePath, body: TaskPatch) -> Response:
    """Move, assign or annotate a task; 409 names the moves that are possible."""
    task, by = begun(path.public_id, body)
    wanted = Change(
        state=body.state,
        assignee=queries.staff_named(body.assignee) if body.assignee else None,
        unassign="assignee" in body.model_fields_set and body.assignee is None,
        resolution=body.resolution,
        cause=body.cause,
        outcome=body.outcome,
        waiting_until=body.waiting_until,
        note=body.note,
        ending=Ending(
            detail=body.cause_detail,
            reason=body.reason,
            goodwill=Money(body.goodwill.amount, body.goodwill.currency) if body.goodwill else None,
        ),
        priority=body.priority,
        priority_reason=body.priority_reason,
    )
    change(task, wanted, business_now(), actor=by)
    db.session.commit()
    return told(task)


@door.post("/<public_id>/notes")
def write_note(path: OnePath, body: NoteIn) -> tuple[Response, int]:
    """Add a note; it returns the rows of history it has made: the note, and one for each colleague who is named."""
    task = queries.task_or_missing(path.public_id)
    by = queries.worker_named(body.by, "by") if body.by else None
    before = len(queries.history(task))
    triaging.note(task, body.text, business_now(), actor=by, contacted=body.contacted)
    db.session.commit()
    rows: list[dict[str, Any]] = [event_shape(each) for each in queries.history(task)[before:]]
    return jsonify({"items": rows, "next": None}), 201


@door.post("/<public_id>/merge")
def merge_task(path: OnePath, body: MergeIn) -> Response:
    """Close a task as a duplicate of another open one of its customer, and return that one, which has its answers now."""
    task, by = begun(path.public_id, body)
    into = queries.task_named(body.into, "into")
    merging.merge(task, into, business_now(), actor=by)
    db.session.commit()
    return told(into)


@door.post("/<public_id>/split")
def split_task(path: OnePath, body: SplitIn) -> tuple[Response, int]:
    """Make a task of its own of a later answer, and return the new one."""
    task, by = begun(path.public_id, body)
    chosen = next((each for each in task.signals if each.response.public_id == body.answer), None)
    if chosen is None:
        raise merging.NotSplittable(field="answer")
    own = merging.split(task, chosen, business_now(), actor=by)
    db.session.commit()
    return told(own), 201
