"""States of a task and the one gate that every move passes.

Staff work a task from new to resolved; from there the system alone asks the customer and closes.
A task that is not yet resolved may be closed without a resolution if the outcome says why. A
resolved or closed task may be taken up again, a closed one for 30 days (after that it is a new
case). The required details of each move follow methodology 4.3.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from feedback.follow_up.codes import CAUSES, CLOSING_OUTCOMES, OUTCOMES, RESOLUTIONS, UNKNOWN
from surveys.errors import N_, Conflict, Refusal, Words

REOPEN_WITHIN = timedelta(days=30)


class State(StrEnum):
    """Where a task stands."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_INTERNAL = "waiting_internal"
    RESOLVED = "resolved"
    VERIFYING = "verifying"
    CLOSED = "closed"


# What people read for a state.
STATES: dict[str, str] = {
    State.NEW: N_("new"),
    State.IN_PROGRESS: N_("in work"),
    State.WAITING_CUSTOMER: N_("waiting for the customer"),
    State.WAITING_INTERNAL: N_("waiting for a colleague"),
    State.RESOLVED: N_("resolved"),
    State.VERIFYING: N_("customer is asked"),
    State.CLOSED: N_("closed"),
}

# Somebody still has to do something.
OPEN_STATES = frozenset({State.NEW, State.IN_PROGRESS, State.WAITING_CUSTOMER, State.WAITING_INTERNAL})
WAITING_STATES = frozenset({State.WAITING_CUSTOMER, State.WAITING_INTERNAL})
REOPENABLE_STATES = frozenset({State.RESOLVED, State.VERIFYING, State.CLOSED})


class Wait(NamedTuple):
    """How many calendar days a wait may last, and what a missing day and one too far ahead are told.

    `over` is what the history calls its end by itself, when its day has come.
    """

    over: str
    longest_days: int
    missing: str
    too_long: str


WAITS: dict[State, Wait] = {
    State.WAITING_CUSTOMER: Wait(
        "wait_over",
        7,
        N_("Say until when to wait for the customer."),
        N_("Wait for the customer 7 days at most. Choose an earlier date."),
    ),
    State.WAITING_INTERNAL: Wait(
        "colleague_wait_over",
        14,
        N_("Say until when to wait for the colleague."),
        N_("Wait for a colleague 14 days at most. Choose an earlier date."),
    ),
}

MOVES: dict[State, frozenset[State]] = {
    State.NEW: frozenset({State.IN_PROGRESS, State.CLOSED}),
    State.IN_PROGRESS: WAITING_STATES | {State.RESOLVED, State.CLOSED},
    State.WAITING_CUSTOMER: frozenset({State.IN_PROGRESS, State.RESOLVED, State.CLOSED}),
    State.WAITING_INTERNAL: frozenset({State.IN_PROGRESS, State.RESOLVED, State.CLOSED}),
    State.RESOLVED: frozenset({State.IN_PROGRESS}),
    State.VERIFYING: frozenset({State.IN_PROGRESS}),
    State.CLOSED: frozenset({State.IN_PROGRESS}),
}

# Resolved straight to closed: there is no way to ask the customer, so it ends unverified at once.
SYSTEM_MOVES: dict[State, frozenset[State]] = {
    State.RESOLVED: frozenset({State.VERIFYING, State.CLOSED}),
    State.VERIFYING: frozenset({State.CLOSED}),
}


def words(*states: State) -> Words:
    """Return states as a value of a refusal."""
    return Words({state.value: STATES[state] for state in states})


class IllegalMove(Conflict):
    """The task cannot go there from here; `allowed` lists where it can."""

    def __init__(self, current: State, wanted: State, *, by_system: bool = False):
        self.allowed = allowed_moves(current, by_system=by_system)
        super().__init__(
            N_("This task is “%(current)s” and cannot become “%(wanted)s”. Possible now: %(allowed)s."),
            field="state",
            current=words(current),
            wanted=words(wanted),
            allowed=words(*self.allowed),
        )


class ReopenTooLate(Conflict):
    """The task was closed too long ago to be taken up again."""

    phrase = N_(
        "This task was closed more than 30 days ago and stays closed. Write to the customer directly."
    )

    def __init__(self) -> None:
        super().__init__(field="state")


