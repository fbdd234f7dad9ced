"""Send the letters to those who raised it: each once, and to nobody who must not be written to any more.

Whoever has an open problem of their own or has paused meanwhile is told later, for a month at most.
"""

from datetime import datetime, timedelta
from functools import partial

from feedback.follow_up.replying import as_page
from feedback.improving.models import ImprovementLetter
from feedback.improving.telling.queries import due_letters
from surveys.channels.message import Message
from surveys.channels.registry import Channels
from surveys.customers.queries import kept_from_asking
from surveys.errors import DeliveryFailed
from surveys.invitations.judging import why_not_to_check_back
from surveys.invitations.letters import letter_in
from surveys.invitations.post import Post
from surveys.invitations.queries import same_person
from surveys.work import carry_out, pause_before_retry, settle_uncertain

Parcel = tuple[Message, bool]
LATER, LATEST = timedelta(days=1), timedelta(days=30)


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` letters that are due; return how many were looked at."""
    doubted = settle_uncertain(ImprovementLetter, now, lambda letter: _end(letter, "uncertain"), limit)
    with channels.conversation() as line:

        def act(parcel: Parcel) -> None:
            message, for_real = parcel
            line.deliver(message, for_real=for_real)

        prepare = partial(_prepare, post=post)
        return doubted + carry_out(
            ImprovementLetter, now, limit, prepare=prepare, act=act, settle=_settle, paced=True
        )


def backlog(now: datetime) -> int:
    """Count the letters that should have left by now."""
    return due_letters(now)


def compose(letter: ImprovementLetter, post: Post) -> Message:
    """Return the mail; below it stands the link to the customer's own page, on which they can stop such mails."""
    response, brand = letter.response, letter.response.brand
    follow_up = letter_in(letter.language).follow_up
    foot = [f"{follow_up}\n{post.own_page_link(letter.public_id)}", brand.postal_address]
    text = letter.body + "\n\n-- \n" + "\n\n".join(filter(None, foot))
    follows = {}
    if response.invitation is not None:
        before = post.message_id(response.invitation.public_id)
        follows = {"In-Reply-To": before, "References": before}
    shop = brand.sender_name or brand.name
    return Message(
        to_name=letter.customer.name or "",
        to_email=letter.customer.email or "",
        from_name=f"{letter.author.name} · {shop}" if letter.author else shop,
        from_email=brand.sender_email or post.sender,
        reply_to=brand.reply_to,
        subject=letter.subject,
        text=text + "\n",
        html=as_page(letter.language, letter.subject, text),
        message_id=post.message_id(letter.public_id),
        headers=follows,
    )


def _prepare(letter: ImprovementLetter, now: datetime, post: Post) -> Parcel | None:
    """Return the mail and whether it may really leave; one to nobody, or to somebody who objected since, ends."""
    forbidden = letter.response.contact_permission is not True
    if forbidden or why_not_to_check_back(letter.customer, now) is not None:
        _end(letter, "failed", "the customer must not be written to")
        return None
    held, paused_until = kept_from_asking(same_person(letter.customer, locked=False), now)
    if held is not None or paused_until is not None:
        if now - letter.written_at < LATEST:
            letter.due_at = now + LATER
            letter.attempts -= 1  # nothing was tried
        else:
            _end(letter, "failed", "the customer could not be written to for a month")
        return None
    return compose(letter, post), not letter.customer.made_by_demo


def _settle(letter: ImprovementLetter, failure: DeliveryFailed | None, now: datetime) -> None:
    """Note how it ended, or when it is tried again."""
    if failure is None:
        letter.sent_at = now
        _end(letter, "sent")
    elif failure.uncertain:
        _end(letter, "uncertain")
    else:
        pause = None if failure.permanent else pause_before_retry(letter.attempts)
        if pause is None:
            _end(letter, "failed", failure.reason)
        else:
            letter.due_at = now + pause


def _end(letter: ImprovementLetter, state: str, reason: str | None = None) -> None:
    """Let it be done with."""
    letter.state, letter.due_at = state, None
    if reason is not None:
        letter.last_error = reason[:500]
