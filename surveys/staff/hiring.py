"""Who works here: add people, change what they may do, let them go.

One rule stands above the rest: an installation never loses its last owner.
"""

from datetime import datetime

from surveys.channels.addresses import checked_email
from surveys.channels.message import clean
from surveys.database import db
from surveys.errors import N_, Conflict, Forbidden, Refusal, Words
from surveys.staff import passwords
from surveys.staff.models import ROLES, StaffMember
from surveys.staff.permissions import may
from surveys.staff.queries import owner_count, staff_by_email, usable_link
from surveys.staff.signing_in import end_all_sessions, end_links, start_session

LONGEST_NAME = 200


class LastOwner(Conflict):
    """The installation would be left without an owner."""

    phrase = N_("This is the last owner. Make somebody else an owner first.")


def add_staff(email: str, name: str, role: str, now: datetime, by: StaffMember | None = None) -> StaffMember:
    """Add somebody who cannot sign in yet; a link or a password lets them.

    Raises Refusal for a bad address, name or role, Conflict when the address is taken, and
    Forbidden when `by` may not give this role. None for `by` is the command line.
    """
    address = checked_email(email, "email")
    check_role(role, by)
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise Refusal(N_("Give a name of 1 to 200 characters."), field="name")
    clean("name", name.strip(), "name")
    if staff_by_email(address) is not None:
        raise Conflict(N_("Somebody with this address works here already."), field="email")
    member = StaffMember(email=address, name=name.strip(), role=role, created_at=now)
    db.session.add(member)
    db.session.flush()
    return member


def found(secret: str, email: str, name: str, password: str, now: datetime, locale: str = "en") -> str:
    """Make the first owner by the one-time link that `make run` prints; return a session's secret.

    Pages speak to them in `locale` from then on, the language in which they followed the link.

    Raises Missing for a link that was used, ran out or belongs to somebody, and what
    `add_staff` and `passwords.check_new` raise.
    """
    link = usable_link(secret, now, claimed=True)
    passwords.check_new(password)
    owner = add_staff(email, name, "owner", now)
    owner.password_hash = passwords.hashed(password)
    owner.locale = locale
    link.used_at = now
    link.staff = owner
    return start_session(owner, now)


def change_role(member: StaffMember, role: str, by: StaffMember) -> None:
    """Give `member` another role. Raises Forbidden, LastOwner, Refusal.

    Whoever was shown a password link of theirs could become them; that must not give more than before.
    """
    check_role(role, by)
    check_may_manage(member, by.role)
    if member.role == "owner" and role != "owner" and owner_count() == 1:
        raise LastOwner()
    member.role = role
    end_links(member)
    db.session.flush()


def switch_off(member: StaffMember, by: StaffMember) -> None:
    """Let somebody go: their sessions and links end at once, their name stays in the history."""
    check_may_manage(member, by.role)
    if member.role == "owner" and member.is_active and owner_count() == 1:
        raise LastOwner()
    member.is_active = False
    end_all_sessions(member)
    end_links(member)
    db.session.flush()


def switch_on(member: StaffMember, by: StaffMember) -> None:
    """Take somebody back."""
    check_may_manage(member, by.role)
    member.is_active = True
    db.session.flush()


def set_away(member: StaffMember, away: bool) -> None:
    """Say whether new tasks may go to `member`."""
    member.is_away = away
    db.session.flush()


def set_keys(member: StaffMember, on: bool) -> None:
    """Say whether single letters do anything on the pages of `member` (WCAG 2.1.4)."""
    member.keys_off = not on
    db.session.flush()


def check_may_manage(member: StaffMember, role: str) -> None:
    """Refuse with Forbidden when somebody with `role` may not manage `member`: owners are managed by owners only."""
    if not may(role, "staff") or (member.role == "owner" and not may(role, "owners")):
        raise Forbidden()


def check_role(role: str, by: StaffMember | None) -> None:
    """Refuse an unknown role, or one that `by` may not give."""
    if role not in ROLES:
        raise Refusal(
            N_("There is no role %(role)s; there are %(roles)s."),
            field="role",
            role=repr(role[:20]),
            roles=Words({each: each for each in ROLES}),
        )
    if by is not None and (not may(by.role, "staff") or (role == "owner" and not may(by.role, "owners"))):
        raise Forbidden()
