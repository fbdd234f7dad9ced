"""The built-in outbox: every mail is one .eml file in a folder, read by a page."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default
from heapq import nlargest
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from surveys.channels.message import Channel, Message

NAME = re.compile(r"[A-Za-z0-9@_-][A-Za-z0-9@._-]{0,250}")


LOOKED_THROUGH = 2000  # Each is a file to be read; older ones than these are not searched.


class KeptMail(NamedTuple):
    """A mail that lies in the outbox; `kept_at` is real time."""

    name: str
    kept_at: datetime
    mail: EmailMessage


@dataclass(frozen=True)
class Outbox(Channel):
    """Keeps mails as files; a message sent again under the same id replaces its file."""

    folder: Path

    def deliver(self, message: Message) -> None:
        """Write the mail; the file appears whole or not at all."""
        mail = message.as_email()
        self.folder.mkdir(parents=True, exist_ok=True)
        name = "".join(c for c in message.message_id if c.isalnum() or c in "-_@.")
        target = self.folder / f"{name}.eml"
        draft = target.with_suffix(".part")
        draft.write_bytes(mail.as_bytes())
        draft.replace(target)

    def newest(self, limit: int, words: str = "") -> list[KeptMail]:
        """Return at most `limit` mails, the one kept last first; with `words` those that have them, see `says`."""
        files = [(path.stat().st_mtime, path) for path in self.folder.glob("*.eml")]
        looked_at = nlargest(LOOKED_THROUGH if words else limit, files)
        mails = (read(path) for _written, path in looked_at)
        return list(islice((kept for kept in mails if says(kept.mail, words)), limit))

    def mail(self, name: str) -> KeptMail | None:
        """Return the mail with this name, or None; a name never leads out of the folder."""
        path = self.folder / f"{name}.eml"
        return read(path) if NAME.fullmatch(name) and path.is_file() else None

    def forget(self, ids: set[str], addresses: set[str]) -> int:
        """Delete the mails whose message id begins with one of `ids`, and those to `addresses`; return how many."""
        gone = 0
        for path in list(self.folder.glob("*.eml")):
            if path.name.partition("@")[0] in ids or recipient(path) in addresses:
                path.unlink(missing_ok=True)
                gone += 1
        return gone


def recipient(path: Path) -> str:
    """Return the address that a kept mail is written to, in lower case."""
    with path.open("rb") as file:
        mail = BytesHeaderParser(policy=default).parse(file)
    found = mail["To"]
    return found.addresses[0].addr_spec.lower() if found is not None and found.addresses else ""


def says(mail: EmailMessage, words: str) -> bool:
    """Return whether `words` stand in a mail's recipient, subject or text, in this order and in any case."""
    wanted = " ".join(words.casefold().split())
    if wanted in f"{mail['to']} {mail['subject']}".casefold():
        return True
    part = mail.get_body(("plain",))
    return part is not None and wanted in " ".join(str(part.get_content()).casefold().split())


def read(path: Path) -> KeptMail:
    """Return the mail of one file."""
    mail = message_from_bytes(path.read_bytes(), policy=default)
    return KeptMail(path.stem, datetime.fromtimestamp(path.stat().st_mtime, UTC), mail)
