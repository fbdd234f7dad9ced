"""Send the letters to those who raised it: each once, and to nobody who must not be written to any more.

Whoever has an open problem of their own or has paused meanwhile is told later, for a month at most.
"""

from datetime import datetime, timedelta
from functools import partial

from feedback.follow_up.outgoing.dispatching import Parcel, end, message, send
from feedback.improving.models import ImprovementLetter
from feedback.improving.telling.queries import due_letters
from surveys.channels.message import Message
from surveys.channels.registry import Channels
from surveys.customers.queries import kept_from_asking
from surveys.invitations.judging import why_not_to_check_back
from surveys.invitations.letters import letter_in
from surveys.invitations.post import Post
from surveys.invitations.queries import same_person

LATER, LATEST = timedelta(days=1), timedelta(days=30)


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` letters that are due; return how many were looked at."""
    return send(ImprovementLetter, now, limit, channels, partial(_prepare, post=post), paced=True)


def backlog(now: datetime) -> int:
    """Count the letters that should have left by now."""
    return due_letters(now)


def compose(letter: ImprovementLetter, post: Post) -> Message:
    """Return the mail; below it stands the link to the customer's own page, on which they can stop such mails."""
    leads = letter_in(letter.language).follow_up
    people = letter.customer, letter.response, letter.author
    return message(letter, *people, post, language=letter.language, leads=leads)


def _prepare(letter: ImprovementLetter, now: datetime, post: Post) -> Parcel | None:
    """Return the mail and whether it may really leave; one to nobody, or to somebody who objected since, ends."""
    forbidden = letter.response.contact_permission is not True
    if forbidden or why_not_to_check_back(letter.customer, now) is not None:
        end(letter, "failed", "the customer must not be written to")
        return None
    held, paused_until = kept_from_asking(same_person(letter.customer, locked=False), now)
    if held is not None or paused_until is not None:
        if now - letter.written_at < LATEST:
            letter.due_at = now + LATER
            letter.attempts -= 1  # nothing was tried
        else:
            end(letter, "failed", "the customer could not be written to for a month")
        return None
    return compose(letter, post), not letter.customer.made_by_demo
