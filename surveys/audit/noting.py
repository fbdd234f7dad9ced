"""Add rows about what staff did."""

from collections.abc import Sequence
from datetime import datetime

from surveys.audit.changes import MOST, Change
from surveys.audit.models import AuditEvent
from surveys.database import db


def note(
    action: str,
    now: datetime,
    *,
    way: str,
    actor_id: int | None = None,
    about: str | None = None,
    changes: Sequence[Change] = (),
) -> AuditEvent:
    """Add one row; of many changed rows the first 20 are named, and how many more there were."""
    named: list[Change] = list(changes[:MOST])
    if len(changes) > MOST:
        named.append({"more": len(changes) - MOST})
    row = AuditEvent(
        at=now, actor_id=actor_id, way=way, action=action[:80], object_id=about and about[:100], changes=named
    )
    db.session.add(row)
    return row
