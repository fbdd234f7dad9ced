"""How the loop works out what goes together with the scores: one survey at a time, once an hour each."""

from datetime import datetime

from feedback.insights.themes.estimating import Estimates, keep, reckon
from feedback.insights.themes.queries import survey_to_estimate
from surveys.database import db
from surveys.questionnaires.models import Survey
from surveys.work import in_two_steps

JOB = "estimate-drivers"


def estimate(now: datetime, _limit: int) -> int:
    """Work out drivers and typical comments of a survey whose last ones are an hour old; nothing waits meanwhile.

    A survey that raises is set aside, so that it does not stand in the way of the others.
    """
    survey = survey_to_estimate(JOB, now)
    if survey is None:
        db.session.rollback()
        return 0

    def think(survey_id: int) -> Estimates:
        return reckon(db.session.get_one(Survey, survey_id), now)

    return in_two_steps(JOB, [survey.id], think, lambda _survey_id, found: keep(found))
