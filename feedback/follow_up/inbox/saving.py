"""Filters of people's own: save one under a name, share it with the team, throw it away."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from feedback.follow_up.inbox.asking import Asked
from feedback.follow_up.inbox.models import InboxFilter
from surveys.database import db
from surveys.errors import N_, Conflict, Missing, Refusal
from surveys.responses.comments import without_controls
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
    name = free_name(name, by)
    if number_of(by) >= MOST:
        raise TooManyFilters(field="name")
    kept = InboxFilter(staff=by, name=name, wanted=asked.values(), is_shared=shared, made_at=now)
    db.session.add(kept)
    store()
    return kept


def change(
    kept: InboxFilter, *, name: str | None = None, asked: Asked | None = None, shared: bool | None = None
) -> None:
    """Give a filter another name or queue, let the team see it, or no longer; None leaves it as it is.

    Refuses with NameMissing or NameTaken.
    """
    if name is not None:
        kept.name = free_name(name, kept.staff, kept)
    if asked is not None:
        kept.wanted = asked.values()
    if shared is not None:
        kept.is_shared = shared
    store()


def free_name(name: str, staff: StaffMember, kept: InboxFilter | None = None) -> str:
    """Return a name as it is kept; refuse with NameMissing, or NameTaken when another filter of theirs has it."""
    name = " ".join(without_controls(name).split())
    if not name or len(name) > LONGEST_NAME:
        raise NameMissing(field="name")
    same = select(InboxFilter).where(InboxFilter.staff_id == staff.id, InboxFilter.name == name)
    if db.session.scalar(same) not in (None, kept):
        raise NameTaken(field="name")
    return name


def store() -> None:
    """Store what was said of a filter; refuse with NameTaken when the same name was saved a moment ago."""
    try:
        db.session.flush()
    except IntegrityError:
        raise NameTaken(field="name") from None


def number_of(staff: StaffMember) -> int:
    """Count somebody's own filters."""
    own = select(func.count()).select_from(InboxFilter).where(InboxFilter.staff_id == staff.id)
    return db.session.scalar(own) or 0


def filters_of(staff: StaffMember) -> Sequence[InboxFilter]:
    """Return somebody's own filters and those that colleagues share, by name."""
    theirs = or_(InboxFilter.staff_id == staff.id, InboxFilter.is_shared)
    query = select(InboxFilter).where(theirs).options(joinedload(InboxFilter.staff))
    return db.session.scalars(query.order_by(func.lower(InboxFilter.name), InboxFilter.id)).all()


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


def seen_filter(public_id: str, staff: StaffMember) -> InboxFilter:
    """Return a filter of somebody's own, or one that a colleague shares; refuse with NoFilter."""
    found = db.session.scalar(select(InboxFilter).where(InboxFilter.public_id == public_id))
    if found is None or not (found.is_shared or found.staff_id == staff.id):
        raise NoFilter()
    return found