class DetailMissing(Refusal):
    """The move needs a detail that was not given or does not fit; `field` names it."""


@dataclass(frozen=True)
class Details:
    """What was given along with a move; None means not given.

    `waiting_until` is the aware time at which a waiting task comes back; `detail` is the finer cause, checked by who
    knows the shop's own; `closed_at` is when a closed task was closed, known to the task and not given by anybody;
    `note` is what was written with the move.
    """

    waiting_until: datetime | None = None
    resolution: str | None = None
    cause: str | None = None
    outcome: str | None = None
    closed_at: datetime | None = None
    detail: str | None = None
    note: str | None = None


def allowed_moves(current: State | str, *, by_system: bool = False) -> tuple[State, ...]:
    """Return the states that a task may go to from `current`, in their usual order."""
    current = State(current)
    allowed = MOVES[current]
    if by_system:
        allowed |= SYSTEM_MOVES.get(current, frozenset())
    return tuple(state for state in State if state in allowed)


def move(current: State | str, wanted: State | str, by_system: bool = False) -> State:
    """Return `wanted` if a task may go there from `current`; raise IllegalMove otherwise.

    Staying where it is is no move and always allowed. A string that names no state is a ValueError.
    """
    current, wanted = State(current), State(wanted)
    if wanted is not current and wanted not in allowed_moves(current, by_system=by_system):
        raise IllegalMove(current, wanted, by_system=by_system)
    return wanted


def move_with(
    current: State | str, wanted: State | str, details: Details, now: datetime, by_system: bool = False
) -> State:
    """Return `wanted` if the move is allowed and has the details it needs.

    Raises IllegalMove, ReopenTooLate, or DetailMissing with the first detail at fault. Staying in
    the same state needs nothing.
    """
    current = State(current)
    wanted = move(current, wanted, by_system)
    if wanted is current:
        return wanted
    if wanted in WAITS:
        _require_date(details.waiting_until, WAITS[wanted], now)
        if wanted is State.WAITING_INTERNAL and not _is_written(details.note):
            raise DetailMissing(N_("Say who has to do what."), field="note")
    elif wanted is State.RESOLVED:
        _require_findings(details)
    elif wanted is State.CLOSED:
        _require_outcome(current, details.outcome)
    elif current is State.CLOSED and (details.closed_at is None or now - details.closed_at > REOPEN_WITHIN):
        raise ReopenTooLate
    return wanted


def _is_written(note: str | None) -> bool:
    """Tell whether a note says anything."""
    return bool(note and note.strip())


def _require_date(until: datetime | None, wait: Wait, now: datetime) -> None:
    """Refuse a missing or past date, or one too many calendar days ahead (in the date's own zone)."""
    if until is None:
        raise DetailMissing(wait.missing, field="waiting_until")
    if until <= now:
        raise DetailMissing(N_("The date to wait for is over. Choose a later one."), field="waiting_until")
    today = now.astimezone(until.tzinfo).date()
    if (until.date() - today).days > wait.longest_days:
        raise DetailMissing(wait.too_long, field="waiting_until")


def _require_findings(details: Details) -> None:
    """Refuse to resolve without a known resolution and a known cause; one that nobody found wants a note."""
    if details.resolution not in RESOLUTIONS:
        raise DetailMissing(N_("Say what was done: choose one of the resolutions."), field="resolution")
    if details.cause not in CAUSES:
        raise DetailMissing(N_("Say what the cause was: choose one of the causes."), field="cause")
    if details.cause == UNKNOWN and not _is_written(details.note):
        raise DetailMissing(N_("Say why the cause is not known."), field="note")


def _require_outcome(current: State, outcome: str | None) -> None:
    """Refuse to close without an outcome that fits.

    An open task ends with a reason for doing nothing more. What the customer says in the end is
    known only after it was resolved; there an objection or an erasure may also end it.
    """
    fitting = CLOSING_OUTCOMES if current in OPEN_STATES else OUTCOMES
    if outcome not in fitting:
        raise DetailMissing(N_("Say why the task is closed: choose one of the outcomes."), field="outcome")
