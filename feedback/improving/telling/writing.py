"""Write what customers are told, order the letters to those who raised it, and publish it."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError

from feedback.follow_up.triaging import PLACEHOLDER, PlaceholderLeft
from feedback.improving.measuring import evidence_days, selection_of, subject_of
from feedback.improving.models import Improvement, ImprovementLetter, ImprovementText
from feedback.improving.queries import raisers
from feedback.improving.states import TOLD, State
from feedback.improving.telling.audience import Audience, Raiser, audience
from feedback.improving.telling.letters import (
    LANGUAGES,
    Addressee,
    Told,
    text_of,
)
from feedback.improving.telling.letters import (
    subject_of as letter_subject,
)
from feedback.improving.telling.queries import address_of, bars_on_many, texts_of
from feedback.improving.wording import checked_line, checked_text
from surveys.channels.message import clean
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.locales import long_day
from surveys.responses.models import Response
from surveys.staff.models import StaffMember

LONGEST_SAID, LONGEST_DID = 300, 2_000


class NothingToTell(Conflict):
    """It is an idea or a plan."""

    phrase = N_("There is nothing to tell yet. Customers are told once it is in effect, or declined.")


class NoText(Refusal):
    """Nobody has written what customers are told."""

    phrase = N_("Write what customers are told first, in at least one language.")


class HalfWritten(Refusal):
    """A language has one half of it."""

    phrase = N_("Write both, what customers said and what was done, or leave both empty.")


class OthersNow(Conflict):
    """Since the page was made, who is told has changed."""

    phrase = N_(
        "Nothing was sent: %(now)s are told now, and the page said %(seen)s. Look at the numbers again, then send."
    )


class NobodyLeft(Conflict):
    """Everybody who may be told was told."""

    phrase = N_("Nothing was sent: there is nobody left who may be told and has not been.")


def write(
    improvement: Improvement,
    texts: Mapping[str, tuple[str, str]],
    now: datetime,
    *,
    actor: StaffMember | None,
) -> None:
    """Keep what customers are told: what they said and what was done, by language; empty ones take a language away.

    Letters that were ordered keep their words. Refuses halves, brackets left from a template, and taking away the only
    language of what is published.
    """
    known = texts_of(improvement.id)
    wanted = {language: _checked(language, *texts[language]) for language in LANGUAGES if language in texts}
    if improvement.published_at is not None and not any((known.keys() - wanted.keys(), *wanted.values())):
        raise NoText(field=f"said_{LANGUAGES[0]}")
    for language, told in wanted.items():
        row = known.get(language)
        if told is None:
            if row is not None:
                db.session.delete(row)
            continue
        if row is None:
            row = ImprovementText(improvement_id=improvement.id, language=language)
            db.session.add(row)
        if (row.said, row.did) != told:
            row.said, row.did = told
            row.changed_at, row.changed_by_id = now, actor.id if actor else None
    db.session.flush()
    db.session.expire(improvement, ["texts"])


def publish(improvement: Improvement, is_public: bool, now: datetime) -> None:
    """Show it on the public page of its shop, or no more; refuses with NothingToTell or NoText."""
    if is_public:
        _check_told(improvement)
    improvement.published_at = (improvement.published_at or now) if is_public else None
    db.session.flush()


def audience_of(improvement: Improvement, now: datetime) -> Audience:
    """Return who is told and who is left out as it is now; changes nothing."""
    return _gathered(improvement, now)[0]


def order_letters(
    improvement: Improvement, seen: int, now: datetime, *, actor: StaffMember | None
) -> list[ImprovementLetter]:
    """Order one letter for each who may be told; `seen` is how many the page said. They leave with the next beats.

    The improvement is locked by the caller. Refuses with NothingToTell, NoText, OthersNow or NobodyLeft.
    """
    _check_told(improvement)
    found, responses = _gathered(improvement, now)
    if not found.told:
        raise NobodyLeft()
    if len(found.told) != seen:
        raise OthersNow(now=len(found.told), seen=seen)
    texts = texts_of(improvement.id)
    made = []
    for raiser, language in found.told:
        response = responses[raiser.response_id]
        letter = ImprovementLetter(
            improvement=improvement,
            customer_id=raiser.customer_id,
            response_id=response.id,
            author=actor,
            language=language,
            subject=letter_subject(language, response.brand.name),
            body=body_of(improvement, texts[language], response, actor),
            written_at=now,
            due_at=now,
        )
        made.append(letter)
    db.session.add_all(made)
    try:
        db.session.flush()
    except IntegrityError:
        raise NobodyLeft() from None
    return made


def body_of(
    improvement: Improvement, text: ImprovementText, response: Response, actor: StaffMember | None
) -> str:
    """Return the letter to the customer of one answer, as it would be sent."""
    at = (response.submitted_at or response.saved_at).astimezone(ZoneInfo(response.brand.time_zone))
    to = Addressee(
        name=response.customer.name if response.customer else None,
        order=response.purchase.reference if response.purchase else None,
        day=long_day(at.date(), text.language),
        author=actor.name if actor else "",
        shop=response.brand.name,
    )
    return text_of(text.language, Told(text.said, text.did, improvement.state == State.DECLINED), to)


def _gathered(improvement: Improvement, now: datetime) -> tuple[Audience, dict[int, Response]]:
    """Return who is told, with the answers by their ids."""
    found = raisers(selection_of(improvement, evidence_days(improvement)), subject_of(improvement), now)
    customers = {each.customer.id: each.customer for each in found if each.customer is not None}
    bars = bars_on_many(improvement.id, list(customers.values()), now)
    told = audience((_raiser(each) for each in found), bars, texts_of(improvement.id).keys())
    return told, {each.id: each for each in found}


def _raiser(response: Response) -> Raiser:
    customer = response.customer
    return Raiser(
        response.id,
        customer.id if customer else None,
        address_of(customer) if customer else None,
        response.locale,
        response.contact_permission is True,
    )


def _check_told(improvement: Improvement) -> None:
    if improvement.state not in TOLD:
        raise NothingToTell()
    if not texts_of(improvement.id):
        raise NoText(field="said_en")


def _checked(language: str, said: str, did: str) -> tuple[str, str] | None:
    """Return the two texts of one language, None where both are empty."""
    if not said.strip() and not did.strip():
        return None
    if not said.strip() or not did.strip():
        raise HalfWritten(field=f"{'did' if said.strip() else 'said'}_{language}")
    for field, text in ((f"said_{language}", said), (f"did_{language}", did)):
        left = PLACEHOLDER.search(text)
        if left:
            raise PlaceholderLeft(field=field, part=left.group()[:80])
    line = clean("subject", checked_line(said, f"said_{language}", LONGEST_SAID))
    return line, checked_text(did, f"did_{language}", LONGEST_DID)
