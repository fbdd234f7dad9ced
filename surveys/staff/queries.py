"""What pages and doors ask about staff."""

from datetime import datetime

from sqlalchemy import ColumnElement, select

from surveys.cursor import Page, decode, page_of
from surveys.database import db
from surveys.errors import N_, Missing
from surveys.staff.models import OneTimeLink, StaffAbsence, StaffMember, StaffSession
from surveys.staff.secrets import hash_of


class UsedUp(Missing):
    """A one-time link that lets nobody in."""

    heading = N_("This link does not work")
    phrase = N_(
        "It was used before, has run out, or lacks a piece. Sign in, or ask an owner or admin for a new link."
    )


def living_session(secret: str, now: datetime) -> StaffSession | None:
    """Return the session of `secret` unless it ran out, was revoked, or its owner is switched off."""
    session = db.session.scalar(select(StaffSession).where(StaffSession.secret_hash == hash_of(secret)))
    if session is None or session.expires_at <= now or not session.staff.is_active:
        return None
    return session


def sessions_of(staff: StaffMember, now: datetime) -> list[StaffSession]:
    """Return the living sessions of one person, the one used last first."""
    living = (StaffSession.staff_id == staff.id, StaffSession.expires_at > now)
    order = StaffSession.last_seen_at.desc()
    return list(db.session.scalars(select(StaffSession).where(*living).order_by(order)))


def usable_link(secret: str, now: datetime, *, claimed: bool = False) -> OneTimeLink:
    """Return the one-time link of `secret`; refuse as missing when used, expired or unknown.

    The link for the first owner is used up once an owner can sign in, whoever made that account.
    With `claimed` others who come with the same link wait until we have used it.
    """
    asked = select(OneTimeLink).where(OneTimeLink.secret_hash == hash_of(secret))
    if claimed:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    link = db.session.scalar(asked)
    if link is None or link.used_at is not None or link.expires_at <= now:
        raise UsedUp()
    if link.staff_id is None and an_owner_signs_in():
        raise UsedUp()
    return link


def an_owner_signs_in() -> bool:
    """Return whether an owner who was not made by the demo has a password: all others can be made from there."""
    real = (~StaffMember.made_by_demo, StaffMember.is_active, StaffMember.password_hash.is_not(None))
    owners = select(StaffMember.id).where(StaffMember.role == "owner", *real)
    return db.session.scalar(owners.limit(1)) is not None


def staff_by_email(email: str) -> StaffMember | None:
    """Return who signs in with `email`, in any case, or None."""
    return db.session.scalar(select(StaffMember).where(StaffMember.email == email.strip().lower()))


def is_of_the_team(email: str) -> bool:
    """Return whether mail to the address reaches somebody who works here, also as name+anything@host."""
    name, _, host = email.lower().rpartition("@")
    theirs = StaffMember.email.in_([email.lower(), f"{name.partition('+')[0]}@{host}"])
    return db.session.scalar(select(StaffMember.id).where(theirs, StaffMember.is_active).limit(1)) is not None


def staff_or_missing(public_id: str) -> StaffMember:
    """Return one staff member by public id; refuse as missing."""
    member = db.session.scalar(select(StaffMember).where(StaffMember.public_id == public_id))
    if member is None:
        raise Missing(N_("Nobody of this id works here. The page “Team” lists everybody."))
    return member


def team() -> list[StaffMember]:
    """Return everybody, active people first, by name."""
    return list(
        db.session.scalars(select(StaffMember).order_by(StaffMember.is_active.desc(), StaffMember.name))
    )


def page_of_team(limit: int, cursor: str | None = None) -> Page[StaffMember]:
    """Return up to `limit` people, those who were added first first."""
    query = select(StaffMember)
    if cursor is not None:
        query = query.where(StaffMember.id > decode(cursor, int)[0])
    found = db.session.scalars(query.order_by(StaffMember.id).limit(limit + 1)).all()
    return page_of(found, limit, lambda member: (member.id,))


def owner_count() -> int:
    """Return how many active owners there are; they stay what they are until our transaction ends."""
    owners = (StaffMember.role == "owner", StaffMember.is_active)
    locked = select(StaffMember.id).where(*owners).order_by(StaffMember.id).with_for_update()
    return len(db.session.scalars(locked).all())


def anybody() -> bool:
    """Return whether any staff account exists."""
    return db.session.scalar(select(StaffMember.id).limit(1)) is not None


def is_absent(now: datetime) -> ColumnElement[bool]:
    """Return the condition, of a staff member, that the calendar of absences says they are not there."""
    theirs = (
        StaffAbsence.staff_id == StaffMember.id,
        StaffAbsence.ends_at > now,
        StaffAbsence.begins_at <= now,
    )
    return select(StaffAbsence.id).where(*theirs).exists()


def absent_now(now: datetime) -> dict[int, StaffAbsence]:
    """Return the absence of everybody whom the calendar says is not there, by their ids; the one that ends last."""
    current = (StaffAbsence.ends_at > now, StaffAbsence.begins_at <= now)
    rows = db.session.scalars(select(StaffAbsence).where(*current).order_by(StaffAbsence.ends_at))
    return {row.staff_id: row for row in rows}


def is_there(staff: StaffMember, now: datetime) -> bool:
    """Return whether new tasks may go to somebody: active, not switched to away, and not absent by the calendar."""
    return staff.is_active and not staff.is_away and staff.id not in absent_now(now)


def absences_of(staff: StaffMember, now: datetime) -> list[StaffAbsence]:
    """Return the absences of one person that are not over, the first to begin first."""
    theirs = (StaffAbsence.staff_id == staff.id, StaffAbsence.ends_at > now)
    order = (StaffAbsence.begins_at, StaffAbsence.id)
    return list(db.session.scalars(select(StaffAbsence).where(*theirs).order_by(*order)))


def absence_or_missing(staff: StaffMember, public_id: str) -> StaffAbsence:
    """Return one absence of a person; refuse as missing."""
    same = (StaffAbsence.staff_id == staff.id, StaffAbsence.public_id == public_id)
    found = db.session.scalar(select(StaffAbsence).where(*same))
    if found is None:
        raise Missing(N_("There is no such absence. Load the page anew to see those there are."))
    return found
