"""Judge improvements whose window is over: once, by the figures of that moment, which are kept."""

from datetime import datetime, timedelta

from feedback.improving.measuring import compared, hope_of, is_over, zone_of
from feedback.improving.models import Improvement
from feedback.improving.queries import in_effect_for_update, in_effect_until
from feedback.improving.reminding import remind
from feedback.improving.states import State, move
from feedback.improving.verdicts import Comparison, decide
from surveys.database import db
from surveys.work import in_two_steps

JOB = "judge-improvements"
# The last answers of the window have rested (30 minutes where they were left half-way) and are read by then.
GRACE = timedelta(hours=1)
FURTHEST_EAST = timedelta(hours=14)  # where the day has begun already


def judge_due(now: datetime, limit: int) -> int:
    """Judge up to `limit` improvements whose check has come; return how many."""
    return in_two_steps(
        JOB,
        due(now)[:limit],
        lambda row_id: measured(row_id, now),
        lambda row_id, found: judge(row_id, found, now),
    )


def backlog(now: datetime) -> int:
    """Count the improvements that should have been judged by now."""
    return len(due(now))


def due(now: datetime) -> list[int]:
    """Return the improvements whose window is over, by their ids."""
    waiting = in_effect_until(JOB, (now + FURTHEST_EAST).date())
    return [each.id for each in waiting if is_over(each, now, GRACE)]


def measured(row_id: int, now: datetime) -> Comparison | None:
    """Return the figures of one improvement; takes its time, so nothing is locked meanwhile. None without its days."""
    improvement = db.session.get_one(Improvement, row_id)
    if improvement.effect_on is None or improvement.check_on is None:
        return None
    today = now.astimezone(zone_of(improvement)).date()
    return compared(improvement, improvement.effect_on, improvement.check_on, today, now)


def judge(row_id: int, found: Comparison | None, now: datetime) -> Improvement | None:
    """Give one improvement its verdict by figures and tell who looks after it; None where it is not in effect.

    Its days and its hope are fixed while it is in effect, so the figures are those of the verdict.
    """
    improvement = in_effect_for_update(row_id)
    if improvement is None or found is None:
        return None
    judged = decide(found, hope_of(improvement))
    improvement.state = move(State(improvement.state), State.CHECKED, by_system=True)
    improvement.verdict, improvement.why = judged
    improvement.figures, improvement.judged_at, improvement.changed_at = found.as_data(), now, now
    remind(improvement, now)
    db.session.flush()
    return improvement
