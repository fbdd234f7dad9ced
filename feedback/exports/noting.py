"""Keep account of who took which data out: noted before the first byte leaves, and at the end how many rows did."""

from collections.abc import Mapping
from datetime import datetime

from feedback.exports.tables import Table
from surveys.audit.models import AuditEvent
from surveys.audit.noting import note
from surveys.database import db

# What was chosen is written down where it names nobody: of words to look for, of whose tasks, only that they were chosen.
HARMLESS = frozenset(
    {
        "survey", "brand", "since", "until", "country", "language", "group", "mood", "theme", "flag", "contact", "only",
        "state", "table", "updated_since", "without_personal_data",
    }
)  # fmt: skip


def begin(
    action: str,
    now: datetime,
    chosen: Mapping[str, str],
    form: str,
    *,
    actor_id: int | None = None,
    key: str | None = None,
) -> int:
    """Note that somebody, or whoever has the API key `key`, takes a file out; return the row's number. Flushes."""
    values = {name: value[:80] for name, value in sorted(chosen.items()) if name in HARMLESS and value}
    told = sorted(name for name, value in chosen.items() if value and name not in HARMLESS)
    change = {"chosen": told, "values": values, "format": form}
    row = note(action, now, way="export", actor_id=actor_id, about=key, changes=[change])
    db.session.flush()
    return row.id


def end(row_id: int, table: Table, *, is_whole: bool) -> None:
    """Note how many rows left, and whether that was all of them; a row that is gone already stays gone. Flushes."""
    row = db.session.get(AuditEvent, row_id)
    if row is not None:
        row.changes = [{**change, "rows": table.written, "whole": is_whole} for change in row.changes]
        db.session.flush()
