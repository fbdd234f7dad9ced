"""A customer lets the shop quote what they wrote, and takes it back: only they can, and only on their own page."""

from datetime import datetime

from feedback.follow_up.praise.models import Testimonial
from feedback.follow_up.praise.queries import testimonial_of
from feedback.follow_up.praise.signature import SIGNED
from surveys.audit.changes import describe
from surveys.audit.noting import note
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.responses.models import Response
from surveys.scales import mood_of

QUOTED = "own_page.quote"  # what an audit row calls it
NOTHING = N_("There is nothing to quote: this answer has no comment, or it is not a happy one.")
CHOOSE = N_("Choose one of those in the list.")


def may_be_quoted(response: Response) -> bool:
    """Tell whether a customer is asked at all: a happy answer with a comment, sent and counted, that has a name."""
    is_whole = not response.is_partial and not response.is_anonymous and response.excluded_at is None
    return (
        is_whole
        and bool(response.comment)
        and response.group is not None
        and mood_of(response.group) == "happy"
    )


def allow(response: Response, signed: str, now: datetime) -> Testimonial:
    """Let the shop quote the comment as it stands now; saying it again changes the name. Refuses what cannot be."""
    if response.customer_id is None or not response.comment or not may_be_quoted(response):
        raise Conflict(NOTHING)
    if signed not in SIGNED:
        raise Refusal(CHOOSE, field="signed")
    found = testimonial_of(response.id, locked=True)
    before = found.signed if found is not None and found.revoked_at is None else None
    if found is None:
        found = Testimonial(response_id=response.id, customer_id=response.customer_id)
        db.session.add(found)
    if (before, found.text) != (signed, response.comment):
        found.granted_at = now
    found.text, found.signed, found.revoked_at = response.comment, signed, None
    _write_down(response, before, signed, now)
    db.session.flush()
    return found


def take_back(response: Response, now: datetime) -> None:
    """Let the shop quote it no longer; where nothing was allowed nothing changes."""
    found = testimonial_of(response.id, locked=True)
    if found is None or found.revoked_at is not None:
        return
    found.revoked_at = now
    _write_down(response, found.signed, None, now)
    db.session.flush()


def _write_down(response: Response, before: str | None, after: str | None, now: datetime) -> None:
    """Keep who allowed what and when, to prove it."""
    if before != after:
        change = describe("response", response.public_id, "changed", {"quote": (before, after)})
        note(QUOTED, now, way="page", about=response.public_id, changes=[change])
