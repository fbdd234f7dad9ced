"""Send the mails with links to one's own data, each at most once: judged when claimed, settled afterwards."""

from datetime import datetime
from functools import partial

from feedback.privacy.models import OwnDataLink
from feedback.privacy.own_page.letters import letter_in
from feedback.privacy.own_page.queries import due_links, person
from feedback.privacy.own_page.requesting import HOUR
from surveys.brand.plain_letter import plain_letter
from surveys.channels.message import Message
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.invitations.post import Post
from surveys.work import PAUSES, carry_out, pause_before_retry, settle_uncertain

Parcel = tuple[Message, bool]


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` links that are due; return how many were looked at. Commits each by itself."""
    doubted = settle_uncertain(OwnDataLink, now, lambda link: settled(link, "uncertain", now), limit)

    def act(parcel: Parcel) -> None:
        message, for_real = parcel
        channels.deliver(message, for_real=for_real)

    prepare = partial(prepared, post=post)
    return doubted + carry_out(OwnDataLink, now, limit, prepare=prepare, act=act, settle=settle, paced=True)


def backlog(now: datetime) -> int:
    """Return how many links are due."""
    return due_links(now)


def prepared(link: OwnDataLink, now: datetime, post: Post) -> Parcel | None:
    """Return the mail if it may still go, with its hour beginning now; else refuse the link and return None."""
    db.session.refresh(link, with_for_update=True)
    if link.state != "planned":
        return None
    # After an hour nobody waits for it any more, and the page may be asked again.
    if person(link.customer).email != link.email or now - link.requested_at >= HOUR:
        settled(link, "refused", now)
        return None
    link.expires_at = now + HOUR
    return compose(link, post, now), not link.customer.made_by_demo


def compose(link: OwnDataLink, post: Post, now: datetime) -> Message:
    """Return the mail: plain words and one link."""
    customer, brand, letter = link.customer, link.customer.brand, letter_in(link.locale)
    facts = {"shop": brand.name, "name": " ".join((customer.name or "").split())}
    hello = letter.greeting if customer.name else letter.greeting_unnamed
    lines = [hello.format(**facts), letter.please[link.kind].format(**facts)]
    lines += [post.own_data_link(link.public_id), letter.ignore.format(**facts)]
    return plain_letter(
        brand,
        (customer.name or "", link.email),
        link.locale,
        letter.subject[link.kind].format(**facts),
        lines,
        sender=post.sender,
        message_id=post.message_id(link.public_id),
        now=now,
    )


def settle(link: OwnDataLink, failure: DeliveryFailed | None, now: datetime) -> None:
    """Write down how the delivery ended, and when to try again."""
    if link.state != "planned":
        return
    if failure is None:
        settled(link, "sent", now)
    elif failure.uncertain:
        settled(link, "uncertain", now)
    elif failure.permanent:
        settled(link, "failed", now)
    else:
        link.due_at = now + (pause_before_retry(link.attempts) or PAUSES[-1])


def settled(link: OwnDataLink, state: str, now: datetime) -> None:
    """Settle the link's mail."""
    link.state, link.due_at = state, None
    if state in ("sent", "uncertain"):
        link.sent_at = now
