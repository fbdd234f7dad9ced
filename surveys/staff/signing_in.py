"""Sign-in, sessions, passwords and one-time links."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from sqlalchemy import ColumnElement, Update, delete, func, or_, select, update

from surveys.database import Base, db
from surveys.errors import N_, Refusal
from surveys.staff import passwords
from surveys.staff.models import FailedSignIn, OneTimeLink, StaffMember, StaffSession
from surveys.staff.queries import staff_by_email, usable_link
from surveys.staff.secrets import hash_of, new_secret

SESSION_LASTS = timedelta(hours=12)
IDLE_LASTS = timedelta(hours=2)
TOUCH_EVERY = timedelta(minutes=1)
LINK_LASTS = timedelta(hours=24)
RESET_LASTS = timedelta(minutes=30)
FAILURES_COUNT_FOR = timedelta(minutes=15)
FAILURES_ALLOWED = 5
FAILURES_PER_ADDRESS = 30


class SignInRefused(Refusal):
    """The address or the password does not fit; which of the two is not said."""

    status = 422
    phrase = N_("E-mail address and password do not fit together. Check both, or ask for a new password.")


class TooManyTries(Refusal):
    """Too many wrong passwords lately."""

    status = 429
    phrase = N_("Too many tries. Wait %(minutes)s minutes, or ask an owner for a new password link.")

    def __init__(self) -> None:
        super().__init__(minutes=int(FAILURES_COUNT_FOR.total_seconds() // 60))


def fitting_hash(email: str, password: str, address: str, now: datetime) -> str | None:
    """Return the hash that `password` fits, or None when address and password do not fit.

    Takes a tenth of a second and writes nothing, so that no other writer waits for it. Raises TooManyTries.
    """
    account = account_of(email)
    check_throttle(account, address, now)
    staff = staff_by_email(account)
    known = staff.password_hash if staff is not None and staff.is_active else None
    return known if passwords.fits(password, known) else None


def sign_in(email: str, fitting: str | None, address: str, now: datetime) -> str | None:
    """Return the secret of a new session, or None without the `fitting_hash` of the account.

    A wrong password is noted and slows the next tries down; the caller commits either way and
    refuses with SignInRefused. Raises TooManyTries, also when others failed in the meantime:
    many tries at once are no way round the limit.
    """
    account = account_of(email)
    check_throttle(account, address, now)
    staff = staff_by_email(account)
    if staff is None or not staff.is_active or fitting is None or staff.password_hash != fitting:
        note_failure(account, address, now)
        return None
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.account == account))
    return start_session(staff, now)


def account_of(email: str) -> str:
    """Return the address as tries are counted under it."""
    return email.strip().lower()[:254]


def network_of(address: str) -> str:
    """Return where tries come from: an IPv4 address, or the /64 of IPv6 that one household has to itself."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address[:45]
    if not isinstance(ip, IPv6Address):
        return str(ip)
    return str(ip.ipv4_mapped or IPv6Address(int(ip) >> 64 << 64))


def note_failure(account: str, address: str, now: datetime) -> None:
    """Note a try that failed, or a link that was asked for."""
    db.session.add(FailedSignIn(account=account, address=network_of(address), failed_at=now))
    db.session.flush()


def check_throttle(account: str, address: str, now: datetime) -> None:
    """Refuse with TooManyTries after 5 failures of an account at an address, or 30 of an address."""
    recent = FailedSignIn.failed_at > now - FAILURES_COUNT_FOR
    from_here = FailedSignIn.address == network_of(address)
    count = select(func.count()).select_from(FailedSignIn)
    both = db.session.scalar(count.where(recent, from_here, FailedSignIn.account == account)) or 0
    here = db.session.scalar(count.where(recent, from_here)) or 0
    if both >= FAILURES_ALLOWED or here >= FAILURES_PER_ADDRESS:
        raise TooManyTries()


def start_session(staff: StaffMember, now: datetime) -> str:
    """Begin a session for `staff`; return its secret, which is not kept."""
    secret = new_secret()
    ends = {"created_at": now, "last_seen_at": now, "expires_at": now + IDLE_LASTS}
    db.session.add(StaffSession(secret_hash=hash_of(secret), staff=staff, **ends))
    db.session.flush()
    return secret


