"""Find the link that somebody came by."""

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import joinedload

from feedback.reports.models import ReportLink, SavedView
from surveys.database import db
from surveys.errors import Missing
from surveys.staff.models import StaffMember
from surveys.staff.secrets import hash_of


def link_by(token: str) -> ReportLink | None:
    """Return the link with this token, whether it still works or not; None when nobody was given it."""
    query = select(ReportLink).where(ReportLink.token_hash == hash_of(token))
    return db.session.scalar(query.options(joinedload(ReportLink.view), joinedload(ReportLink.made_by)))


def link_or_missing(public_id: str, staff: StaffMember, *, any_of_all: bool) -> ReportLink:
    """Return a link to a view of somebody's own or made by them, or with `any_of_all` any; refuse as missing."""
    query = select(ReportLink).join(ReportLink.view).where(ReportLink.public_id == public_id)
    if not any_of_all:
        query = query.where(or_(SavedView.owner_id == staff.id, ReportLink.made_by_id == staff.id))
    found = db.session.scalar(query)
    if found is None:
        raise Missing()
    return found


def note_use(link_id: int, now: datetime) -> None:
    """Note that a link was used."""
    db.session.execute(update(ReportLink).where(ReportLink.id == link_id).values(last_used_at=now))
