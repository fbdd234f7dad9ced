"""Keep what a customer wrote of their own accord: an answer without a score."""

from dataclasses import dataclass, field
from datetime import datetime

from surveys.customers.models import Customer, Purchase
from surveys.database import db
from surveys.invitations.models import Invitation
from surveys.invitations.planning import language_of
from surveys.post_box.queries import last_survey_asked
from surveys.questionnaires.models import SurveyVersion
from surveys.questionnaires.queries import survey_by_key
from surveys.responses.models import TEST, Response


@dataclass(frozen=True)
class Matter:
    """What a mail is about: whose it is, the order where it is known, and the survey that its words count with.

    `led_by` says in the answer how that was found: by an invitation, or by an earlier answer that it `follows`.
    """

    customer: Customer
    purchase: Purchase | None
    version: SurveyVersion
    locale: str
    is_test: bool = False
    led_by: dict[str, str] = field(default_factory=dict)


def of_invitation(invitation: Invitation) -> Matter:
    """Return what an invitation is about.

    Words about a check-back go to the survey the customer was asked before, because a check-back is answered by yes or
    no alone.
    """
    version = invitation.version
    if invitation.purpose == "verification":
        version = usual_version(invitation.customer)
    return Matter(
        invitation.customer,
        invitation.purchase,
        version,
        invitation.locale,
        invitation.is_test,
        {"invitation": invitation.public_id},
    )


def of_answer(earlier: Response, customer: Customer) -> Matter:
    """Return what an earlier answer of the customer was about, for what is said when that is over."""
    is_test = earlier.excluded_reason == TEST
    led_by = {"follows": earlier.public_id}
    return Matter(customer, earlier.purchase, earlier.version, earlier.locale, is_test, led_by)


def of_customer(customer: Customer, purchase: Purchase | None) -> Matter:
    """Return a new matter of the customer's, about this order or about none."""
    version = usual_version(customer)
    return Matter(customer, purchase, version, language_of(customer, version))


def usual_version(customer: Customer) -> SurveyVersion:
    """Return the questions that the customer was asked last with a name; those about recommending before the first."""
    asked = last_survey_asked(customer)
    return asked.version if asked else survey_by_key("nps").current


def keep_answer(about: Matter, words: str, key: str, now: datetime) -> Response | None:
    """Store the words as a response about this; return it. Words are empty where only files were sent.

    None, and nothing stored, where the survey is anonymous: a mail has a sender, so it is no answer to that.

    It does not answer an invitation: its link stays good for a score, and no rate counts it twice. Whoever writes may be
    written back to.
    """
    survey = about.version.survey
    if survey.is_anonymous:
        return None
    response = Response(
        survey=survey,
        version=about.version,
        brand=about.customer.brand,
        customer=about.customer,
        purchase=about.purchase,
        external_id=f"mail:{key}",
        channel="email",
        locale=about.locale,
        comment=words or None,
        contact_permission=True,
        answers={"by": "mail", **about.led_by},
        saved_at=now,
        submitted_at=now,
        excluded_at=now if about.is_test else None,
        excluded_reason=TEST if about.is_test else None,
    )
    db.session.add(response)
    db.session.flush()
    return response
