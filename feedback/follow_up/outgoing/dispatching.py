"""Send mails of the team to customers: each once, under the name of who wrote it, as an answer to what they had said."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from feedback.follow_up.outgoing.models import Outgoing
from feedback.follow_up.replying import as_page
from surveys.channels.message import Message
from surveys.channels.registry import Channels
from surveys.customers.models import Customer
from surveys.errors import DeliveryFailed
from surveys.invitations.post import Post
from surveys.responses.models import Response
from surveys.staff.models import StaffMember
from surveys.work import carry_out, pause_before_retry, settle_uncertain

Parcel = tuple[Message, bool]
Letter = TypeVar("Letter", bound=Outgoing)


def send(
    model: type[Letter],
    now: datetime,
    limit: int,
    channels: Channels,
    prepare: Callable[[Letter, datetime], Parcel | None],
    *,
    paced: bool = False,
) -> int:
    """Send up to `limit` letters that are due; return how many were looked at.

    `prepare` returns the mail and whether it may really leave, or None when it has settled the letter.
    """
    doubted = settle_uncertain(model, now, lambda letter: end(letter, "uncertain"), limit)
    with channels.conversation() as line:

        def act(parcel: Parcel) -> None:
            message, for_real = parcel
            line.deliver(message, for_real=for_real)

        return doubted + carry_out(model, now, limit, prepare=prepare, act=act, settle=settle, paced=paced)


def message(
    letter: Outgoing,
    customer: Customer,
    response: Response,
    author: StaffMember | None,
    post: Post,
    *,
    language: str,
    leads: str,
    headers: Mapping[str, str] | None = None,
) -> Message:
    """Return the mail; below it stands the link to the customer's own page, behind the words `leads`.

    It follows the invitation that the customer answered, where there was one.
    """
    brand = response.brand
    foot = [f"{leads}\n{post.own_page_link(letter.public_id)}", brand.postal_address]
    text = letter.body + "\n\n-- \n" + "\n\n".join(filter(None, foot))
    follows = {}
    if response.invitation is not None:
        before = post.message_id(response.invitation.public_id)
        follows = {"In-Reply-To": before, "References": before}
    shop = brand.sender_name or brand.name
    return Message(
        to_name=customer.name or "",
        to_email=customer.email or "",
        from_name=f"{author.name} · {shop}" if author else shop,
        from_email=brand.sender_email or post.sender,
        reply_to=brand.reply_to,
        subject=letter.subject,
        text=text + "\n",
        html=as_page(language, letter.subject, text),
        message_id=post.message_id(letter.public_id),
        headers={**(headers or {}), **follows},
    )


def settle(letter: Outgoing, failure: DeliveryFailed | None, now: datetime) -> None:
    """Note how it ended, or when it is tried again."""
    if failure is None:
        letter.sent_at = now
        end(letter, "sent")
    elif failure.uncertain:
        end(letter, "uncertain")
    else:
        pause = None if failure.permanent else pause_before_retry(letter.attempts)
        if pause is None:
            end(letter, "failed", failure.reason)
        else:
            letter.due_at = now + pause


def end(letter: Outgoing, state: str, reason: str | None = None) -> None:
    """Let it be done with."""
    letter.state, letter.due_at = state, None
    if reason is not None:
        letter.last_error = reason[:500]
