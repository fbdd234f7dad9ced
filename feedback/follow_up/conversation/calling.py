"""Tries to reach a customer are written down, and when there is nothing left to try.

Methodology 4.3: at most three tries on at least two channels; then a task may end as unreachable. A mail of ours that the
customer did not answer is a try, too.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from feedback.follow_up.clocks.timing import mark_contacted
from feedback.follow_up.conversation.queries import CALLED, REACHED, WROTE
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
MAIL = "mail"
ENOUGH_TRIES, ENOUGH_CHANNELS = 3, 2


class ChoiceMissing(Refusal):
    """A way or a result that nobody knows."""

    phrase = N_("Choose one of those that are offered.")


class NotOpen(Conflict):
    """A task that is over has nobody to be called for."""

    phrase = N_("This task is over. Take it up again, then log the call.")


class Happened(Protocol):
    """What is looked at in a row of history."""

    kind: str
    before: str | None
    after: str | None


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


def failed_tries(history: Sequence[Happened]) -> list[str]:
    """Return by which channels nobody was reached since the customer was last heard of, the first first."""
    tries: list[str] = []
    for event in history:
        if is_heard_of(event):
            tries = []
        elif event.kind == CALLED:
            tries.append(event.before or "phone")
        elif event.kind == "reply_sent":
            tries.append(MAIL)
        elif event.kind == "reply_failed" and tries and tries[-1] == MAIL:
            tries.pop()
    return tries


def is_heard_of(event: Happened) -> bool:
    """Return whether the customer has been reached, or has said something."""
    return event.kind in (WROTE, "answered") or is_reached(event)


def is_reached(event: Happened) -> bool:
    """Return whether somebody has spoken to the customer."""
    return (event.kind, event.after) in ((CALLED, REACHED), ("noted", "contacted"))


def is_unreachable(tries: Sequence[str]) -> bool:
    """Return whether enough was tried: three times, on two channels."""
    return len(tries) >= ENOUGH_TRIES and len(set(tries)) >= ENOUGH_CHANNELS
