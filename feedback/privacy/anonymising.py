"""Let a counted answer stay without the person: the score, its survey and its day, nothing else."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from feedback.analysis.models import Analysis, Mention
from surveys.database import db, public_id
from surveys.responses.models import CONSIDERED, Response


def anonymise(response: Response, now: datetime) -> None:
    """Cut every link from the answer to the person, and empty what they wrote.

    It gets a new id, because files that left the house name the old one beside the person. Its time
    becomes the first moment of the same day at the shop, which no average by day, week or month notices.
    """
    response.public_id = public_id()
    response.customer_id = response.purchase_id = response.invitation_id = None
    response.submission_id = response.external_id = response.comment = None
    response.contact_permission = None
    response.answers, response.attributes, response.attributes_verified = {}, {}, False
    # What the comment talked about may say more of a person than how it felt: an allergy, a lawyer.
    theirs = select(Analysis.id).where(Analysis.response_id == response.id)
    db.session.execute(delete(Mention).where(Mention.analysis_id.in_(theirs)))
    zone = ZoneInfo(response.brand.time_zone)
    response.saved_at = start_of_day(response.saved_at, zone)
    if response.submitted_at is not None:
        response.submitted_at = start_of_day(response.submitted_at, zone)
    # Nobody is to read or to judge what is gone.
    response.analysed_at = response.analysed_at or now
    response.follow_up_stage = CONSIDERED


def start_of_day(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment of the day in `zone` that `moment` lies in."""
    return datetime.combine(moment.astimezone(zone).date(), time.min, zone)
