"""Read a mail leniently: whatever its bytes are, there is a text, a sender and a list of ids.

The lenient policy of the standard library is used on purpose: the strict one raises for headers
that real mail servers write.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32

ADDRESS = re.compile(r"[A-Za-z0-9._%+'=~/&!#$*?^{|}-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
MESSAGE_ID = re.compile(r"<[^<>\s@]{1,250}@[^<>\s]{1,250}>")
LONGEST_HEADER = 4_000
LONGEST_TEXT = 200_000


def opened(raw: bytes) -> Message:
    """Return the mail of these bytes; there is none that cannot be opened."""
    return message_from_bytes(raw, policy=compat32)


def header(mail: Message, name: str) -> str:
    """Return a header in plain words on one line, empty when it is not there."""
    value = mail.get(name)
    if value is None:
        return ""
    text = str(value)[:LONGEST_HEADER]
    # An unknown or damaged character set: the raw words still say something.
    with suppress(ValueError, LookupError, MessageError):
        text = str(make_header(decode_header(text)))
    return " ".join(text.encode("utf-8", "replace").decode().split())


def addresses_of(text: str) -> list[str]:
    """Return the addresses within a text in lower case, in their order, each once."""
    return list(dict.fromkeys(found.lower().rstrip(".") for found in ADDRESS.findall(text)))


def ids_of(text: str) -> list[str]:
    """Return the message ids within a text, in their order, each once."""
    return list(dict.fromkeys(MESSAGE_ID.findall(text)))


def text_of(part: Message) -> str:
    """Return the words of one part, decoded as well as its bytes allow."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    payload = payload[:LONGEST_TEXT]
    try:
        return payload.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):
        return payload.decode("utf-8", "replace")


def parts(mail: Message) -> Iterator[Message]:
    """Yield the mail and all its parts, attached mails with theirs included, at most 200."""
    for number, part in enumerate(mail.walk()):
        if number >= 200:
            return
        yield part
