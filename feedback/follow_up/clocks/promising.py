"""Promise a customer something until a certain time, and say what became of it.

Each promise has a clock of its own that runs until it is kept or withdrawn, whether the task is still open or not, and
climbs the same ladder as the others when its time passes.
"""

from datetime import datetime, timedelta

from feedback.follow_up.models import Task, TaskPromise
from feedback.follow_up.moving import record
from feedback.follow_up.states import State
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.staff.models import StaffMember

LONGEST_WHAT = 200
LONGEST_AHEAD = timedelta(days=366)


class PromiseRefused(Refusal):
    """What or until when do not fit; `field` names which."""


class NothingToPromise(Conflict):
    """A closed task promises nothing more."""

    phrase = N_("This task is closed. Take it up again before you promise something.")


class PromiseSettled(Conflict):
    """Somebody has already said what became of the promise."""

    phrase = N_("Somebody has already said what became of this promise.")


def promise(
    task: Task, what: str, until: datetime, now: datetime, *, actor: StaffMember | None
) -> TaskPromise:
    """Note what was promised, at most 200 characters, and until when, at most a year ahead.

    Refuses with NothingToPromise or PromiseRefused.
    """
    what = " ".join(what.split())
    if task.state == State.CLOSED:
        raise NothingToPromise()
    if not what:
        raise PromiseRefused(N_("Say what was promised."), field="what")
    if len(what) > LONGEST_WHAT:
        raise PromiseRefused(N_("Say it in 200 characters at most."), field="what")
    if until <= now:
        raise PromiseRefused(N_("This time is over. Choose a later one."), field="until")
    if until - now > LONGEST_AHEAD:
        raise PromiseRefused(N_("Promise something within a year. Choose an earlier day."), field="until")
    made = TaskPromise(task=task, what=what, until=until, made_at=now, made_by=actor)
    db.session.add(made)
    db.session.flush()
    _see_to(task)
    record(task, "promised", now, actor=actor, after=made.public_id, text=what)
    return made


def keep(made: TaskPromise, now: datetime, *, actor: StaffMember | None) -> None:
    """Say that a promise was kept, after its time perhaps; refuses with PromiseSettled."""
    _settle(made, "kept", now)
    record(made.task, "promise_kept", now, actor=actor, after=made.public_id, text=made.what)


def withdraw(made: TaskPromise, reason: str, now: datetime, *, actor: StaffMember | None) -> None:
    """Take a promise back; `reason` says why. Refuses with PromiseSettled or PromiseRefused."""
    reason = reason.strip()
    if not reason:
        raise PromiseRefused(N_("Say why it is taken back; colleagues read it."), field="reason")
    _settle(made, "withdrawn", now)
    record(made.task, "promise_withdrawn", now, actor=actor, after=made.public_id, text=reason)


def _settle(made: TaskPromise, state: str, now: datetime) -> None:
    """Stop the clock of a promise."""
    if made.settled_at is not None:
        raise PromiseSettled()
    made.state, made.settled_at = state, now
    _see_to(made.task)


def _see_to(task: Task) -> None:
    """Note on the task which of its promises is next."""
    left = [each.until for each in task.promises if each.settled_at is None]
    task.promise_due_at = min(left, default=None)
