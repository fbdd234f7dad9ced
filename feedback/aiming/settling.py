"""Measure running goals once an hour; settle those whose day has come: once, by the figures of that moment."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from feedback.aiming.models import Goal, GoalMail
from feedback.aiming.queries import goals_to_measure, is_over, selection_of, shown_counts
from feedback.aiming.standings import Standing, outcome, standing
from feedback.notices.queries import active_staff, habits_of
from surveys.database import db
from surveys.staff.models import StaffMember
from surveys.work import in_two_steps

JOB = "settle-goals"
MOST_COUNTED = 1_000


class Measured(NamedTuple):
    """Where a goal stands over its days up to `last_day`; None where nothing is shown."""

    last_day: date
    standing: Standing | None


def settle_due(now: datetime, limit: int) -> int:
    """Settle up to `limit` goals whose day is over, and measure those that run; return how many."""
    return in_two_steps(
        JOB,
        goals_to_measure(JOB, now, limit),
        lambda goal_id: measured(goal_id, now),
        lambda goal_id, found: note(goal_id, found, now),
    )


def backlog(now: datetime) -> int:
    """Count the goals that should be settled or measured by now."""
    return len(goals_to_measure(JOB, now, MOST_COUNTED))


def measured(goal_id: int, now: datetime) -> Measured:
    """Return where a goal stands; takes its time, so nothing is locked meanwhile."""
    goal = db.session.get_one(Goal, goal_id)
    return Measured(goal.last_day, standing_at(goal, now))


def note(goal_id: int, found: Measured, now: datetime) -> None:
    """Write down where a goal stands, and when its day is over what came of it; not where its day was moved."""
    goal = db.session.get_one(Goal, goal_id, with_for_update={"of": Goal})
    if not goal.is_running or goal.last_day != found.last_day:
        return
    if is_over(goal, now):
        settle(goal, found.standing, now)
    else:
        goal.so_far, goal.so_far_at = found.standing.as_data() if found.standing else None, now
    db.session.flush()


def settle(goal: Goal, found: Standing | None, now: datetime) -> None:
    """Write down what came of a goal, and make the mails that tell it."""
    goal.outcome, goal.settled_at = outcome(found, goal.target), now
    if found is not None:
        goal.reached, goal.reached_n = found.score, found.n
        goal.reached_low, goal.reached_high = found.interval.low, found.interval.high
        goal.sure_low, goal.sure_high = found.sure.low, found.sure.high
    for person in audience(goal):
        due = habits_of(person.id).awake(now)
        db.session.add(GoalMail(goal=goal, staff=person, made_at=now, due_at=due))


def standing_at(goal: Goal, now: datetime) -> Standing | None:
    """Return where a goal's customers stand, over all of its days so far; None where nothing is shown."""
    counts = shown_counts(goal.survey, selection_of(goal), now)
    return standing(goal.survey.kind, counts) if counts else None


def audience(goal: Goal) -> Iterable[StaffMember]:
    """Return who hears what came of it: its owner; where nobody owns it any more, the owners of the installation."""
    if goal.owner is not None and goal.owner.is_active:
        return [goal.owner]
    return active_staff("owner")
