"""Keep what a customer wrote back instead of clicking: an answer without a score."""

from datetime import datetime

from surveys.database import db
from surveys.invitations.models import Invitation
from surveys.post_box.queries import last_survey_asked
from surveys.questionnaires.queries import survey_by_key
from surveys.responses.models import TEST, Response


def keep_answer(invitation: Invitation, words: str, key: str, now: datetime) -> Response | None:
    """Store the words as a response of the invitation's customer and purchase; return it.

    None, and nothing stored, where the survey is anonymous: a mail has a sender, so it is no answer to that.

    It does not answer the invitation: its link stays good for a score, and no rate counts it twice.
    Words about a check-back go to the survey the customer was asked before, because a check-back is
    answered by yes or no alone. Whoever writes may be written back to.
    """
    about: Invitation | None = invitation
    if invitation.purpose == "verification":
        about = last_survey_asked(invitation.customer)
    survey = about.version.survey if about else survey_by_key("nps")
    if survey.is_anonymous:
        return None
    response = Response(
        survey=survey,
        version=about.version if about else survey.current,
        brand=invitation.customer.brand,
        customer=invitation.customer,
        purchase=invitation.purchase,
        external_id=f"mail:{key}",
        channel="email",
        locale=invitation.locale,
        comment=words,
        contact_permission=True,
        answers={"by": "mail", "invitation": invitation.public_id},
        saved_at=now,
        submitted_at=now,
        excluded_at=now if invitation.is_test else None,
        excluded_reason=TEST if invitation.is_test else None,
    )
    db.session.add(response)
    db.session.flush()
    return response
