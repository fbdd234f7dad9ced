"""Filters of people's own: save one under a name, share it with the team, throw it away."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from feedback.follow_up.inbox.asking import Asked
from feedback.follow_up.inbox.models import InboxFilter
from surveys.database import db
from surveys.errors import N_, Conflict, Missing, Refusal
from surveys.staff.models import StaffMember

MOST = 30
LONGEST_NAME = 60


class NoFilter(Missing):
    """There is no such filter, or it is somebody else's."""

    phrase = N_("There is no such filter of yours. The inbox lists those there are.")


class NameTaken(Conflict):
    """One name stands for one filter."""

    phrase = N_("You have a filter of this name already. Choose another name, or throw that one away first.")


class TooManyFilters(Conflict):
    """Nobody finds anything in a longer list."""

    phrase = N_("You have 30 filters already. Throw one away first.")


class NameMissing(Refusal):
    """A filter is found by its name."""

    phrase = N_("Give the filter a name of up to 60 characters.")


def save(name: str, asked: Asked, now: datetime, *, by: StaffMember, shared: bool = False) -> InboxFilter:
    """Keep a queue under a name; refuse with NameMissing, NameTaken or TooManyFilters."""
    name = " ".join(name.replace("\0", "").split())
    if not name or len(name) > LONGEST_NAME:
        raise NameMissing(field="name")
    own = select(func.count()).select_from(InboxFilter).where(InboxFilter.staff_id == by.id)
    if db.session.scalar(own.where(InboxFilter.name == name)):
        raise NameTaken(field="name")
    if (db.session.scalar(own) or 0) >= MOST:
        raise TooManyFilters(field="name")
    kept = InboxFilter(staff=by, name=name, wanted=asked.values(), is_shared=shared, made_at=now)
    db.session.add(kept)
    db.session.flush()
    return kept


def filters_of(staff: StaffMember) -> Sequence[InboxFilter]:
    """Return somebody's own filters and those that colleagues share, by name."""
    theirs = or_(InboxFilter.staff_id == staff.id, InboxFilter.is_shared)
    query = select(InboxFilter).where(theirs).options(joinedload(InboxFilter.staff))
    return db.session.scalars(query.order_by(func.lower(InboxFilter.name), InboxFilter.id)).all()


def share(public_id: str, shared: bool, *, by: StaffMember) -> None:
    """Let the team see a filter of one's own, or no longer; refuse with NoFilter."""
    own_filter(public_id, by).is_shared = shared
    db.session.flush()


def throw_away(public_id: str, *, by: StaffMember) -> None:
    """Forget a filter of one's own; refuse with NoFilter."""
    db.session.delete(own_filter(public_id, by))
    db.session.flush()


def own_filter(public_id: str, staff: StaffMember) -> InboxFilter:
    """Return a filter of somebody's own; refuse with NoFilter."""
    wanted = (InboxFilter.public_id == public_id, InboxFilter.staff_id == staff.id)
    found = db.session.scalar(select(InboxFilter).where(*wanted))
    if found is None:
        raise NoFilter()
    return found
