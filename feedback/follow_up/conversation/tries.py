"""When there is nothing left to try: how often nobody was reached, and whether that is enough.

Methodology 4.3: at most three tries on at least two channels; then a task may end as unreachable, and not before. A mail
of ours that the customer did not answer is a try, too.
"""

from collections.abc import Sequence
from typing import Protocol

from surveys.errors import N_, Conflict

CALLED, WROTE = "called", "wrote"  # rows of history
TRIED = (CALLED, "reply_sent")
REACHED, MAIL = "reached", "mail"
ENOUGH_TRIES, ENOUGH_CHANNELS = 3, 2
UNREACHABLE = "unreachable"


class TriedTooLittle(Conflict):
    """Whoever was called once is not unreachable."""

    phrase = N_(
        "A customer is unreachable after %(enough)s tries on %(ways)s different ways since they were last heard of;"
        " so far there are %(tries)s. Log what was tried, or close it for another reason."
    )


class Happened(Protocol):
    """What is looked at in a row of history."""

    kind: str
    before: str | None
    after: str | None


def failed_tries(history: Sequence[Happened]) -> list[str]:
    """Return by which channels nobody was reached since the customer was last heard of, the first first.

    A mail that came back is none, and one that never left is not in the history as sent.
    """
    tries: list[tuple[str, str | None]] = []
    for event in history:
        if is_heard_of(event):
            tries = []
        elif event.kind == CALLED:
            tries.append((event.before or "phone", None))
        elif event.kind == "reply_sent":
            tries.append((MAIL, event.after))
        elif event.kind == "reply_failed" and (MAIL, event.before) in tries:
            tries.remove((MAIL, event.before))
        elif event.kind == "reply_failed" and event.before is None and tries and tries[-1][0] == MAIL:
            tries.pop()  # Rows from before they named the mail.
    return [channel for channel, _mail in tries]


def is_heard_of(event: Happened) -> bool:
    """Return whether the customer has been reached, or has said something."""
    return event.kind in (WROTE, "answered") or is_reached(event)


def is_reached(event: Happened) -> bool:
    """Return whether somebody has spoken to the customer."""
    return (event.kind, event.after) in ((CALLED, REACHED), ("noted", "contacted"))


def is_unreachable(tries: Sequence[str]) -> bool:
    """Return whether enough was tried: three times, on two channels."""
    return len(tries) >= ENOUGH_TRIES and len(set(tries)) >= ENOUGH_CHANNELS


def check_tried(outcome: str | None, history: Sequence[Happened]) -> None:
    """Refuse with TriedTooLittle to end a task as unreachable before enough was tried."""
    if outcome != UNREACHABLE:
        return
    tries = failed_tries(history)
    if not is_unreachable(tries):
        raise TriedTooLittle(field="outcome", enough=ENOUGH_TRIES, ways=ENOUGH_CHANNELS, tries=len(tries))
