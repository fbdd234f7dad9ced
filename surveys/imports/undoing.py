"""Take back what an import made, as long as nothing has come of it.

What the file only changed stays as it is; so does what was asked, answered or changed since. In the
order of the newest rows first: a customer can go when the orders that came after have gone.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Column, delete, or_, select, update
from sqlalchemy.engine import CursorResult

from surveys.customers.models import Customer, PermissionEvent, Purchase
from surveys.database import Base, db
from surveys.errors import N_, Conflict
from surveys.imports.models import ImportChunk, ImportRun
from surveys.imports.queries import locked_run
from surveys.invitations.models import Invitation
from surveys.permission.models import Suppression
from surveys.responses.models import Response
from surveys.staff.models import StaffMember

ASKED, ANSWERED, CHANGED, IN_USE = "asked", "answered", "changed", "in_use"
KEPT: dict[str, str] = {
    ASKED: N_("the customer was asked since"),
    ANSWERED: N_("the customer has answered"),
    CHANGED: N_("changed since by the shop or by another file"),
    IN_USE: N_("needed by something else, such as another order"),
}


def begin_undoing(run: ImportRun, by: StaffMember | None, now: datetime) -> None:
    """Let everything that the import made be taken back in the background; raises Conflict unless it is done."""
    if locked_run(run.id).state != "done":
        raise Conflict(N_("Only an import that is through can be undone; this one is not, or not any more."))
    run.undone_by, run.undone_at = by, now
    run.removed, run.kept = 0, {}
    with_rows = update(ImportChunk).where(ImportChunk.run_id == run.id)
    changed = db.session.execute(
        with_rows.values(is_waiting=True), execution_options={"synchronize_session": False}
    )
    run.state = "undoing" if number_of(changed) else "undone"
    db.session.flush()


def undo_chunk(run: ImportRun, chunk: ImportChunk, now: datetime) -> None:
    """Remove what one chunk made, and count what had to stay by its reason."""
    kept = Counter(run.kept)
    if entries := chunk.made.get("suppression"):
        run.removed += release_all(entries, run.undone_by, now)
    for model in (Response, Purchase, Customer):
        public_ids = chunk.made.get(model.__tablename__, [])
        ids = list(db.session.scalars(select(model.id).where(model.public_id.in_(public_ids))))
        reasons = reasons_to_stay(model, ids)
        free = [row_id for row_id in ids if row_id not in reasons]
        if model is Purchase:
            remove(Invitation, Invitation.purchase_id.in_(free))
        run.removed += remove(model, model.id.in_(free))
        kept.update(reasons.values())
    run.kept = dict(kept)


def reasons_to_stay(model: type[Base], ids: list[int]) -> dict[int, str]:
    """Return for those of the rows that must stay the reason."""
    found: dict[int, str] = {}
    if model is Purchase:
        found |= dict.fromkeys(changed_purchases(ids), CHANGED)
    if model is Customer:
        found |= dict.fromkeys(changed_customers(ids), CHANGED)
    for column in references_to(model):
        for row_id in db.session.scalars(select(column).where(column.in_(ids)).distinct()):
            found[row_id] = IN_USE
    if model is not Response:
        found |= dict.fromkeys(asked(model, ids), ASKED)
        own = Response.purchase_id if model is Purchase else Response.customer_id
        found |= dict.fromkeys(db.session.scalars(select(own).where(own.in_(ids)).distinct()), ANSWERED)
    return found


def references_to(model: type[Base]) -> list[Column[Any]]:
    """Return the columns by which other tables, of any room, hold rows of `model` fast.

    What goes with its row (ON DELETE CASCADE) holds nothing, but for requests to consent, which were mailed.
    """
    goes_along = {"invitation", "permission_event"}
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == model.__tablename__
        and table.name not in goes_along
        and (key.ondelete != "CASCADE" or table.name == "consent_request")
    ]


def asked(model: type[Base], ids: list[int]) -> Iterable[int]:
    """Return which purchases or customers have a question that left, or is leaving."""
    own = Invitation.purchase_id if model is Purchase else Invitation.customer_id
    left = or_(Invitation.state.not_in(("planned", "refused")), Invitation.claimed_until.is_not(None))
    # A customer's questions went with their orders, but for those about orders that stay.
    counts = left if model is Purchase else Invitation.id.is_not(None)
    return [
        row_id for row_id in db.session.scalars(select(own).where(own.in_(ids), counts).distinct()) if row_id
    ]


def changed_purchases(ids: list[int]) -> Iterable[int]:
    """Return which purchases somebody told of again, with news."""
    return db.session.scalars(
        select(Purchase.id).where(Purchase.id.in_(ids), Purchase.changed_at != Purchase.created_at)
    )


def changed_customers(ids: list[int]) -> Iterable[int]:
    """Return which customers have told us, or the shop of them, something since."""
    theirs = PermissionEvent.customer_id.in_(ids)
    news = or_(PermissionEvent.kind != "told", PermissionEvent.source != "import")
    return db.session.scalars(select(PermissionEvent.customer_id).where(theirs, news).distinct())


def release_all(public_ids: list[str], by: StaffMember | None, now: datetime) -> int:
    """Take addresses off the list again; return how many were on it."""
    on_it = (Suppression.public_id.in_(public_ids), Suppression.released_at.is_(None))
    values = {"released_at": now, "released_by_id": by.id if by else None}
    return number_of(
        db.session.execute(
            update(Suppression).where(*on_it).values(values), execution_options={"synchronize_session": False}
        )
    )


def remove(model: type[Base], condition: Any) -> int:
    """Delete the rows of `model` that meet the condition; return how many."""
    return number_of(
        db.session.execute(delete(model).where(condition), execution_options={"synchronize_session": False})
    )


def number_of(result: Any) -> int:
    """Return how many rows a statement changed."""
    assert isinstance(result, CursorResult)
    return result.rowcount
