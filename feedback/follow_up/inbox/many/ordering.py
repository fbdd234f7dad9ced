"""Order a deed on many tasks, and order that one be taken back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.exc import IntegrityError

from feedback.follow_up.codes import CLOSING_OUTCOMES
from feedback.follow_up.inbox.many.queries import call_off, can_undo, done_items, has_waiting, put_in
from feedback.follow_up.inbox.models import BulkDeed, BulkItem
from feedback.follow_up.incidents.models import Incident
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.staff.models import StaffMember

KINDS = ("take", "give", "snooze", "close", "ask")


class NothingSelected(Refusal):
    """A deed on many needs some."""

    phrase = N_("Select the tasks first, with the box before their names or the key X.")


class NoSuchDeed(Refusal):
    """Only these things are done with many tasks."""

    phrase = N_("This cannot be done with several tasks. Open them one by one.")


class NotUndoable(Conflict):
    """It was taken back before, or cannot be."""

    phrase = N_(
        "There is nothing to undo: it was undone already, or a mail has left that nobody can call back."
    )


class CalledOff(Conflict):
    """The deed was taken back before it came to this task."""

    phrase = N_("It was taken back before this customer was written to.")


class DetailOfDeedMissing(Refusal):
    """The deed needs something said with it; `field` names it."""


def order(
    kind: str,
    details: dict[str, Any],
    tasks: Sequence[int] | ColumnElement[bool],
    now: datetime,
    *,
    by: StaffMember,
) -> BulkDeed:
    """Order a deed on the tasks of these ids, or on a whole queue; the loop works it off.

    `details`: assignee (public id or empty) to give; until (ISO time or empty) and reason to snooze; outcome to close.
    Refuses with NoSuchDeed, DetailOfDeedMissing, NothingSelected.
    """
    if kind not in KINDS:
        raise NoSuchDeed()
    if kind == "snooze" and not (details.get("reason") or "").strip():
        raise DetailOfDeedMissing(N_("Say why they can wait; colleagues read it."), field="reason")
    if kind == "close" and details.get("outcome") not in CLOSING_OUTCOMES:
        raise DetailOfDeedMissing(
            N_("Say why the tasks are closed: choose one of the outcomes."), field="outcome"
        )
    return begin(kind, details, tasks, now, by=by)


def begin(
    kind: str,
    details: dict[str, Any],
    tasks: Sequence[int] | ColumnElement[bool],
    now: datetime,
    *,
    by: StaffMember,
    incident: Incident | None = None,
) -> BulkDeed:
    """Store a deed on the tasks of these ids, or on all that meet a condition; refuse with NothingSelected."""
    deed = BulkDeed(staff=by, kind=kind, details=details, incident=incident, made_at=now)
    db.session.add(deed)
    db.session.flush()
    if isinstance(tasks, Sequence):
        db.session.add_all(BulkItem(deed=deed, task_id=each) for each in tasks)
        db.session.flush()
    else:
        put_in(deed, tasks)
    if not has_waiting(deed):
        raise NothingSelected(field="tasks")
    return deed


def order_undo(deed: BulkDeed, now: datetime, *, by: StaffMember) -> BulkDeed:
    """Order that what a deed has done be taken back; refuse with NotUndoable.

    What is not written yet of a letter to many is not written any more.
    """
    if not can_undo(deed):
        raise NotUndoable()
    undo = BulkDeed(staff=by, kind="undo", undoes=deed, details={}, made_at=now)
    db.session.add(undo)
    try:
        db.session.flush()
    except IntegrityError:
        raise NotUndoable() from None
    if deed.done_at is None:
        call_off(deed, CalledOff.phrase)
        deed.done_at = now
    items = done_items(deed)
    for item in items:
        db.session.add(BulkItem(deed=undo, task_id=item.task_id, before=item.before, left_at=item.left_at))
    undo.done_at = None if items else now
    db.session.flush()
    return undo
