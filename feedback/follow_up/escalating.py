"""Bring back tasks whose wait or snooze is over, and tell the next person when a promised time runs out."""

from datetime import datetime

from feedback.follow_up.assigning.giving import stand_in
from feedback.follow_up.clocks.ladder import BROKEN, level_of, rung, to_tell
from feedback.follow_up.clocks.queries import rungs_to_look_at, slept_long_enough, waited_long_enough
from feedback.follow_up.clocks.snoozing import wake_if_over
from feedback.follow_up.clocks.timing import Running, mark_told, running_clocks, settle
from feedback.follow_up.models import Task
from feedback.follow_up.moving import move_task, record
from feedback.follow_up.queries import task_for_update
from feedback.follow_up.states import WAITING_STATES, WAITS, State
from surveys.work import one_by_one

JOB, WAKE_JOB, SNOOZE_JOB = "escalate-tasks", "wake-tasks", "wake-snoozed"
MOST_COUNTED = 10_000


def escalate_overdue(now: datetime, limit: int) -> int:
    """Bring back tasks whose wait or snooze is over, then tell every rung newly reached; return how many."""
    waits = waited_long_enough(WAKE_JOB, now, limit)
    done = one_by_one(WAKE_JOB, waits, lambda task_id: _go_on(task_id, now))
    sleepers = slept_long_enough(SNOOZE_JOB, now, limit)
    done += one_by_one(SNOOZE_JOB, sleepers, lambda task_id: wake_if_over(task_for_update(task_id), now))
    late = rungs_to_look_at(JOB, now, limit)
    return done + one_by_one(JOB, late, lambda task_id: tell(task_id, now))


def backlog(now: datetime) -> int:
    """Count tasks that are to come back, and those of which somebody has to be told; the loop's page shows it."""
    waits = waited_long_enough(WAKE_JOB, now, MOST_COUNTED)
    sleepers = slept_long_enough(SNOOZE_JOB, now, MOST_COUNTED)
    return len(waits) + len(sleepers) + len(rungs_to_look_at(JOB, now, MOST_COUNTED))


def tell(task_id: int, now: datetime) -> None:
    """Write the rungs that the clocks of a task have newly reached into its history, where notices find them.

    Of each clock only the highest. A task that is late now and whose owner is away may go to a colleague. It is locked
    and looked at anew, so that a rung is told once however many look.
    """
    task = task_for_update(task_id)
    broke = False
    for running in list(running_clocks(task)):
        number = to_tell(running.clock, running.told, now)
        if number is not None:
            _tell(task, running, number, now)
            broke = broke or running.told < BROKEN <= number
    if broke:
        stand_in(task, now)
    settle(task)


def _tell(task: Task, running: Running, number: int, now: datetime) -> None:
    """Write one rung into the history; with a rung of a broken promise of somebody's own, that it is broken."""
    mark_told(task, running, number)
    reached, name = rung(number), running.clock.name
    promise = running.promise
    if promise is not None and promise.state == "open" and number >= BROKEN:
        promise.state = "broken"
        record(task, "promise_broken", now, after=promise.public_id, text=promise.what)
    if reached.level:
        before, after = str(level_of(running.told)), str(reached.level)
        record(task, "escalated", now, before=before, after=after, text=reached.told, clock=name)
    else:
        record(task, "reminded", now, after=f"{reached.share:.0%}"[:-1], text=reached.told, clock=name)


def _go_on(task_id: int, now: datetime) -> None:
    """Let a task go on whose date has come."""
    task = task_for_update(task_id)
    if task.state in WAITING_STATES and task.waiting_until and task.waiting_until <= now:
        over = WAITS[State(task.state)].over
        move_task(task, State.IN_PROGRESS, now, by_system=True, text=over)
