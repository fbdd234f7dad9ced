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
from itertools import islice

ADDRESS = re.compile(r"[A-Za-z0-9._%+'=~/&!#$*?^{|}-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
MESSAGE_ID = re.compile(r"<[^<>\s@]{1,250}@[^<>\s]{1,250}>")
# What stands in quotation marks or brackets of a header is said, not addressed; one that is never closed goes to the end.
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)')
NEVER_CLOSED = re.compile(r'["(].*', re.DOTALL)
IN_ANGLES = re.compile(r"<([^<>]*)>")
LONGEST_HEADER = 4_000
LONGEST_SENDER = 1_000
LONGEST_TEXT = 200_000
LONGEST_HEAD = 256 * 1024
HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
# What a mail of people never has so many of, and what the library takes minutes or all of its stack for.
BOXES, MOST_BOXES = re.compile(rb"(?:multipart|message)/", re.IGNORECASE), 200
PIECES, MOST_PIECES = re.compile(rb"\*\d+\*?="), 200
MOST_PARTS = 2_000


def opened(raw: bytes) -> Message:
    """Return the mail of these bytes; there is none that cannot be opened, of a bent one the head alone."""
    if is_bent(raw):
        return message_from_bytes(head_of(raw)[: LONGEST_HEAD // 8], policy=compat32, _class=Headed)
    return message_from_bytes(raw, policy=compat32)


class Headed(Message):
    """The head of a mail whose body is not looked at: it has no parts and no text, whatever its head says."""

    def get_content_type(self) -> str:
        """Return that nobody knows what is in it."""
        return "application/octet-stream"

    def get_content_maintype(self) -> str:
        """Return that it is nothing with parts."""
        return "application"


def is_bent(raw: bytes) -> bool:
    """Return whether a mail is built to hold up its reader: boxes in boxes, a head without end, countless parts."""
    return (
        len(head_of(raw)) > LONGEST_HEAD
        or raw.count(b"\n--") > MOST_PARTS
        or more_than(BOXES, raw, MOST_BOXES)
        or more_than(PIECES, raw, MOST_PIECES)
    )


def more_than(pattern: re.Pattern[bytes], raw: bytes, most: int) -> bool:
    """Return whether `pattern` is found more than `most` times."""
    return sum(1 for _ in islice(pattern.finditer(raw), most + 1)) > most


def head_of(raw: bytes) -> bytes:
    """Return the lines above the first empty one."""
    end = HEAD_ENDS.search(raw)
    return raw[: end.start()] if end else raw


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


def sender_of(mail: Message) -> str:
    """Return the address that a mail says it comes from, in lower case; empty when it names none, or several.

    Addresses within the name of a sender are words that anybody chooses, so they never count, encoded ones neither. Of
    several the mail's way here may have vouched for another one than we would take, and so it is with letters that we
    could only leave out.
    """
    raw = ",".join(map(str, mail.get_all("From", [])))
    if len(raw) > LONGEST_SENDER:
        return ""  # Cut short, the name would be read where the address was.
    raw = NEVER_CLOSED.sub(" ", bare(raw))
    named = {
        address
        for part in raw.split(",")
        for text in IN_ANGLES.findall(part) or [part]
        for address in (addresses_of(text) if text.isascii() or "@" not in text else [""])
    }
    return named.pop() if len(named) == 1 else ""


def bare(text: str) -> str:
    """Return a header without what stands in quotation marks or brackets, in brackets within brackets, too."""
    outer = QUOTED.sub(" ", text)
    while outer != text:
        text, outer = outer, QUOTED.sub(" ", outer)
    return outer


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
