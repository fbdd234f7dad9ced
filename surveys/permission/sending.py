"""Send the mails that ask to confirm, each at most once: judged when claimed, settled afterwards."""

from datetime import datetime
from functools import partial
from typing import Protocol

from babel.dates import format_date

from surveys.brand.plain_letter import plain_letter
from surveys.channels.message import Message
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.permission.bouncing import Fate, record_bounce
from surveys.permission.letters import letter_in
from surveys.permission.models import ConsentRequest
from surveys.permission.prompts.asking import may_leave
from surveys.permission.queries import due_requests
from surveys.permission.requesting import why_not_to_request
from surveys.work import PAUSES, carry_out, pause_before_retry, settle_uncertain

Parcel = tuple[Message, bool]


class Letterhead(Protocol):
    """What a mail needs to know of the house."""

    @property
    def sender(self) -> str:
        """The address to write from when the brand has none."""

    def message_id(self, public_id: str) -> str:
        """Return the id of a mail."""

    def consent_link(self, public_id: str) -> str:
        """Return the link to the page that confirms."""


def send_due(now: datetime, limit: int, channels: Channels, post: Letterhead) -> int:
    """Send up to `limit` requests that are due; return how many were looked at. Commits each by itself."""
    doubted = settle_uncertain(ConsentRequest, now, lambda row: settled(row, "uncertain", now), limit)

    prepare = partial(prepared, post=post)
    with channels.conversation() as line:

        def act(parcel: Parcel) -> None:
            message, for_real = parcel
            line.deliver(message, for_real=for_real)

        return doubted + carry_out(
            ConsentRequest, now, limit, prepare=prepare, act=act, settle=settle, paced=True
        )


def backlog(now: datetime) -> int:
    """Return how many requests are due."""
    return due_requests(now)


def prepared(row: ConsentRequest, now: datetime, post: Letterhead) -> Parcel | None:
    """Return the mail if it may still go; else refuse the request and return None."""
    db.session.refresh(row, with_for_update=True)
    if row.state != "planned" or row.due_at is None:
        return None
    customer = row.customer
    gone = customer.email != row.email or now >= row.expires_at
    if gone or why_not_to_request(customer) is not None or not may_leave(row, now):
        settled(row, "refused", now)
        return None
    return compose(row, post, now), not customer.made_by_demo


def compose(row: ConsentRequest, post: Letterhead, now: datetime) -> Message:
    """Return the mail that asks to confirm; plain words and one link."""
    customer, brand, letter = row.customer, row.customer.brand, letter_in(row.locale)
    facts = {
        "shop": brand.name,
        "date": format_date(row.expires_at.date(), letter.date, locale=row.locale),
        "name": " ".join((customer.name or "").split()),
    }
    hello = letter.greeting if customer.name else letter.greeting_unnamed
    link = post.consent_link(row.public_id)
    told = [hello, letter.why, letter.please]
    lines = [line.format(**facts) for line in told] + [link, letter.ignore.format(**facts)]
    return plain_letter(
        brand,
        (customer.name or "", row.email),
        row.locale,
        letter.subject.format(**facts),
        lines,
        sender=post.sender,
        message_id=post.message_id(f"{row.public_id}.{row.mails}"),
        now=now,
    )


def settle(row: ConsentRequest, failure: DeliveryFailed | None, now: datetime) -> None:
    """Write down how the delivery ended, and when to try again."""
    if row.state != "planned":
        return
    if failure is not None and failure.recipient:
        record_bounce(Fate(row.email, None, failure.reason, "smtp"), now)
    if failure is None:
        settled(row, "sent", now)
    elif failure.uncertain:
        settled(row, "uncertain", now)
    elif failure.permanent:
        settled(row, "failed", now)
    else:
        row.due_at = now + (pause_before_retry(row.attempts) or PAUSES[-1])
        if row.due_at >= row.expires_at:
            settled(row, "failed", now)


def settled(row: ConsentRequest, state: str, now: datetime) -> None:
    """Settle the request's mail."""
    row.state, row.due_at = state, None
    if state in ("sent", "uncertain"):
        row.sent_at = now
