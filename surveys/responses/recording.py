"""Record a response that was gathered elsewhere: over the API, or from a file.

It was never invited here, so it counts in no response rate. Telling of it twice under the same
`external_id` stores it once.
"""

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from surveys.brand.models import Brand
from surveys.customers.checks import checked_customer
from surveys.customers.checks import locale as checked_locale
from surveys.customers.models import Customer, Purchase
from surveys.customers.queries import purchase_by_reference
from surveys.customers.recording import record_customer
from surveys.database import db
from surveys.errors import N_, Missing, Refusal, together
from surveys.masking import quoted
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import surveys_on_scales
from surveys.responses.day import start_of_day
from surveys.responses.models import Response
from surveys.responses.records import ResponseRecord
from surveys.scales import SCALES, NotAScore, OutOfRange

NAMING: dict[str, str] = {
    "customer": N_("The survey is anonymous: its answers are stored without a customer. Leave customer out."),
    "purchase": N_("The survey is anonymous: its answers are stored without an order. Leave purchase out."),
    "contact_permission": N_(
        "The survey is anonymous: nobody can be contacted about its answers. Leave contact_permission out."
    ),
    "external_id": N_(
        "The survey is anonymous: no number of another system leads to its answers. Leave external_id out,"
        " and send each answer once."
    ),
}


def record_response(
    brand: Brand, survey: Survey, record: ResponseRecord, channel: Literal["api", "import"], now: datetime
) -> tuple[Response, bool]:
    """Store the response, or find the one with its `external_id`; return it and whether it is new.

    What is stored stays as it is. Raises Refusal with the field for a score off the scale, an
    empty response, a moment in the future and a purchase that is not there; for an anonymous survey also for
    all that would name somebody. Of its answers the day is kept, not the hour.
    """
    if survey.is_anonymous:
        refuse_naming(record)
    known = response_known_as(survey, record.external_id)
    if known is not None:
        return known, False
    group = checked_group(survey, record)
    submitted_at = checked_moment(survey, record, now)
    language = language_of(record, brand)
    customer, purchase = who_and_what(brand, record, now)
    is_anonymous, zone = survey.is_anonymous, ZoneInfo(brand.time_zone)
    response = Response(
        survey=survey,
        is_anonymous=is_anonymous,
        version=survey.current,
        brand=brand,
        customer=customer,
        purchase=purchase,
        external_id=record.external_id,
        channel=channel,
        locale=language,
        score=record.score,
        group=group,
        comment=record.comment,
        contact_permission=record.contact_permission,
        saved_at=start_of_day(now, zone) if is_anonymous else now,
        submitted_at=start_of_day(submitted_at, zone) if is_anonymous else submitted_at,
    )
    return add_or_find(response)


def refuse_naming(record: ResponseRecord) -> None:
    """Refuse whatever in a record says whose the answer is, each with its field: an anonymous survey keeps none of it."""
    refusals = [
        Refusal(words, field=field) for field, words in NAMING.items() if getattr(record, field) is not None
    ]
    if refusals:
        raise together(refusals)


def add_or_find(response: Response) -> tuple[Response, bool]:
    """Store the response, or return what another process stored under its id while we looked."""
    survey, external_id = response.survey, response.external_id
    try:
        with db.session.begin_nested():
            db.session.add(response)
    except IntegrityError:
        known = response_known_as(survey, external_id)
        if known is None:
            raise
        return known, False
    return response, True


def response_known_as(survey: Survey, external_id: str | None) -> Response | None:
    """Return the survey's response with the id that another system gave it."""
    if external_id is None:
        return None
    same = (Response.survey_id == survey.id, Response.external_id == external_id)
    return db.session.scalar(select(Response).where(*same))


def checked_moment(survey: Survey, record: ResponseRecord, now: datetime) -> datetime:
    """Return when the answer was given; refuse the future, and what came after the survey's end."""
    at = record.submitted_at or now
    if at > now:
        raise Refusal(
            N_("The answer lies in the future; check its date and time zone."), field="submitted_at"
        )
    if not survey.takes_answers_at(at):
        words = N_("The survey %(key)s was closed or archived before this answer; it takes no more.")
        raise Refusal(words, field="survey", key=survey.key)
    return at


def checked_group(survey: Survey, record: ResponseRecord) -> str | None:
    """Return the group of the score, None without one; refuse what is no answer to this survey."""
    scale = SCALES.get(survey.kind)
    if scale is None:
        raise Refusal(
            N_("The survey %(key)s is answered by its own link only; there are: %(keys)s."),
            field="survey",
            key=survey.key,
            keys=", ".join(known.key for known in surveys_on_scales()),
        )
    if record.score is None:
        if record.comment is None:
            raise Refusal(N_("There is neither a score nor a comment; send at least one."), field="score")
        return None
    try:
        return scale.group_of(record.score)
    except (NotAScore, OutOfRange):
        raise Refusal(
            N_("The score %(score)s is not on the scale of %(key)s; it goes from %(low)s to %(high)s."),
            field="score",
            score=record.score,
            key=survey.key,
            low=scale.low,
            high=scale.high,
        ) from None


def language_of(record: ResponseRecord, brand: Brand) -> str:
    """Return the language the response was given in, without its region; the brand's when it is not known."""
    if record.locale is None:
        return brand.locale
    try:
        return checked_locale(record.locale).partition("-")[0]
    except Refusal as refusal:
        refusal.field = "locale"
        raise


def who_and_what(
    brand: Brand, record: ResponseRecord, now: datetime
) -> tuple[Customer | None, Purchase | None]:
    """Return customer and purchase of the response; without a customer it is the purchase's."""
    purchase = None
    if record.purchase is not None:
        purchase = purchase_by_reference(brand, record.purchase)
        if purchase is None:
            raise NoSuchPurchase(field="purchase", reference=f"“{quoted(record.purchase, 60)}”")
    if record.customer is None:
        return purchase.customer if purchase else None, purchase
    told = checked_customer(record.customer, "customer/")
    customer, _ = record_customer(brand, told, now)
    return customer, purchase


class NoSuchPurchase(Missing):
    """The response names a purchase that nobody told us of."""

    status = 422
    phrase = N_("There is no purchase %(reference)s of this brand; send the purchase first.")
