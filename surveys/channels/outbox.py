"""The built-in outbox: every mail is one .eml file in a folder, read by a page."""

from dataclasses import dataclass
from pathlib import Path

from surveys.channels.message import Message


@dataclass(frozen=True)
class Outbox:
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
