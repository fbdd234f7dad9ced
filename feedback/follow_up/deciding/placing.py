"""Keep an open task's place in the queue true to what is stored, whoever changes it."""

from sqlalchemy import event, inspect

from feedback.follow_up.deciding.points import calm_of, standing_of
from feedback.follow_up.models import Task
from feedback.follow_up.states import OPEN_STATES, State


@event.listens_for(Task, "before_insert")
@event.listens_for(Task, "before_update")
def keep_place(_mapper: object, _connection: object, task: Task) -> None:
    """Keep the place in the queue true to what is stored, whoever changed the task, and let a new clock age it."""
    its = inspect(task).attrs
    task.brand_id = task.brand_id or task.customer.brand_id
    is_open = (task.state or State.NEW) in OPEN_STATES
    if any(its[name].history.has_changes() for name in ("due_at", "state", "priority", "points")):
        task.ages_at = task.changed_at if is_open else None
    task.calm = calm_of(task.points or 0.0, task.aged or 0)
    task.standing = task.queue_at = None
    if is_open:
        waits = task.state == State.WAITING_CUSTOMER
        task.standing = standing_of(task.priority, bool(task.is_broken), waits, bool(task.is_lifted))
        # Without a running clock the last possible date of its opening stands for it.
        task.queue_at = task.due_at or task.waiting_until or task.opened_at
