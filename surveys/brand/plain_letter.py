"""A mail of plain words from a shop to one customer: paragraphs, the shop's name and address below."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Protocol

from surveys.channels.message import Message
from surveys.channels.plain_page import plain_page


class Sender(Protocol):
    """What a letter says of the shop it comes from."""

    name: str
    sender_name: str | None
    sender_email: str | None
    reply_to: str | None
    postal_address: str | None


def plain_letter(
    brand: Sender,
    to: tuple[str, str],
    language: str,
    subject: str,
    paragraphs: Sequence[str],
    *,
    sender: str,
    message_id: str,
    now: datetime,
) -> Message:
    """Return the mail to `to` (name and address); `sender` is the address of shops that have none of their own."""
    foot = [brand.name, *(brand.postal_address or "").splitlines()]
    return Message(
        to_name=to[0],
        to_email=to[1],
        from_name=brand.sender_name or brand.name,
        from_email=brand.sender_email or sender,
        reply_to=brand.reply_to,
        subject=subject,
        text="\n\n".join(paragraphs) + "\n\n-- \n" + "\n".join(foot) + "\n",
        html=plain_page(language, subject, [*([line] for line in paragraphs), foot]),
        message_id=message_id,
        headers={"Date": format_datetime(now)},
    )
