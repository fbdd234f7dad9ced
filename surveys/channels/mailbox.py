"""The mailbox that replies and reports arrive in, read over IMAP and never changed.

The folder is opened for reading only and mails are peeked at, so a person who works in the same
mailbox sees every mail as unread as before. What was read is remembered on our side by number.
"""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from socket import SHUT_RDWR, socket
from threading import Timer
from time import monotonic
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

TIMEOUT = 20  # seconds for each step of the conversation
LONGEST = 120.0  # seconds for the whole conversation, however often the server says a little
AWHILE = 30.0  # seconds after which the rest is left for the next time
ENOUGH = 32 * 1024 * 1024  # bytes after which it is, too
LARGEST_MAIL = 10 * 1024 * 1024
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class MailboxFailed(Exception):
    """The mailbox could not be read; the reason says what the server or the network said."""


class Place(NamedTuple):
    """Where reading goes on: after the mail `after`, while the mailbox's `validity` stays.

    A mailbox that was numbered anew, or is read for the first time, is read from the day `since`.
    """

    validity: int | None
    after: int
    since: date


class Batch(NamedTuple):
    """Mails with their numbers, in their order, and the validity of the numbers."""

    validity: int
    mails: list[tuple[int, bytes]]


@dataclass(frozen=True)
class Mailbox:
    """An IMAP mailbox; `name` is what its place is remembered under."""

    host: str
    port: int
    encrypted: bool
    user: str
    password: str
    folder: str

    @classmethod
    def from_url(cls, url: str) -> "Mailbox":
        """Read imaps://name:password@host[:port][/folder] or imap://… (upgraded by STARTTLS where offered)."""
        parts = urlsplit(url)
        encrypted = parts.scheme == "imaps"
        folder = unquote(parts.path.lstrip("/")) or "INBOX"
        port = parts.port or (993 if encrypted else 143)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname or "", port, encrypted, user, password, folder)

    @property
    def name(self) -> str:
        """The mailbox without its password."""
        return f"{self.user}@{self.host}/{self.folder}"[:200]

    def fetch(self, place: Place, limit: int) -> Batch:
        """Return at most `limit` mails from `place` on; raise MailboxFailed when that does not work."""
        try:
            with self.opened() as server:
                validity = self.select(server)
                return Batch(validity, read_some(server, found(server, place, validity)[:limit]))
        except (imaplib.IMAP4.error, OSError, ValueError) as error:
            raise MailboxFailed(f"{type(error).__name__}: {error}"[:300]) from None

    @contextmanager
    def opened(self) -> Iterator[imaplib.IMAP4]:
        """Yield a conversation that has signed in, and end it politely."""
        trusted = ssl.create_default_context()
        server: imaplib.IMAP4
        if self.encrypted:
            server = imaplib.IMAP4_SSL(self.host, self.port, ssl_context=trusted, timeout=TIMEOUT)
        else:
            server = imaplib.IMAP4(self.host, self.port, timeout=TIMEOUT)
        over = Timer(LONGEST, hang_up, [server])
        over.daemon = True
        try:
            if not self.encrypted and "STARTTLS" in server.capabilities:
                server.starttls(trusted)
            server.login(self.user, self.password)
            over.start()
            yield server
        finally:
            over.cancel()
            with suppress(imaplib.IMAP4.error, OSError):
                server.logout()
            with suppress(OSError):
                server.shutdown()  # When the goodbye failed, the line is still there.

    def select(self, server: imaplib.IMAP4) -> int:
        """Open the folder for reading only; return the validity of its numbers."""
        folder = '"' + self.folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
        checked(server.select(folder, readonly=True))
        told = server.response("UIDVALIDITY")[1]
        return int(told[0]) if told and told[0] else 0


def found(server: imaplib.IMAP4, place: Place, validity: int) -> list[int]:
    """Return the numbers of the mails that come next, the oldest first."""
    if place.validity == validity:
        criterion = f"UID {place.after + 1}:*"
    else:
        criterion = f"SINCE {place.since.day}-{MONTHS[place.since.month - 1]}-{place.since.year}"
    lines = checked(server.uid("SEARCH", criterion))
    uids = sorted({int(word) for line in lines if line for word in line.split()})
    # "n:*" also finds the last mail when its number is smaller than n (RFC 3501, 6.4.8).
    return [uid for uid in uids if place.validity != validity or uid > place.after]


def read_some(server: imaplib.IMAP4, uids: list[int]) -> list[tuple[int, bytes]]:
    """Return the first of these mails, as many as a while and the memory allow; the others come the next time."""
    mails: list[tuple[int, bytes]] = []
    began, size = monotonic(), 0
    for uid in uids:
        mails.append((uid, raw_of(server, uid)))
        size += len(mails[-1][1])
        if size >= ENOUGH or monotonic() - began > AWHILE:
            break
    return mails


def hang_up(server: imaplib.IMAP4) -> None:
    """Break the line below TLS, so that whoever waits for the server is told."""
    with suppress(OSError):
        socket.shutdown(server.sock, SHUT_RDWR)


def raw_of(server: imaplib.IMAP4, uid: int) -> bytes:
    """Return the bytes of one mail without marking it as read; of a huge one, the beginning."""
    lines = checked(server.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST_MAIL}>)"))
    bodies = [line[1] for line in lines if isinstance(line, tuple)]
    return bodies[0] if bodies else b""


def checked(answer: tuple[str, Any]) -> Any:
    """Return what the server told; raise when it said no."""
    status, lines = answer
    if status != "OK":
        raise imaplib.IMAP4.error(f"{status} {lines!r}"[:200])
    return lines
