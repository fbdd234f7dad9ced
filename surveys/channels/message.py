"""What leaves the house: one message to one recipient, with header parts that cannot be bent."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from functools import lru_cache
from typing import Any, Protocol

from surveys.errors import N_, Refusal

LONGEST_SUBJECT = 200
# Headers that machines read: links and ids, which must never be broken or encoded.
FOR_MACHINES = frozenset({"list-unsubscribe", "list-id", "in-reply-to", "references"})


class MailPolicy(EmailPolicy):
    """How mails are written: lines end as SMTP wants, bodies fit servers that know seven bits only.

    Python would write a link longer than a line as an encoded word, which no mail program follows;
    headers for machines are broken at their spaces only.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Return the header, read; Python takes longest for that, so what many mails bear is read once."""
        return read(name, value) if type(value) is str else super().header_store_parse(name, value)

    def fold(self, name: str, value: str) -> str:
        """Return the header as lines."""
        if name.lower() in FOR_MACHINES and value.isascii():
            folded = f"{self.linesep} ".join(value.split())
            return f"{name}: {folded}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return the header as lines of bytes."""
        if name.lower() in FOR_MACHINES and value.isascii():
            return self.fold(name, value).encode("ascii")
        return bytes(super().fold_binary(name, value))


POLICY = MailPolicy(linesep="\r\n", cte_type="7bit")


@lru_cache(maxsize=100)
def read(name: str, value: str) -> tuple[str, Any]:
    """Return a header, read; nobody changes it."""
    return EmailPolicy.header_store_parse(POLICY, name, value)


class HeaderRefused(Refusal):
    """A part of a mail's header holds control characters."""

    phrase = N_("The mail's %(part)s holds a line break or another control character; remove it.")


@dataclass(frozen=True)
class Message:
    """One mail. `message_id` stays the same over retries, so that a receiver can tell."""

    to_name: str
    to_email: str
    from_name: str
    from_email: str
    reply_to: str | None
    subject: str
    text: str
    html: str | None
    message_id: str
    headers: dict[str, str] = field(default_factory=dict)

    def as_email(self) -> EmailMessage:
        """Return the message ready for SMTP; raise HeaderRefused for bent header parts."""
        mail = EmailMessage(policy=POLICY)
        mail["From"] = str(mailbox("sender", self.from_name, self.from_email))
        mail["To"] = mailbox("recipient", self.to_name, self.to_email)
        if self.reply_to:
            mail["Reply-To"] = mailbox("reply address", "", self.reply_to)
        mail["Subject"] = clean("subject", self.subject)[:LONGEST_SUBJECT]
        mail["Message-ID"] = clean("message id", self.message_id)
        mail["Auto-Submitted"] = "auto-generated"
        for name, value in self.headers.items():
            del mail[name]
            mail[name] = clean(name, value)
        mail.set_content(self.text)
        if self.html:
            mail.add_alternative(self.html, subtype="html")
        return mail


class Delivering(Protocol):
    """Whoever takes messages."""

    def deliver(self, message: Message) -> None:
        """Deliver the message, or raise DeliveryFailed or HeaderRefused."""


class Channel(Delivering, Protocol):
    """A way out of the house."""

    @contextmanager
    def conversation(self) -> Iterator[Delivering]:
        """Yield what delivers one message after another: the channel itself, unless it has somebody to call."""
        yield self


def mailbox(part: str, name: str, email: str) -> Address:
    """Return an address for a header; raise HeaderRefused for control characters in either half."""
    return Address(display_name=clean(part, name), addr_spec=clean(part, email))


def clean(part: str, value: str, field: str | None = None) -> str:
    """Return `value` unless it holds control characters or line separators, then HeaderRefused naming `field`."""
    if any(unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") for c in value):
        raise HeaderRefused(field=field, part=part)
    return value
