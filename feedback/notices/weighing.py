"""How much a piece of news weighs: whether it is worth a mail of its own, and whether it repeats another."""

from feedback.follow_up.models import TaskEvent

# The ladder can tell of the same rung by several clocks; that is one thing to hear of.
OF_THE_LADDER = frozenset({"reminded", "escalated"})


def is_low(event: TaskEvent) -> bool:
    """Tell whether it is not worth a mail of its own: half of the time has passed."""
    return event.kind == "reminded" and event.text is None


def push_of(event: TaskEvent) -> str | None:
    """Return the name of the task and the rung that a row of history is about; None for what is no rung.

    A task that was taken up again begins a ladder anew.
    """
    if event.kind not in OF_THE_LADDER:
        return None
    return f"{event.task_id}/{event.task.reopened}/{event.kind}/{event.after}"
