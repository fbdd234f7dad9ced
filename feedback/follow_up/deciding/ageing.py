"""Let open tasks rise while they wait, step by step, lift those whose promise is broken, and follow new weights."""

from datetime import datetime

from sqlalchemy import update

from feedback.follow_up.clocks.timing import calendar_of
from feedback.follow_up.deciding.points import age, calm_of, points_of_stored, standing_of
from feedback.follow_up.deciding.queries import current_weights, ripe_tasks
from feedback.follow_up.models import Task
from feedback.follow_up.service_levels import clock_calendar
from feedback.follow_up.states import OPEN_STATES, State
from surveys.database import db
from surveys.work import one_by_one

JOB = "age-tasks"


def age_tasks(now: datetime, limit: int) -> int:
    """Put up to `limit` tasks to where waiting has brought them; return how many."""
    return one_by_one(JOB, ripe_tasks(JOB, now, limit), lambda task_id: age_task(task_id, now))


def age_task(task_id: int, now: datetime) -> None:
    """Put one task to where waiting has brought it, and note when the next step is due.

    That changes nothing a person works on, so it is no new version of the task; whatever changes the task meanwhile
    lets it be looked at again.
    """
    task = db.session.get(Task, task_id, populate_existing=True)
    if task is None or task.ages_at is None:
        return
    start = task.clocks_since or task.opened_at
    calendar = clock_calendar(task.priority, calendar_of(task.customer.brand))
    due = task.due_at if task.state in OPEN_STATES else None
    found, points = age(start, due, now, calendar), reckon(task)
    standing = None
    if task.state in OPEN_STATES:
        waits = task.state == State.WAITING_CUSTOMER
        standing = standing_of(task.priority, found.is_broken, waits, task.is_lifted)
    place = {
        "points": points,
        "aged": found.points,
        "is_broken": found.is_broken,
        "ages_at": found.next_at,
        "calm": calm_of(points, found.points),
        "standing": standing,
    }
    as_seen = (Task.id == task.id, Task.version == task.version)
    changed = update(Task).where(*as_seen).values(place)
    db.session.execute(changed, execution_options={"synchronize_session": False})
    db.session.expire(task)


def reckon(task: Task) -> float:
    """Reckon the points of a task's answers by the weights that hold, and return the most of them.

    An answer keeps the version by which its points were reckoned, so that they can be explained.
    """
    weights = current_weights()
    for signal in task.signals:
        if signal.weights_version != weights.version:
            signal.points = points_of_stored(signal.parts, weights)
            signal.weights_version = weights.version
    return max((signal.points for signal in task.signals), default=task.points)
