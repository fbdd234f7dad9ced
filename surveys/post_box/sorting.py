"""Take a mail in, and do what it asks for: stop writing, keep an answer, or show it to somebody."""

import logging
from collections.abc import Sequence
from datetime import datetime
from email.message import Message
from hashlib import sha256
from typing import NamedTuple, Protocol

from sqlalchemy.exc import IntegrityError

from surveys.customers.opting_out import object_to_asking
from surveys.database import db, stood_in_the_way
from surveys.errors import Refusal
from surveys.invitations.models import Invitation
from surveys.invitations.states import State, move
from surveys.permission.bouncing import Fate, record_bounce, record_complaint
from surveys.post_box.envelopes import Headed, addresses_of, header, ids_of, opened, sender_of
from surveys.post_box.models import IncomingMail, MailboxPlace
from surveys.post_box.queries import customers_writing, invitation_of, known_mail, place_of
from surveys.post_box.replies import is_automatic, said_in, wants_to_stop
from surveys.post_box.reports import Recipient, Report, report_in
from surveys.post_box.writing_back import keep_answer, of_answer, of_invitation
from surveys.responses.models import Response

log = logging.getLogger(__name__)
LARGEST_KEPT = 2 * 1024 * 1024  # bytes of a mail that are kept for somebody to read


class Joined(NamedTuple):
    """Whether a mail is part of a conversation now; else the answer that the one was about which it names and is over."""

    is_part: bool
    over: Response | None = None


class Threads(Protocol):
    """The floor above, where conversations with customers are kept."""

    def join(self, row: IncomingMail, mail: Message, now: datetime) -> Joined:
        """Take a mail of a person into the conversation that it belongs to, where there is one."""

    def came_back(self, report: Report, now: datetime) -> str | None:
        """Return the address that the mail of a conversation went to which the report is about; None without one."""


def take_in(raw: bytes, told_by: str, now: datetime, threads: Threads | None = None) -> IncomingMail:
    """Store the mail and act on it; the same mail again changes nothing.

    `told_by` is pipe or imap. Whatever cannot be matched is kept as it came, for somebody to read. Raises when somebody
    else held for too long what the mail belongs to: then nothing of it is kept, and it has to be brought again.
    """
    mail = opened(raw)
    row = IncomingMail(
        body_hash=sha256(raw).hexdigest(),
        message_key=key_of(mail),
        received_at=now,
        told_by=told_by,
        kind="unmatched",
        sender=clean(sender_of(mail), 254),
        subject=clean(header(mail, "Subject"), 200),
    )
    known = known_mail(row.body_hash, row.message_key)
    if known is not None:
        return known
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError:
        known = known_mail(row.body_hash, row.message_key)
        if known is None:
            raise
        return known
    sort_or_leave(row, mail, now, threads)
    if row.kind == "unmatched":
        row.raw = raw[:LARGEST_KEPT]
    else:
        row.why = None
    db.session.flush()
    return row


def sort_or_leave(row: IncomingMail, mail: Message, now: datetime, threads: Threads | None) -> None:
    """Do what a mail asks for; one that cannot be sorted is left to somebody, and keeps no other from being read."""
    try:
        with db.session.begin_nested():
            sort(row, mail, now, threads)
            db.session.flush()
    except Exception as error:
        if stood_in_the_way(error):
            raise  # It is not the mail that is odd: it is taken in when the way is free.
        log.exception("a mail could not be sorted and is kept as it came")
        row.kind, row.said, row.why = "unmatched", None, "odd"


def key_of(mail: Message) -> str | None:
    """Return what makes a message of one sender the same by whichever way it comes; None without a message id."""
    ids = ids_of(header(mail, "Message-ID"))
    return sha256(f"{ids[0]} {sender_of(mail)}".encode()).hexdigest() if ids else None


def clean(text: str, longest: int) -> str:
    """Return a header's words without what a database or a page cannot hold."""
    return "".join(c for c in text if c.isprintable())[:longest]


def sort(row: IncomingMail, mail: Message, now: datetime, threads: Threads | None) -> None:
    """Find out what the mail is, and do what follows; one that is built to hold up its reader is left to a person."""
    if isinstance(mail, Headed):
        row.why = "odd"
        return
    report = report_in(mail)
    if report is not None:
        act_on(row, report, now, threads)
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
    else:
        joined = threads.join(row, mail, now) if threads is not None else Joined(False)
        if joined.is_part:
            row.kind = "letter"
        else:
            keep_words(row, said_in(mail), joined.over, now)


def keep_words(row: IncomingMail, words: str, over: Response | None, now: datetime) -> None:
    """Keep the words as an answer of their own; else note why nobody could.

    They are about the invitation that the mail names, or about what the case was that is `over`.
    """
    asked = row.invitation
    is_promised = asked is not None and asked.version.survey.is_anonymous
    if row.customer is None:
        row.why = "unknown"
    elif not words:
        row.why = "empty"
    elif is_promised:
        row.why = "anonymous"
    elif over is not None:
        row.kind, row.response = (
            "reply",
            keep_answer(of_answer(over, row.customer), words, row.body_hash, now),
        )
    elif asked is not None:
        row.response = keep_answer(of_invitation(asked), words, row.body_hash, now)
        row.kind, row.why = ("reply", None) if row.response is not None else ("unmatched", "anonymous")
    else:
        row.why = "no_task"


def act_on(row: IncomingMail, report: Report, now: datetime, threads: Threads | None) -> None:
    """Note what a report says of each address, and of the invitation or the conversation it is about."""
    row.invitation = invitation_of(report.about)
    if row.invitation is not None:
        row.customer = row.invitation.customer
    fates = about_whom(report, row.invitation)
    row.said = "; ".join(" ".join(f"{fate.status or ''} {fate.said}".split()) for fate in fates)[:500] or None
    row.why = "report"
    named = row.invitation.customer.email if row.invitation else None
    if row.invitation is None and threads is not None:
        named = threads.came_back(report, now)
    if report.kind in ("bounce", "complaint") and not fates:
        return  # It stays unmatched: somebody must read whom it is about.
    row.kind = report.kind
    for number, fate in enumerate(fates):
        if report.kind == "complaint" or fate.action in (None, "failed"):
            settle(row, fate, report.kind, named, f"{row.body_hash[:56]}.{number}", now)


def about_whom(report: Report, invitation: Invitation | None) -> Sequence[Recipient]:
    """Return the addresses a report is about; one that names none is about the invitation's customer."""
    if report.recipients or invitation is None or invitation.customer.email is None:
        return report.recipients
    return [Recipient(invitation.customer.email, None, None, "")]


def settle(row: IncomingMail, fate: Recipient, kind: str, named: str | None, key: str, now: datetime) -> None:
    """Count a bounce or complaint for its address, and mark the invitation that did not arrive.

    Anybody can send a mail that looks like a report. So it counts by itself only when it names a mail of ours and the
    address that mail went to, `named`; everything else waits for somebody of the team.
    """
    if named is None or fate.address.lower() != named:
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
