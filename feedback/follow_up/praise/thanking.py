"""Say thank you: a few happy customers a day, drawn by lot, each with a letter that somebody looks over and sends."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError

from feedback.follow_up.praise.letters import praised, thank_you_subject, thank_you_text
from feedback.follow_up.praise.lots import drawn
from feedback.follow_up.praise.models import ThankYou
from feedback.follow_up.praise.queries import (
    NotDrawn,
    readings_of,
    responses_called,
    thank_yous_of,
    urn,
)
from feedback.follow_up.triaging import PLACEHOLDER, PlaceholderLeft, TextMissing
from surveys.brand.models import Brand
from surveys.channels.message import clean
from surveys.database import db
from surveys.errors import N_, Conflict
from surveys.invitations.judging import why_not_to_check_back
from surveys.responses.models import Response
from surveys.staff.models import StaffMember


class DoneAlready(Conflict):
    """Somebody was quicker."""

    phrase = N_("Somebody has already thanked this customer or left them out.")


class NotToBeWritten(Conflict):
    """The customer must not be written to any more."""

    phrase = N_("This customer must not be written to any more. Leave them out.")


@dataclass(frozen=True)
class Proposal:
    """One customer to be thanked today: what they wrote, the letter, and what was done, None while nothing was."""

    response: Response
    praise: str
    subject: str
    body: str
    done: ThankYou | None


def beginning_of_day(brand: Brand, now: datetime) -> datetime:
    """Return when the shop's day began."""
    zone = ZoneInfo(brand.time_zone)
    return datetime.combine(now.astimezone(zone).date(), time(), zone).astimezone(UTC)


def proposals(brand: Brand, now: datetime, *, by: str) -> list[Proposal]:
    """Return today's draw of a shop in its order; `by` is the name under the letters. Changes nothing."""
    began = beginning_of_day(brand, now)
    day = now.astimezone(ZoneInfo(brand.time_zone)).date()
    chosen = [each.response_id for each in drawn(urn(brand, began), day, brand.key, brand.thanks_per_day)]
    responses, readings, done = responses_called(chosen), readings_of(chosen), thank_yous_of(chosen)
    found = []
    for number in chosen:
        response = responses[number]
        praise = praised(response.comment or "", readings[number].clauses)
        found.append(
            Proposal(
                response,
                praise,
                thank_you_subject(response.locale, brand.name),
                _letter(response, praise, brand, by),
                done.get(number),
            )
        )
    return found


def thank(response: Response, subject: str, body: str, now: datetime, *, actor: StaffMember) -> ThankYou:
    """Write to a customer of today's draw; the mail leaves with the next beat.

    Refuses with NotDrawn, DoneAlready, NotToBeWritten, TextMissing, PlaceholderLeft or HeaderRefused.
    """
    body, subject = body.strip(), " ".join(subject.split())
    for field, text in (("subject", subject), ("body", body)):
        if not text:
            raise TextMissing(field=field)
        left = PLACEHOLDER.search(text)
        if left:
            raise PlaceholderLeft(field=field, part=left.group()[:80])
    clean("subject", subject)
    if response.customer is None or why_not_to_check_back(response.customer, now) is not None:
        raise NotToBeWritten()
    return _settle(response, now, actor, subject=subject, body=body, state="queued", due_at=now)


def leave_out(response: Response, now: datetime, *, actor: StaffMember) -> ThankYou:
    """Thank this customer not; refuses with NotDrawn or DoneAlready."""
    return _settle(response, now, actor, state="skipped")


def _settle(response: Response, now: datetime, actor: StaffMember, **values: object) -> ThankYou:
    """Note what was done with a drawn answer, once."""
    today = {each.response.id: each for each in proposals(response.brand, now, by=actor.name)}
    if response.id not in today:
        raise NotDrawn()
    if today[response.id].done is not None:
        raise DoneAlready()
    made = ThankYou(
        response=response, customer_id=response.customer_id, author=actor, written_at=now, **values
    )
    db.session.add(made)
    try:
        db.session.flush()
    except IntegrityError:
        raise DoneAlready() from None
    return made


def _letter(response: Response, praise: str, brand: Brand, by: str) -> str:
    return thank_you_text(
        response.locale,
        name=response.customer.name if response.customer else None,
        order=response.purchase.reference if response.purchase else None,
        agent=by,
        shop=brand.name,
        praise=praise,
    )
