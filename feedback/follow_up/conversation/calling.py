"""Tries to reach a customer are written down."""

from datetime import datetime

from feedback.follow_up.clocks.timing import mark_contacted
from feedback.follow_up.conversation.tries import CALLED, REACHED
from feedback.follow_up.models import Task
from feedback.follow_up.moving import record
from feedback.follow_up.states import State
from feedback.follow_up.triaging import take
from surveys.errors import N_, Conflict, Refusal
from surveys.staff.models import StaffMember

CHANNELS: dict[str, str] = {
    "phone": N_("By telephone"),
    "message": N_("By text message or messenger"),
    "post": N_("By post"),
}
RESULTS: dict[str, str] = {
    "reached": N_("Reached"),
    "not_reached": N_("Not reached"),
    "voicemail": N_("Left a message on the answering machine"),
}


class ChoiceMissing(Refusal):
    """A way or a result that nobody knows."""

    phrase = N_("Choose one of those that are offered.")


class NotOpen(Conflict):
    """A task that is over has nobody to be called for."""

    phrase = N_("This task is over. Take it up again, then log the call.")


def log_try(
    task: Task, channel: str, result: str, note: str | None, now: datetime, *, actor: StaffMember | None
) -> None:
    """Write down that somebody tried to reach the customer; a new task is begun by it, whoever reached them stops its
    first clock. Refuses with ChoiceMissing or NotOpen; `channel` and `result` are keys of CHANNELS and RESULTS."""
    if channel not in CHANNELS:
        raise ChoiceMissing(field="channel")
    if result not in RESULTS:
        raise ChoiceMissing(field="result")
    if task.state == State.CLOSED:
        raise NotOpen(field="state")
    if task.state == State.NEW and actor is not None:
        take(task, actor, now)
    if result == REACHED:
        mark_contacted(task, now)
    record(task, CALLED, now, actor=actor, before=channel, after=result, text=(note or "").strip())
