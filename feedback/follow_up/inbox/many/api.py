"""Deeds on many tasks over the JSON API: order one, see how far it is and what was refused, take it back."""

from datetime import datetime
from typing import Any, Literal

from flask import Response, jsonify
from flask_babel import gettext
from pydantic import Field
from sqlalchemy import ColumnElement

from feedback.follow_up.api import ClosingOutcome
from feedback.follow_up.inbox.api import ByQuery, QueueIn
from feedback.follow_up.inbox.many import queries
from feedback.follow_up.inbox.many.ordering import KINDS, DetailOfDeedMissing, order, order_undo
from feedback.follow_up.inbox.many.working import work_at_once
from feedback.follow_up.inbox.models import BulkDeed, BulkItem
from feedback.follow_up.inbox.queries import narrowed
from feedback.follow_up.queries import UnknownTask, staff_named, worker_named
from surveys.api.door import MachineDoor, listing
from surveys.api.shapes import Body, Line40, Line400, ListQuery, Moment, OnePath, written
from surveys.clock import business_now
from surveys.database import db
from surveys.errors import N_, Refusal, refuse_others, together
from surveys.masking import quoted
from surveys.staff.models import StaffMember

door = MachineDoor("bulk_api", __name__, url_prefix="/api/v1/bulk-deeds")

MOST = 1000
WHO = "E-mail or id of the staff member who does it; only they see it and take it back."
# What each kind is told besides, and nothing else.
DETAILS: dict[str, frozenset[str]] = {
    "take": frozenset(),
    "give": frozenset({"assignee"}),
    "snooze": frozenset({"until", "reason"}),
    "close": frozenset({"outcome"}),
    "ask": frozenset(),
}


class OneOfBoth(Refusal):
    """A deed is on tasks that are named, or on a queue."""

    phrase = N_("Send either `tasks`, a list of ids, or `matching`, a queue of the inbox.")


class NotOfThisKind(Refusal):
    """A detail was sent that the deed has no use for."""

    phrase = N_("This does not belong to a deed of the kind %(kind)s. Leave it out.")


class BulkIn(Body):
    """One deed on many tasks: on those that are named, or on all that a queue holds."""

    by: Line400 = Field(description=WHO)
    kind: Literal["take", "give", "snooze", "close", "ask"] = Field(
        description="`ask` writes to unhappy customers without a comment and asks why; nothing is sent for P0 and P1."
    )
    tasks: list[Line40] | None = Field(None, min_length=1, max_length=MOST, description="Ids of tasks.")
    matching: QueueIn | None = Field(None, description="All tasks of a queue, as it is now.")
    assignee: Line400 | None = Field(
        None, description="To give: e-mail or id of a staff member, null for nobody."
    )
    until: Moment | None = Field(
        None, description="To snooze: until when; without it until the customer does something."
    )
    reason: Line400 | None = Field(None, description="To snooze: why they can wait.")
    outcome: ClosingOutcome | None = Field(None, description="To close: why nothing more is done.")


class UndoIn(Body):
    """Who takes it back."""

    by: Line400 = Field(description=WHO)


class RefusedQuery(ListQuery):
    """Which page of what was refused."""

    by: Line400 = Field(description=WHO)


@door.post("")
def order_deed(body: BulkIn) -> tuple[Response, int]:
    """Do one thing with many tasks: up to 25 at once (201), more behind by the loop (202)."""
    now, by = business_now(), worker_named(body.by, "by")
    deed = order(body.kind, details_of(body), chosen(body, by, now), now, by=by)
    work_at_once(deed, now)
    db.session.commit()
    return ordered(deed)


@door.get("/<public_id>")
def one_deed(path: OnePath, query: ByQuery) -> Response:
    """Return how far a deed is: `done_at` is null while some of its tasks wait."""
    return jsonify(deed_shape(queries.deed_of(path.public_id, worker_named(query.by, "by"))))


@door.get("/<public_id>/refused")
def list_refused(path: OnePath, query: RefusedQuery) -> Response:
    """List the tasks that a deed was refused for, with why."""
    deed = queries.deed_of(path.public_id, worker_named(query.by, "by"))
    page = queries.refused_of(deed, query.limit, query.cursor)
    return listing([refused_shape(each) for each in page.items], page.next)


@door.post("/<public_id>/undo")
def undo_deed(path: OnePath, body: UndoIn) -> tuple[Response, int]:
    """Take back what a deed has done, once; tasks that somebody has changed since stay as they are."""
    now, by = business_now(), worker_named(body.by, "by")
    undo = order_undo(queries.deed_of(path.public_id, by), now, by=by)
    work_at_once(undo, now)
    db.session.commit()
    return ordered(undo)


def chosen(body: BulkIn, by: StaffMember, now: datetime) -> list[int] | ColumnElement[bool]:
    """Return the ids of the tasks that are named, or the condition of the queue; refuse unknown tasks by their place."""
    if (body.tasks is None) == (body.matching is None):
        raise OneOfBoth(field="tasks")
    if body.matching is not None:
        return narrowed(body.matching.asked(), by, now)
    wanted = body.tasks or []
    known = queries.ids_of(wanted)
    refuse_others(wanted, known, lambda place, each: UnknownTask(field=f"tasks/{place}", name=quoted(each)))
    return list(known.values())


def details_of(body: BulkIn) -> dict[str, Any]:
    """Return what the deed needs, as it is kept; refuse what another kind needs."""
    told = set(body.model_fields_set) & frozenset().union(*DETAILS.values())
    strange = sorted(told - DETAILS[body.kind])
    if strange:
        raise together([NotOfThisKind(field=name, kind=body.kind) for name in strange])
    if body.kind == "give" and "assignee" not in told:
        raise DetailOfDeedMissing(
            N_("Say who gets the tasks; null takes them from their owners."), field="assignee"
        )
    return {
        "assignee": worker_named(body.assignee, "assignee").public_id if body.assignee else "",
        "until": body.until.isoformat() if body.until else "",
        "reason": body.reason or "",
        "outcome": body.outcome or "",
    }


def ordered(deed: BulkDeed) -> tuple[Response, int]:
    """Return a deed that was just ordered: done already, or taken on."""
    return jsonify(deed_shape(deed)), 202 if deed.done_at is None else 201


def deed_shape(deed: BulkDeed) -> dict[str, Any]:
    """Return the JSON form of a deed; what has no meaning for its kind is null."""
    found, undo, to = queries.progress_of(deed), queries.undo_of(deed), deed.details.get("assignee")
    return {
        "id": deed.public_id,
        "kind": deed.kind,
        "by": deed.staff.email,
        "assignee": staff_named(to).email if to else None,
        "until": deed.details.get("until") or None,
        "reason": deed.details.get("reason") or None,
        "outcome": deed.details.get("outcome") or None,
        "incident": deed.incident.public_id if deed.incident else None,
        "made_at": written(deed.made_at),
        "done_at": written(deed.done_at),
        "progress": found._asdict() | {"total": found.total},
        "can_undo": queries.can_undo(deed),
        "undoes": deed.undoes.public_id if deed.undoes else None,
        "undone_by": undo.public_id if undo else None,
    }


def refused_shape(item: BulkItem) -> dict[str, Any]:
    """Return the JSON form of one task that was left as it is."""
    return {"task": item.task.public_id, "why": gettext(item.why)}


assert set(DETAILS) == set(KINDS)