def touching(session: StaffSession, now: datetime) -> Update | None:
    """Return what notes that the session is in use, None where that was noted within a minute."""
    if now - session.last_seen_at < TOUCH_EVERY:
        return None
    ends = min(now + IDLE_LASTS, session.created_at + SESSION_LASTS)
    return update(StaffSession).where(StaffSession.id == session.id).values(last_seen_at=now, expires_at=ends)


def end_session(secret: str) -> None:
    """Sign this browser out."""
    db.session.execute(delete(StaffSession).where(StaffSession.secret_hash == hash_of(secret)))


def end_all_sessions(staff: StaffMember, but: str | None = None) -> None:
    """Sign `staff` out everywhere, except in the browser that holds the secret `but`."""
    others = StaffSession.secret_hash != hash_of(but or "")
    db.session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id, others))


def issue_link(staff: StaffMember | None, now: datetime, lasts: timedelta = LINK_LASTS) -> str:
    """Return the secret of a link that sets a password once.

    None for `staff` makes the first owner; of such links only the newest is good.
    """
    if staff is None:
        end_links(None)
    secret = new_secret()
    db.session.add(OneTimeLink(secret_hash=hash_of(secret), staff=staff, expires_at=now + lasts))
    db.session.flush()
    return secret


def end_links(staff: StaffMember | None) -> None:
    """End every link of `staff` that was not used yet; None means those for the first owner."""
    theirs = OneTimeLink.staff_id == (staff.id if staff else None)
    db.session.execute(delete(OneTimeLink).where(theirs, OneTimeLink.used_at.is_(None)))


def ask_for_link(email: str, address: str, now: datetime) -> tuple[StaffMember, str] | None:
    """Return who asked and the secret of a new password link, or None when nobody has the address.

    Asking counts like a failed try, so that nobody can flood a mailbox. Raises TooManyTries.
    """
    account = account_of(email)
    check_throttle(account, address, now)
    note_failure(account, address, now)
    member = staff_by_email(account)
    if member is None or not member.is_active:
        return None
    return member, issue_link(member, now, RESET_LASTS)


def use_link(secret: str, password: str, now: datetime) -> str:
    """Set the password by a one-time link; return the secret of a new session.

    Raises Missing for a link that was used, ran out or never was, and PasswordRefused.
    """
    link = usable_link(secret, now, claimed=True)
    if link.staff is None:
        raise Refusal(N_("This link makes the first account; it wants a name and an address as well."))
    passwords.check_new(password)
    link.used_at = now
    set_password(link.staff, password)
    return start_session(link.staff, now)


def set_password(staff: StaffMember, password: str, keep: str | None = None) -> None:
    """Give `staff` a new password; end their other sessions and their links. Raises PasswordRefused."""
    passwords.check_new(password)
    staff.password_hash = passwords.hashed(password)
    end_all_sessions(staff, but=keep)
    end_links(staff)
    db.session.flush()


def change_password(staff: StaffMember, old: str, new: str, keep: str) -> None:
    """Change one's own password after giving the old one. Raises SignInRefused, PasswordRefused."""
    if not passwords.fits(old, staff.password_hash):
        raise SignInRefused(N_("The old password is not right."), field="old")
    set_password(staff, new, keep=keep)


def sweep(now: datetime) -> int:
    """Delete sessions, links and failures that have run out; return how many."""
    gone = 0
    for model, condition in run_out(now):
        gone += db.session.execute(delete(model).where(condition)).rowcount  # type: ignore[attr-defined]
    return gone


def backlog(now: datetime) -> int:
    """Count what the next sweep will delete."""
    counts = (select(func.count()).select_from(model).where(it) for model, it in run_out(now))
    return sum(db.session.scalar(count) or 0 for count in counts)


def run_out(now: datetime) -> tuple[tuple[type[Base], ColumnElement[bool]], ...]:
    """Return the tables of what runs out, each with the condition that a row has."""
    return (
        (StaffSession, StaffSession.expires_at <= now),
        (OneTimeLink, or_(OneTimeLink.expires_at <= now, OneTimeLink.used_at.is_not(None))),
        (FailedSignIn, FailedSignIn.failed_at <= now - FAILURES_COUNT_FOR),
    )
