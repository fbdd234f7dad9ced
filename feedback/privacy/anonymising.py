"""Let a counted answer stay without the person: the score and what was meant, its survey and its day, nothing else."""

from datetime import datetime
from zoneinfo import ZoneInfo

from feedback.analysis.analysing import forget_words
from surveys.database import public_id
from surveys.responses.day import start_of_day
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
    zone = ZoneInfo(response.brand.time_zone)
    response.saved_at = start_of_day(response.saved_at, zone)
    if response.submitted_at is not None:
        response.submitted_at = start_of_day(response.submitted_at, zone)
    forget_words(response.id)
    # Nobody is to read or to judge what is gone.
    response.analysed_at = response.analysed_at or now
    response.follow_up_stage = CONSIDERED
