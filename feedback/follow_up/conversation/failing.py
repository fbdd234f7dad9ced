"""A mail of ours did not reach the customer: it was no contact, and nobody waits for an answer to it."""

from datetime import datetime

from feedback.follow_up.clocks.timing import take_contact_back
from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.conversation.tries import TRIED, WROTE, is_reached
from feedback.follow_up.models import Task
from feedback.follow_up.moving import move_task, record
from feedback.follow_up.queries import replies_of
from feedback.follow_up.states import State

MAY_ARRIVE = ("queued", "sent", "uncertain")


def note_failed(reply: Reply, task: Task, said: str, now: datetime) -> None:
    """Note on the task that a mail did not arrive, with what was said of it; a task that waited for its answer goes on.

    `task` is the reply's own, or the one that it was merged into; nobody else changes it until the commit.
    """
    reply.state, reply.due_at, reply.last_error = "failed", None, said[:500]
    if reply.sent_at is not None and task.contacted_at == reply.sent_at:
        take_contact_back(task, contacted_otherwise(task))
    record(task, "reply_failed", now, before=reply.public_id, after="failed", text=said[:500])
    if task.state == State.WAITING_CUSTOMER and not is_known_since(task, reply):
        move_task(task, State.IN_PROGRESS, now, by_system=True, text="not_arrived")


def contacted_otherwise(task: Task) -> datetime | None:
    """Return when the customer was first spoken to without the mails that did not arrive; None when never.

    What they write is an answer only once somebody has tried to reach them, as in `joining.add`.
    """
    arrived = {each.public_id for each in replies_of(task).values() if each.state == "sent"}
    is_tried = False
    for each in task.history:
        is_answer = is_tried and each.kind == WROTE
        if is_reached(each) or is_answer or (each.kind == "reply_sent" and each.after in arrived):
            return each.at
        is_tried = is_tried or each.kind in TRIED
    return None


def is_known_since(task: Task, reply: Reply) -> bool:
    """Return whether the customer knows what is waited for by another way: a later mail, or somebody spoke to them."""
    mails = (
        each.written_at > reply.written_at for each in replies_of(task).values() if each.state in MAY_ARRIVE
    )
    return any(mails) or any(is_reached(each) and each.at > reply.written_at for each in task.history)
