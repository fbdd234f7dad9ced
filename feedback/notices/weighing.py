"""How much a piece of news weighs: whether it is worth a mail of its own, and whether it repeats another."""

from feedback.follow_up.models import TaskEvent
from feedback.notices.habits import URGENT

MANY_AT_ONCE = "P1"
# The ladder can tell of the same rung by several clocks; that is one thing to hear of.
OF_THE_LADDER = frozenset({"reminded", "escalated"})


def is_low(event: TaskEvent) -> bool:
    """Tell whether it is not worth a mail of its own: half of the time has passed, or more for one task of many.

    That a promise of one of many is broken is worth one, as it is for what is most urgent that its time runs out.
    """
    is_of_many = event.task.incident_id is not None and event.task.priority != URGENT
    return event.kind == "reminded" and (event.text is None or is_of_many)


def urgency_of(event: TaskEvent) -> str:
    """Return the priority by which people hear of it: that of its task, but at least P1 for many tasks at once."""
    return min(event.task.priority, MANY_AT_ONCE) if event.kind == "gathered" else event.task.priority


def push_of(event: TaskEvent) -> str | None:
    """Return the name of the task and the rung that a row of history is about; None for what is no rung.

    A task that was taken up again begins a ladder anew.
    """
    if event.kind not in OF_THE_LADDER:
        return None
    return f"{event.task_id}/{event.task.reopened}/{event.kind}/{event.after}"
