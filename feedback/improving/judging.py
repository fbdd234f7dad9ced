"""Judge improvements whose window is over: once, by the figures of that moment, which are kept."""

from datetime import datetime, timedelta

from feedback.improving.measuring import compared, hope_of, is_over, zone_of
from feedback.improving.models import Improvement
from feedback.improving.queries import in_effect_for_update, in_effect_until
from feedback.improving.reminding import remind
from feedback.improving.states import State, move
from feedback.improving.verdicts import decide
from surveys.database import db
from surveys.work import one_by_one

JOB = "judge-improvements"
# The last answers of the window have rested (30 minutes where they were left half-way) and are read by then.
GRACE = timedelta(hours=1)
FURTHEST_EAST = timedelta(hours=14)  # where the day has begun already


def judge_due(now: datetime, limit: int) -> int:
    """Judge up to `limit` improvements whose check has come; return how many."""
    return one_by_one(JOB, due(now)[:limit], lambda row_id: judge(row_id, now))


def backlog(now: datetime) -> int:
    """Count the improvements that should have been judged by now."""
    return len(due(now))


def due(now: datetime) -> list[int]:
    """Return the improvements whose window is over, by their ids."""
    waiting = in_effect_until(JOB, (now + FURTHEST_EAST).date())
    return [each.id for each in waiting if is_over(each, now, GRACE)]


def judge(row_id: int, now: datetime) -> Improvement | None:
    """Give one improvement its verdict and tell who looks after it; None where that was done already."""
    improvement = in_effect_for_update(row_id)
    if improvement is None or improvement.effect_on is None or improvement.check_on is None:
        return None
    today = now.astimezone(zone_of(improvement)).date()
    found = compared(improvement, improvement.effect_on, improvement.check_on, today, now)
    judged = decide(found, hope_of(improvement))
    improvement.state = move(State(improvement.state), State.CHECKED, by_system=True)
    improvement.verdict, improvement.why = judged
    improvement.figures, improvement.judged_at, improvement.changed_at = found.as_data(), now, now
    remind(improvement, now)
    db.session.flush()
    return improvement
