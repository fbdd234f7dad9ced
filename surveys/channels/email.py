"""Mail by SMTP; every failure says whether trying again can help."""

import smtplib
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache
from socket import SHUT_RDWR, socket
from typing import Any
from urllib.parse import unquote, urlsplit

from surveys.channels.message import Channel, Message
from surveys.errors import DeliveryFailed

TIMEOUT = 20  # seconds until the server has to say something
# Seconds for one mail on one line, with the call before it, however often the server says a little. A mail that a kept
# line does not take gets a second line, and as long again.
LONGEST = 60.0


@cache
def trusted() -> ssl.SSLContext:
    """Return whose certificates are believed; reading them takes longer than sending a mail, so once."""
    return ssl.create_default_context()


class Bounded(smtplib.SMTP):
    """A line that breaks after LONGEST: a server that says a letter at a time must not hold up all mail."""

    def connect(self, *where: Any, **how: Any) -> tuple[int, bytes]:
        """Connect, and be hung up on from outside when it takes too long from here on."""
        self.over = threading.Event()
        self.bound()
        threading.Thread(target=self.watch, name="watches a mail server", daemon=True).start()
        try:
            return super().connect(*where, **how)
        except BaseException:
            self.over.set()
            raise

    def bound(self) -> None:
        """Give the server LONGEST from now on."""
        self.until = time.monotonic() + LONGEST

    def watch(self) -> None:
        """Break the line when its time is over; once more each second, for there is none while TLS is agreed on."""
        pause = LONGEST
        while not self.over.wait(pause):
            pause = self.until - time.monotonic()
            if pause <= 0:
                self.hang_up()
                pause = 1.0

    def hang_up(self) -> None:
        """Break the line, so that whoever waits for the server is told."""
        with suppress(OSError):
            if self.sock is not None:
                # Below TLS, whose own shutdown would let a read fail as if the program were wrong.
                socket.shutdown(self.sock, SHUT_RDWR)

    def close(self) -> None:
        """Close the line."""
        self.over.set()
        super().close()


class BoundedTLS(Bounded, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


@dataclass(frozen=True)
class SmtpServer:
    """Where mail is handed over, and how."""

    host: str
    port: int
    encrypted: bool
    name: str | None
    password: str | None

    @classmethod
    def from_url(cls, url: str) -> "SmtpServer":
        """Read smtp://[name:password@]host[:port] or smtps://…"""
        parts = urlsplit(url)
        encrypted = parts.scheme == "smtps"
        port = parts.port or (465 if encrypted else 25)
        name = unquote(parts.username) if parts.username else None
        return cls(parts.hostname or "", port, encrypted, name, unquote(parts.password or "") or None)

    def connect(self) -> Bounded:
        """Open a line: TLS from the start, or upgraded where the server offers it."""
        if self.encrypted:
            server: Bounded = BoundedTLS(self.host, self.port, timeout=TIMEOUT, context=trusted())
        else:
            server = Bounded(self.host, self.port, timeout=TIMEOUT)
        try:
            if not self.encrypted:
                server.ehlo()
                if server.has_extn("starttls"):
                    server.starttls(context=trusted())
            if self.name:
                server.login(self.name, self.password or "")
        except BaseException:
            server.close()
            raise
        return server


@dataclass(frozen=True)
class Email(Channel):
    """The channel of mail."""

    server: SmtpServer

    def deliver(self, message: Message) -> None:
        """Hand the mail over; raise DeliveryFailed when it was not taken, HeaderRefused for a bent head."""
        with self.conversation() as line:
            line.deliver(message)

    @contextmanager
    def conversation(self) -> Iterator["Conversation"]:
        """Yield what hands over one mail after another; the server is first called when there is a mail."""
        conversation = Conversation(self.server)
        try:
            yield conversation
        finally:
            conversation.end()


class Conversation:
    """Mails handed over on one line, which is kept as long as the server takes what it is given.

    Calling a server, above all with TLS, takes longer than handing over a mail. After anything but a
    plain yes the line is given up: nobody has to guess what the server still holds of the last mail.
    """

    def __init__(self, server: SmtpServer):
        self.server = server
        self.line: Bounded | None = None

    def deliver(self, message: Message) -> None:
        """Hand the mail over; raise DeliveryFailed when it was not taken, HeaderRefused for a bent head."""
        mail = message.as_email()
        try:
            hand_over(self.offered(message), mail)
        except BaseException:
            self.end()
            raise

    def offered(self, message: Message) -> Bounded:
        """Return the line on which the server has taken sender and recipient.

        A kept line may have been cut, or the server may want no more mail on it. It then has nothing of
        this mail yet, so that a line of its own settles whether the mail is wanted.
        """
        if self.line is not None:
            self.line.bound()
            with suppress(DeliveryFailed):
                offer(self.line, message)
                return self.line
            self.end()
        self.line = self.open()
        offer(self.line, message)
        return self.line

    def open(self) -> Bounded:
        """Return an open line, or raise DeliveryFailed: no mail would fare better."""
        try:
            return self.server.connect()
        except smtplib.SMTPResponseException as error:
            why = said(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            why = f"{type(error).__name__}: {error}"
        raise DeliveryFailed(f"{self.server.host}:{self.server.port} takes no mail: {why}", unreached=True)

    def end(self) -> None:
        """Say goodbye; how that goes does not matter."""
        line, self.line = self.line, None
        if line is not None:
            with suppress(smtplib.SMTPException, OSError):
                line.quit()


def offer(line: smtplib.SMTP, message: Message) -> None:
    """Name sender and recipient; raise DeliveryFailed when one of them is refused."""
    try:
        line.ehlo_or_helo_if_needed()
        for command, address in ((line.mail, message.from_email), (line.rcpt, message.to_email)):
            code, answer = command(address)
            if code not in (250, 251):
                to_them = command == line.rcpt
                raise DeliveryFailed(said(code, answer), permanent=code >= 500, recipient=to_them)
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryFailed(f"{type(error).__name__}: {error}") from None


def hand_over(line: smtplib.SMTP, mail: EmailMessage) -> None:
    """Send the mail itself; raise DeliveryFailed for anything but a yes."""
    try:
        code, answer = line.data(mail.as_bytes())
    except smtplib.SMTPDataError as error:
        raise DeliveryFailed(
            said(error.smtp_code, error.smtp_error), permanent=error.smtp_code >= 500
        ) from None
    except (smtplib.SMTPException, OSError) as error:
        # The server may have taken the mail before the line broke: nobody can tell.
        raise DeliveryFailed(f"the line broke while sending: {error}", uncertain=True) from None
    if not 200 <= code < 300:
        # The server has the whole mail: what is no answer in SMTP does not say that it was not taken.
        raise DeliveryFailed(said(code, answer), permanent=code >= 500, uncertain=code < 400)


def said(code: int, answer: bytes | str) -> str:
    """Return what the server said, as one line."""
    text = answer if isinstance(answer, str) else answer.decode(errors="replace")
    return " ".join(f"{code} {text}".split())[:300]
