"""How the loop works out what goes together with the scores: one survey at a time, once an hour each."""

from datetime import datetime

from feedback.insights.themes.estimating import keep, reckon
from feedback.insights.themes.queries import survey_to_estimate
from surveys.database import begin_writing, db


def estimate(now: datetime, _limit: int) -> int:
    """Work out drivers and typical comments of a survey whose last ones are an hour old; nothing waits meanwhile."""
    survey = survey_to_estimate(now)
    if survey is None:
        db.session.rollback()
        return 0
    found = reckon(survey, now)
    db.session.rollback()
    begin_writing()
    keep(found)
    db.session.commit()
    return 1
