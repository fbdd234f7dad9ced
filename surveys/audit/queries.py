"""What is asked about changes by staff."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import null, select
from sqlalchemy.orm import joinedload

from surveys.audit.deeds import BRAND, Subject
from surveys.audit.models import AuditEvent
from surveys.cursor import Page, decode, page_of
from surveys.database import Base, db
from surveys.staff.models import StaffMember


class Choice(NamedTuple):
    """Which rows a list shows; None where it does not matter. `about` is an opaque id or a key."""

    staff: str | None = None
    way: str | None = None
    about: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def page_of_events(choice: Choice, limit: int, cursor: str | None) -> Page[AuditEvent]:
    """Return rows, the newest first; refuse a damaged cursor."""
    wanted = select(AuditEvent).options(joinedload(AuditEvent.actor)).order_by(AuditEvent.id.desc())
    if cursor is not None:
        wanted = wanted.where(AuditEvent.id < decode(cursor, int)[0])
    if choice.staff is not None:
        wanted = wanted.join(AuditEvent.actor).where(StaffMember.public_id == choice.staff)
    if choice.way is not None:
        wanted = wanted.where(AuditEvent.way == choice.way)
    if choice.about is not None:
        wanted = wanted.where(AuditEvent.object_id == choice.about)
    if choice.since is not None:
        wanted = wanted.where(AuditEvent.at >= choice.since)
    if choice.until is not None:
        wanted = wanted.where(AuditEvent.at < choice.until)
    return page_of(list(db.session.scalars(wanted.limit(limit + 1))), limit, lambda row: (row.id,))


def names_of(subject: Subject, keys: Collection[str]) -> dict[str, str | None]:
    """Return those of the things that are still there by their ids or keys, with their names if these may be shown."""
    table = Base.metadata.tables[subject.table]
    key, name = table.c[subject.key], table.c[subject.name] if subject.name else null()
    rows = db.session.execute(select(key, name).where(key.in_(keys)))
    return {row[0]: row[1] for row in rows}


def calendar_zone() -> str:
    """Return the time zone by which days are told: that of the first shop by name."""
    brands = Base.metadata.tables[BRAND.table]
    return db.session.scalar(select(brands.c.time_zone).order_by(brands.c.name).limit(1)) or "UTC"
