"""Send the thank-yous that were written, to nobody who must not be written to any more."""

from datetime import datetime
from functools import partial

from feedback.follow_up.outgoing.dispatching import Parcel, end, message, send
from feedback.follow_up.praise.letters import letter_for
from feedback.follow_up.praise.models import ThankYou
from feedback.follow_up.praise.queries import testimonial_of
from feedback.follow_up.praise.quoting import may_be_quoted
from surveys.channels.message import Message
from surveys.channels.registry import Channels
from surveys.invitations.judging import why_not_to_check_back
from surveys.invitations.letters import letter_in
from surveys.invitations.post import Post


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` thank-yous that are due; return how many were looked at."""
    return send(ThankYou, now, limit, channels, partial(_prepare, post=post))


def compose(thanks: ThankYou, post: Post) -> Message:
    """Return the mail; below it stands the link to the page where the customer says whether they may be quoted."""
    response = thanks.response
    asks = may_be_quoted(response) and testimonial_of(response.id) is None
    leads = letter_for(response.locale).may_we if asks else letter_in(response.locale).follow_up
    return message(
        thanks,
        thanks.customer,
        response,
        thanks.author,
        post,
        language=response.locale,
        leads=leads,
        headers={"Auto-Submitted": "no"},
    )


def _prepare(thanks: ThankYou, now: datetime, post: Post) -> Parcel | None:
    """Return the mail and whether it may really leave; one to nobody, or to somebody who objected since, ends."""
    if why_not_to_check_back(thanks.customer, now) is not None:
        end(thanks, "failed", "the customer must not be written to")
        return None
    return compose(thanks, post), not thanks.customer.made_by_demo
