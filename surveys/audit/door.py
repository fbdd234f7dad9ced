"""Watch what staff change through pages, and what they take away.

Changes are collected while the session is flushed, and their row is added just before the
commit, so both are stored or neither. Looks at exports are noted before the file leaves.
"""

from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, request
from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from surveys.audit.changes import Change, describe
from surveys.audit.models import AuditEvent
from surveys.audit.noting import note
from surveys.clock import real_now
from surveys.database import begin_writing, db
from surveys.doors import SAFE_METHODS
from surveys.staff.models import StaffSession

COLLECTED, WHO = "audit_changes", "audit_actor"
ENTRANCE = "staff"  # the open door where people sign in
# Signing in is a row of its own, whatever it stores; nothing of the shop changes in these.
UNINTERESTING = frozenset({"staff_session", "failed_sign_in", "audit_event"})


def init_app(app: Flask) -> None:
    """Note every file that staff take away."""
    app.after_request(note_export)


def is_watched() -> bool:
    """Return whether somebody changes something by a page just now; those who sign in are staff as well."""
    if not has_request_context() or request.method in SAFE_METHODS:
        return False
    if not getattr(current_app.blueprints.get(request.blueprint or ""), "is_audited", True):
        return False
    return g.get("staff") is not None or request.blueprint == ENTRANCE


@event.listens_for(db.session, "before_flush")
def collect(session: Session, *_given: object) -> None:
    """Remember what the flush is about to change, and who signs in by it."""
    if not is_watched():
        return
    found: list[Change] = session.info.setdefault(COLLECTED, [])
    for rows, what in ((session.new, "created"), (session.dirty, "changed"), (session.deleted, "deleted")):
        for row in rows:
            change = change_of(row, what)
            if change is not None:
                found.append(change)
            elif isinstance(row, StaffSession) and what == "created":
                session.info[WHO] = row.staff_id or row.staff.id


@event.listens_for(db.session, "before_commit")
def write(session: Session) -> None:
    """Add the row about what was changed, in the same transaction; a second commit wants something new to tell."""
    if session.in_nested_transaction() or not is_watched():
        return
    session.flush()
    changes, actor_id = session.info.pop(COLLECTED, []), session.info.pop(WHO, None) or staff_id()
    if actor_id is None or (not changes and g.get("is_audited")):
        return
    action, about = request.endpoint or "", subject()
    note(action, real_now(), way="page", actor_id=actor_id, about=about, changes=changes)
    g.is_audited = True


@event.listens_for(db.session, "after_rollback")
def forget(session: Session) -> None:
    """Forget what was collected for a transaction that failed."""
    session.info.pop(COLLECTED, None)
    session.info.pop(WHO, None)


def note_export(answer: Response) -> Response:
    """Note, before a file leaves, who takes it and with which choice."""
    leaves = answer.headers.get("Content-Disposition", "").startswith("attachment")
    is_ours = g.get("staff") is not None and request.method == "GET" and not g.get("is_export_noted")
    if not leaves or answer.status_code >= 400 or not is_ours:
        return answer
    actor_id, about = staff_id(), subject()
    chosen = sorted(name for name, value in request.args.items() if value)
    db.session.rollback()
    begin_writing()
    changes: list[Change] = [{"chosen": chosen}] if chosen else []
    note(request.endpoint or "", real_now(), way="export", actor_id=actor_id, about=about, changes=changes)
    db.session.commit()
    return answer


def staff_id() -> int | None:
    """Return the number of who is signed in, without asking the database."""
    staff = g.get("staff")
    identity = inspect(staff).identity if staff is not None else None
    return identity[0] if identity else None


def subject() -> str | None:
    """Return what the address names: an opaque id or a key, never a secret or a person."""
    named = request.view_args or {}
    return next((str(named[name]) for name in ("public_id", "key", "role") if name in named), None)


def change_of(row: Any, what: str) -> Change | None:
    """Return one changed row in words that name nobody; None when nothing of interest changed."""
    state = inspect(row)
    table = state.mapper.local_table.name
    if table in UNINTERESTING or isinstance(row, AuditEvent):
        return None
    fields = {}
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if history.has_changes():
            fields[column.key] = (first(history.deleted), first(history.added))
    if what == "changed" and not fields:
        return None
    name = getattr(row, "public_id", None) or (state.identity[0] if state.identity else "")
    return describe(table, str(name), what, fields if what == "changed" else {})


def first(values: Any) -> Any:
    """Return the one value of a history, or None."""
    return values[0] if values else None
