"""Take a mail in, and do what it asks for: stop writing, keep an answer, or show it to somebody."""

import logging
from collections.abc import Sequence
from datetime import datetime
from email.message import Message
from hashlib import sha256

from sqlalchemy.exc import IntegrityError

from surveys.customers.opting_out import object_to_asking
from surveys.database import db
from surveys.errors import Refusal
from surveys.invitations.models import Invitation
from surveys.invitations.states import State, move
from surveys.permission.bouncing import Fate, record_bounce, record_complaint
from surveys.post_box.envelopes import addresses_of, header, ids_of, opened
from surveys.post_box.models import IncomingMail, MailboxPlace
from surveys.post_box.queries import customers_writing, invitation_of, known_mail, place_of
from surveys.post_box.replies import is_automatic, said_in, wants_to_stop
from surveys.post_box.reports import Recipient, Report, report_in
from surveys.post_box.writing_back import keep_answer

log = logging.getLogger(__name__)
LARGEST_KEPT = 256 * 1024  # bytes of a mail that are kept for somebody to read


def take_in(raw: bytes, told_by: str, now: datetime) -> IncomingMail:
    """Store the mail and act on it; the same bytes again are the same mail and change nothing.

    `told_by` is pipe or imap. Whatever cannot be matched is kept as it came, for somebody to read.
    """
    digest = sha256(raw).hexdigest()
    known = known_mail(digest)
    if known is not None:
        return known
    mail = opened(raw)
    row = IncomingMail(
        body_hash=digest,
        received_at=now,
        told_by=told_by,
        kind="unmatched",
        sender=clean((addresses_of(header(mail, "From")) or [""])[0], 254),
        subject=clean(header(mail, "Subject"), 200),
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError:
        known = known_mail(digest)
        if known is None:
            raise
        return known
    try:
        with db.session.begin_nested():
            sort(row, mail, now)
            db.session.flush()
    except Exception:  # One odd mail must not keep all others from being read; somebody looks at it.
        log.exception("a mail could not be sorted and is kept as it came")
        row.kind, row.said = "unmatched", None
    if row.kind == "unmatched":
        row.raw = raw[:LARGEST_KEPT]
    db.session.flush()
    return row


def clean(text: str, longest: int) -> str:
    """Return a header's words without what a database or a page cannot hold."""
    return "".join(c for c in text if c.isprintable())[:longest]


def sort(row: IncomingMail, mail: Message, now: datetime) -> None:
    """Find out what the mail is, and do what follows."""
    report = report_in(mail)
    if report is not None:
        act_on(row, report, now)
        return
    row.invitation = invitation_of(ids_of(f"{header(mail, 'In-Reply-To')} {header(mail, 'References')}"))
    writing = customers_writing(
        row.sender, addresses_of(f"{header(mail, 'To')} {header(mail, 'Delivered-To')}")
    )
    row.customer = row.invitation.customer if row.invitation else next(iter(writing), None)
    if is_automatic(mail):
        row.kind = "automatic"
    elif wants_to_stop(mail) and row.customer is not None:
        row.kind = "stop"
        for customer in writing or [row.customer]:
            object_to_asking(customer, "mail", now)
    elif row.invitation is not None:
        words = said_in(mail)
        row.response = keep_answer(row.invitation, words, row.body_hash, now) if words else None
        if row.response is not None:
            row.kind = "reply"


def act_on(row: IncomingMail, report: Report, now: datetime) -> None:
    """Note what a report says of each address, and of the invitation it is about."""
    row.invitation = invitation_of(report.about)
    if row.invitation is not None:
        row.customer = row.invitation.customer
    fates = about_whom(report, row.invitation)
    row.said = "; ".join(" ".join(f"{fate.status or ''} {fate.said}".split()) for fate in fates)[:500] or None
    if report.kind in ("bounce", "complaint") and not fates:
        return  # It stays unmatched: somebody must read whom it is about.
    row.kind = report.kind
    for number, fate in enumerate(fates):
        if report.kind == "complaint" or fate.action in (None, "failed"):
            settle(row, fate, report.kind, f"{row.body_hash[:56]}.{number}", now)


def about_whom(report: Report, invitation: Invitation | None) -> Sequence[Recipient]:
    """Return the addresses a report is about; one that names none is about the invitation's customer."""
    if report.recipients or invitation is None or invitation.customer.email is None:
        return report.recipients
    return [Recipient(invitation.customer.email, None, None, "")]


def settle(row: IncomingMail, fate: Recipient, kind: str, key: str, now: datetime) -> None:
    """Count a bounce or complaint for its address, and mark the invitation that did not arrive.

    Anybody can send a mail that looks like a report. So it counts by itself only when it names a mail
    of ours and the address that mail went to; everything else waits for somebody of the team.
    """
    ours = row.invitation is not None and fate.address.lower() == row.invitation.customer.email
    if not ours:
        row.kind = "unmatched"
        return
    told = Fate(fate.address, fate.status, fate.said, "mail", key)
    try:
        (record_complaint if kind == "complaint" else record_bounce)(told, now)
    except Refusal:
        row.kind = "unmatched"  # What looks like an address is none that mail can reach.
        return
    if kind == "bounce" and row.invitation is not None and row.invitation.state == State.SENT:
        row.invitation.state = move(row.invitation.state, State.FAILED)
        row.invitation.last_error = row.said


def settle_unmatched(mail: IncomingMail, now: datetime) -> None:
    """Note that somebody has dealt with a mail that nothing here could match; its raw text goes."""
    mail.settled_at = mail.settled_at or now
    mail.raw = None
    db.session.flush()


def move_on(name: str, validity: int, uid: int, now: datetime) -> None:
    """Remember that the mailbox `name` has been read up to the mail `uid`; `now` is real time."""
    place = place_of(name)
    if place is None:
        place = MailboxPlace(name=name, validity=validity, last_uid=0, read_at=now)
        db.session.add(place)
    if place.validity != validity:
        place.validity, place.last_uid = validity, 0
    place.last_uid, place.read_at = max(place.last_uid, uid), now
    db.session.flush()
