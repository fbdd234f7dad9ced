"""Bind answers to tasks, keep what each asks for, and let the task follow: more urgent by itself, never less."""

from datetime import datetime

from feedback.follow_up.clocks.queries import waiting_since
from feedback.follow_up.clocks.timing import set_for_priority
from feedback.follow_up.deciding.points import points_of
from feedback.follow_up.deciding.priorities import Priority, more_urgent
from feedback.follow_up.deciding.queries import current_weights
from feedback.follow_up.deciding.signs import Reading
from feedback.follow_up.deciding.verdicts import Decision
from feedback.follow_up.models import Signal, Task
from feedback.follow_up.moving import move_task, record
from feedback.follow_up.states import OPEN_STATES, State
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.responses.models import Response
from surveys.scales import mood_of
from surveys.staff.models import StaffMember


class ReasonMissing(Refusal):
    """A priority is changed by a person, and the history says why."""

    phrase = N_("Say why: the next one who opens this task will want to know.")


class NotOpen(Conflict):
    """Nothing presses where nothing is left to do."""

    phrase = N_("Only an open task has a priority that can be changed. Take this one up again first.")


def bind(
    task: Task, response: Response, decision: Decision, reading: Reading | None, version: int, now: datetime
) -> Signal:
    """Make an answer part of a task, the one that opens it or a later one; its points count."""
    signal = hold(task, response, decision, reading, version, now)
    recount(task)
    return signal


def hold(
    task: Task, response: Response, decision: Decision, reading: Reading | None, version: int, now: datetime
) -> Signal:
    """Keep what an answer asks for beside its task, which stays as it is."""
    signal = Signal(task=task, response=response, at=now)
    _write(signal, decision, reading, version)
    db.session.add(signal)
    return signal


def join(
    task: Task, response: Response, decision: Decision, reading: Reading | None, version: int, now: datetime
) -> None:
    """Add a later answer to an open task: it may become more urgent, and goes on if it waited for the customer."""
    bind(task, response, decision, reading, version, now)
    record(task, "joined", now, after=response.public_id, text=decision.rule)
    since = waiting_since(task.id) if task.state == State.WAITING_CUSTOMER else None
    if since is not None and (response.submitted_at or response.saved_at) >= since:
        move_task(task, State.IN_PROGRESS, now, by_system=True, text="customer_reacted")
    lift(task, decision, now)


def weigh_again(
    signal: Signal, decision: Decision, reading: Reading | None, version: int, now: datetime
) -> None:
    """Let an answer's part in its task follow what has come since, such as the reading of its comment.

    It keeps the most urgent level that it ever asked for. So what a person has lowered stays lowered, unless the
    answer now asks for more than it ever did.
    """
    if decision.priority is None:
        # The words may be other ones now; places in those that are gone would mark anything.
        signal.finds = finds_of(reading)
        recount(signal.task)
        return
    level, why = signal.priority, signal.why
    _write(signal, decision, reading, version)
    recount(signal.task)
    if decision.priority < level:
        lift(signal.task, decision, now)
    elif decision.priority > level:
        signal.priority, signal.why = level, why


def lift(task: Task, decision: Decision, now: datetime) -> None:
    """Make an open task more urgent when an answer asks for it; its promises count from its opening."""
    if decision.priority is None or task.state not in OPEN_STATES:
        return
    if decision.priority is Priority.P0:
        task.is_lifted = False  # Now it says so itself.
    after = more_urgent(task.priority, decision.priority)
    if after != task.priority:
        _set_priority(task, after, now, kind="raised", text=decision.why, actor=None)


def set_priority(
    task: Task, wanted: Priority | str, reason: str, now: datetime, *, actor: StaffMember | None
) -> None:
    """Give an open task another priority, as a person decides: also a lower one. Refuses with ReasonMissing, NotOpen.

    The same priority again changes nothing.
    """
    wanted, reason = Priority(wanted), reason.strip()
    if wanted == task.priority:
        return
    if task.state not in OPEN_STATES:
        raise NotOpen(field="priority")
    if not reason:
        raise ReasonMissing(field="priority_reason")
    kind = "raised" if wanted < task.priority else "lowered"
    _set_priority(task, wanted, now, kind=kind, text=reason, actor=actor)


def _set_priority(
    task: Task, after: Priority, now: datetime, *, kind: str, text: str | None, actor: StaffMember | None
) -> None:
    """Change the priority with its clocks, and write it down: it rests on words or on a person, on no mere lift."""
    before, task.priority = task.priority, after
    task.is_lifted = False
    set_for_priority(task)
    record(task, kind, now, actor=actor, before=before, after=after, text=text)


def _write(signal: Signal, decision: Decision, reading: Reading | None, version: int) -> None:
    """Write down what an answer asks for."""
    signal.rule, signal.further = decision.rule or "", list(decision.further)
    signal.rule_version = version
    signal.priority, signal.why = decision.priority or Priority.P4, decision.why or "nothing_pressing"
    signal.parts = dict(decision.parts._asdict())
    # An answer that is half bound must not be stored by looking something up.
    with db.session.no_autoflush:
        weights = current_weights()
    signal.points, signal.weights_version = points_of(decision.parts, weights), weights.version
    signal.finds = finds_of(reading)


def finds_of(reading: Reading | None) -> list[list[str | int]]:
    """Return the customer's intents with their places in the comment, as they are kept."""
    return [[find.intent, find.start, find.end] for find in (reading.finds if reading else ())]


def recount(task: Task) -> None:
    """Let the answer with the most points count for the task, and note whether nobody has said anything."""
    task.points = max((signal.points for signal in task.signals), default=0.0)
    task.is_silent = all(is_silent(signal.response) for signal in task.signals)


def is_silent(response: Response) -> bool:
    """Tell whether somebody is unhappy and has not said why."""
    return not response.comment and response.group is not None and mood_of(response.group) == "unhappy"
