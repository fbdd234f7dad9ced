"""Which files a mail carries: bounded in number and size, with names that lead nowhere, and never opened."""

import re
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from email.message import Message
from typing import NamedTuple

from surveys.post_box.envelopes import header, parts

MOST_FILES = 10
LARGEST_FILE = 5 * 1024 * 1024
LONGEST_NAME = 120
LEADING = re.compile(r"^[.\s]+")
WORDS = ("text/plain", "text/html")


class File(NamedTuple):
    """A file of a mail; `name` has no folders and no control characters."""

    name: str
    content: bytes


class Files(NamedTuple):
    """The files that are kept, and how many are not."""

    kept: list[File]
    left_out: int


def files_in(mail: Message) -> Files:
    """Return the files of a mail; what is too large, too many or cut off is counted only."""
    kept: list[File] = []
    left_out = 0
    for part in files_among(mail):
        content = content_of(part)
        if content is None or len(content) > LARGEST_FILE or len(kept) == MOST_FILES:
            left_out += 1
        else:
            kept.append(File(name_of(part, len(kept) + 1), content))
    if kept and is_cut_off(mail):
        return Files(kept[:-1], left_out + 1)
    return Files(kept, left_out)


def is_cut_off(mail: Message) -> bool:
    """Return whether the mail ends in the middle, as one does that was too long to be read whole."""
    return any(isinstance(each, CloseBoundaryNotFoundDefect) for part in parts(mail) for each in part.defects)


def files_among(mail: Message) -> list[Message]:
    """Return the parts that are files: what has a name, what says so, and whatever is no text."""
    found: list[Message] = []
    inside: set[int] = set()
    for part in parts(mail):
        if id(part) in inside:
            inside |= {id(each) for each in children(part)}
        elif part.get_content_maintype() == "message":
            found.append(part)
            inside |= {id(each) for each in children(part)}
        elif not part.is_multipart() and is_file(part):
            found.append(part)
    return found


def children(part: Message) -> list[Message]:
    """Return the parts directly inside of one."""
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def is_file(part: Message) -> bool:
    """Return whether a part is more than words of the mail."""
    if part.get_content_disposition() == "attachment" or named(part):
        return True
    return part.get_content_type() not in WORDS


def content_of(part: Message) -> bytes | None:
    """Return the bytes of a file, None when they cannot be told; an attached mail is written as it came."""
    try:
        if part.is_multipart():
            return b"".join(each.as_bytes() for each in children(part))
        payload = part.get_payload(decode=True)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return payload if isinstance(payload, bytes) else None


def name_of(part: Message, number: int) -> str:
    """Return the file's name without folders and control characters; one is made up where there is none."""
    text = named(part).replace("\\", "/").rpartition("/")[2]
    # Marks that turn the direction of writing make exe.gpj look like a picture; they are no printable characters.
    text = LEADING.sub("", "".join(c for c in text if c.isprintable() and c not in '<>:"|?*')).strip()
    if len(text) > LONGEST_NAME:
        stem, dot, end = text.rpartition(".")
        text = f"{stem[: LONGEST_NAME - 11]}{dot}{end[:10]}" if stem else text[:LONGEST_NAME]
    return text or f"{number}.{'eml' if part.get_content_maintype() == 'message' else 'bin'}"


def named(part: Message) -> str:
    """Return the name that a part gives itself, empty when it gives none that can be read."""
    try:
        found = part.get_filename()
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    if not found:
        return ""
    # Names that were written against the standard, as encoded words, are read like any other header.
    holder = Message()
    holder["X-Name"] = str(found).replace("\r", " ").replace("\n", " ")
    return header(holder, "X-Name")
