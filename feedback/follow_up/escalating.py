"""Tell the next person when a promise to a customer breaks, and bring waiting tasks back."""

from datetime import datetime

from feedback.follow_up.ladder import TOLD, new_level
from feedback.follow_up.models import Task
from feedback.follow_up.moving import calendar_of, move_task, record
from feedback.follow_up.queries import overdue_tasks, reopened_at, task_for_update, waited_long_enough
from feedback.follow_up.service_levels import clock_calendar
from feedback.follow_up.states import State
from surveys.work import one_by_one

JOB, WAKE_JOB = "escalate-tasks", "wake-tasks"
MOST_COUNTED = 10_000


def escalate_overdue(now: datetime, limit: int) -> int:
    """Bring back tasks whose wait is over, then tell every level newly reached; return how many."""
    ids = waited_long_enough(WAKE_JOB, now, limit)
    woken = one_by_one(WAKE_JOB, ids, lambda task_id: _wake(task_id, now))
    late = to_be_told(now)[:limit]
    return woken + one_by_one(JOB, late, lambda task_id: _escalate(task_id, now))


def backlog(now: datetime) -> int:
    """Count tasks whose wait is over, and those of which somebody has to be told; the loop's page shows it."""
    return len(waited_long_enough(WAKE_JOB, now, MOST_COUNTED)) + len(to_be_told(now))


def to_be_told(now: datetime) -> list[int]:
    """Return tasks that have newly reached a level of the ladder, the longest overdue first."""
    return [task.id for task in overdue_tasks(JOB, now) if level_reached(task, now) is not None]


def level_reached(task: Task, now: datetime) -> int | None:
    """Return the level that the running clock of `task` has newly reached, or None."""
    if task.due_at is None or task.due_at >= now:
        return None
    start = (reopened_at(task.id) if task.reopened else None) or task.opened_at
    calendar = clock_calendar(task.priority, calendar_of(task.customer.brand))
    return new_level(task.escalation_level, start, task.due_at, now, calendar)


def _wake(task_id: int, now: datetime) -> None:
    """Let a task go on whose date has come."""
    task = task_for_update(task_id)
    if task.state == State.WAITING_CUSTOMER and task.waiting_until and task.waiting_until <= now:
        move_task(task, State.IN_PROGRESS, now, by_system=True, text="wait_over")


def _escalate(task_id: int, now: datetime) -> None:
    """Write the level into the history, where notices find it."""
    task = task_for_update(task_id)
    level = level_reached(task, now)
    if level is not None:
        before, task.escalation_level = task.escalation_level, level
        record(task, "escalated", now, before=str(before), after=str(level), text=TOLD[level])
