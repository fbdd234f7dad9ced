"""What the loop does for the counts: add up what is over or has changed, and look whether it is right."""

import logging
from datetime import datetime

from feedback.insights.rollups import building, checking
from surveys.database import begin_writing, db

log = logging.getLogger(__name__)


class CountsDiffered(Exception):
    """What was added up was not what the rows say; it is mended, and the loop's page shall say that it happened."""


def roll_up(now: datetime, limit: int) -> int:
    """Add up about `limit` days of answers, and as many of invitations, each in a transaction; return how many.

    When that is fewer than `limit`, nothing is left to do.
    """
    done = 0
    for subject in building.SUBJECTS:
        waits = building.is_behind(subject, now)
        db.session.rollback()
        if waits:
            begin_writing()
            done = max(done, building.roll_up(subject, now, limit))
            db.session.commit()
    return done


def backlog(now: datetime) -> int:
    """Count the days that are over and not added up."""
    return sum(building.days_behind(subject, now) for subject in building.SUBJECTS)


def check(now: datetime, limit: int) -> int:
    """Compare the next `limit` days with the rows and mend what differs; then raise CountsDiffered."""
    found = {}
    for subject in building.SUBJECTS:
        begin_writing()
        differing = checking.check(subject, now, limit)
        db.session.commit()
        if differing:
            found[subject.name] = differing
    if found:
        said = "; ".join(f"{name}: {', '.join(map(str, days))}" for name, days in found.items())
        log.error("counts that differed from the rows were mended: %s", said)
        raise CountsDiffered(f"these days were counted wrongly, and are counted anew: {said}")
    return 0
