"""Send the thank-yous that were written; a mail is never sent twice."""

from datetime import datetime
from functools import partial

from feedback.follow_up.praise.letters import letter_for
from feedback.follow_up.praise.models import ThankYou
from feedback.follow_up.praise.queries import testimonial_of
from feedback.follow_up.praise.quoting import may_be_quoted
from feedback.follow_up.replying import as_page
from surveys.channels.message import Message
from surveys.channels.registry import Channels
from surveys.errors import DeliveryFailed
from surveys.invitations.judging import why_not_to_check_back
from surveys.invitations.letters import letter_in
from surveys.invitations.post import Post
from surveys.work import carry_out, pause_before_retry, settle_uncertain

Parcel = tuple[Message, bool]


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` thank-yous that are due; return how many were looked at."""
    doubted = settle_uncertain(ThankYou, now, lambda thanks: _end(thanks, "uncertain"), limit)

    def act(parcel: Parcel) -> None:
        message, for_real = parcel
        channels.deliver(message, for_real=for_real)

    return doubted + carry_out(
        ThankYou, now, limit, prepare=partial(_prepare, post=post), act=act, settle=_settle
    )


def compose(thanks: ThankYou, post: Post) -> Message:
    """Return the mail; below it stands the link to the page where the customer says whether they may be quoted."""
    response, brand = thanks.response, thanks.response.brand
    link = post.own_page_link(thanks.public_id)
    asks = may_be_quoted(response) and testimonial_of(response.id) is None
    leads = letter_for(response.locale).may_we if asks else letter_in(response.locale).follow_up
    foot = [f"{leads}\n{link}", brand.postal_address]
    text = thanks.body + "\n\n-- \n" + "\n\n".join(filter(None, foot))
    follows = {}
    if response.invitation is not None:
        before = post.message_id(response.invitation.public_id)
        follows = {"In-Reply-To": before, "References": before}
    return Message(
        to_name=thanks.customer.name or "",
        to_email=thanks.customer.email or "",
        from_name=f"{thanks.author.name} · {brand.sender_name or brand.name}",
        from_email=brand.sender_email or post.sender,
        reply_to=brand.reply_to,
        subject=thanks.subject,
        text=text + "\n",
        html=as_page(response.locale, thanks.subject, text),
        message_id=post.message_id(thanks.public_id),
        headers={"Auto-Submitted": "no"} | follows,
    )


def _prepare(thanks: ThankYou, now: datetime, post: Post) -> Parcel | None:
    """Return the mail and whether it may really leave; one to nobody, or to somebody who objected since, ends."""
    if why_not_to_check_back(thanks.customer, now) is not None:
        _end(thanks, "failed", "the customer must not be written to")
        return None
    return compose(thanks, post), not thanks.customer.made_by_demo


def _settle(thanks: ThankYou, failure: DeliveryFailed | None, now: datetime) -> None:
    """Note how it ended, or when it is tried again."""
    if failure is None:
        thanks.sent_at = now
        _end(thanks, "sent")
    elif failure.uncertain:
        _end(thanks, "uncertain")
    else:
        pause = None if failure.permanent else pause_before_retry(thanks.attempts)
        if pause is None:
            _end(thanks, "failed", failure.reason)
        else:
            thanks.due_at = now + pause


def _end(thanks: ThankYou, state: str, reason: str | None = None) -> None:
    """Let it be done with."""
    thanks.state, thanks.due_at = state, None
    if reason is not None:
        thanks.last_error = reason[:500]
