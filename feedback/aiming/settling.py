"""Settle goals whose day has come: once, by the figures of that moment, and tell whoever owns them."""

from collections.abc import Iterable
from datetime import datetime

from feedback.aiming.models import Goal, GoalMail
from feedback.aiming.queries import due_goals, is_over, selection_of, shown_counts
from feedback.aiming.standings import Standing, outcome, standing
from feedback.notices.queries import active_staff, habits_of
from surveys.database import db
from surveys.staff.models import StaffMember
from surveys.work import one_by_one

JOB = "settle-goals"
MOST_COUNTED = 1_000


def settle_due(now: datetime, limit: int) -> int:
    """Settle up to `limit` goals; return how many."""
    return one_by_one(JOB, due_goals(JOB, now, limit), lambda goal_id: settle(goal_id, now))


def backlog(now: datetime) -> int:
    """Count the goals that should be settled by now."""
    return len(due_goals(JOB, now, MOST_COUNTED))


def settle(goal_id: int, now: datetime) -> None:
    """Write down what came of a goal, once, and make the mails that tell it."""
    goal = db.session.get_one(Goal, goal_id, with_for_update={"of": Goal})
    if not goal.is_running or not is_over(goal, now):
        return
    found = standing_at(goal, now)
    goal.outcome, goal.settled_at = outcome(found, goal.target), now
    if found is not None:
        goal.reached, goal.reached_n = found.score, found.n
        goal.reached_low, goal.reached_high = found.interval.low, found.interval.high
        goal.sure_low, goal.sure_high = found.sure.low, found.sure.high
    for person in audience(goal):
        due = habits_of(person.id).awake(now)
        db.session.add(GoalMail(goal=goal, staff=person, made_at=now, due_at=due))
    db.session.flush()


def standing_at(goal: Goal, now: datetime) -> Standing | None:
    """Return where a goal's customers stand, over all of its days so far; None where nothing is shown."""
    counts = shown_counts(goal.survey, selection_of(goal), now)
    return standing(goal.survey.kind, counts) if counts else None


def audience(goal: Goal) -> Iterable[StaffMember]:
    """Return who hears what came of it: its owner; where nobody owns it any more, the owners of the installation."""
    if goal.owner is not None and goal.owner.is_active:
        return [goal.owner]
    return active_staff("owner")
