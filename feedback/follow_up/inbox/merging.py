"""Make one task of two, or a task of its own of one answer: the answers move, the earlier times are kept."""

from datetime import datetime

from feedback.follow_up.clocks.timing import calendar_of
from feedback.follow_up.deciding.weighing import recount
from feedback.follow_up.incidents.gathering import stay
from feedback.follow_up.models import Signal, Task
from feedback.follow_up.moving import hold_key, move_task, put_back, record
from feedback.follow_up.queries import hold_tasks, task_of_response
from feedback.follow_up.service_levels import due_times
from feedback.follow_up.states import OPEN_STATES, Details, State
from surveys.customers.holding import hold
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.invitations.states import Reason
from surveys.staff.models import StaffMember


class NotMergeable(Conflict):
    """Only open tasks of one customer become one."""

    phrase = N_("Only two open tasks of the same customer become one. Choose another one of this customer.")


class NotSplittable(Refusal):
    """Only a later answer of an open task becomes a task of its own."""

    phrase = N_(
        "Only a later answer of an open task becomes a task of its own. The first one stays where it is."
    )


def merge(task: Task, into: Task, now: datetime, *, actor: StaffMember | None) -> None:
    """Close a task as a duplicate of another one of the same customer, which gets its answers; refuse NotMergeable.

    The other keeps the more urgent priority and, of each clock that runs on both, the earlier time.
    """
    hold_tasks([task.id, into.id])
    both_open = task.state in OPEN_STATES and into.state in OPEN_STATES
    if task is into or not both_open or task.customer_id != into.customer_id:
        raise NotMergeable(field="into")
    for signal in list(task.signals):
        signal.task = into
    if into.contacted_at is None:
        into.contact_due_at = earlier(into.contact_due_at, task.contact_due_at)
        into.contacted_at = task.contacted_at
    into.resolution_due_at = earlier(into.resolution_due_at, task.resolution_due_at)
    highest = min(into.priority, task.priority)
    into.is_lifted = all(each.is_lifted for each in (into, task) if each.priority == highest)
    into.priority = highest
    into.assignee = into.assignee or task.assignee
    db.session.flush()
    db.session.refresh(into, ["signals"])
    recount(into)
    move_task(task, State.CLOSED, now, Details(outcome="duplicate"), actor=actor)
    task.duplicate_of = into
    record(task, "merged", now, actor=actor, after=into.public_id)
    record(into, "merged", now, actor=actor, before=task.public_id)


def split(task: Task, signal: Signal, now: datetime, *, actor: StaffMember | None) -> Task:
    """Make a task of its own of a later answer, with the level it asks for; refuse with NotSplittable.

    It belongs to `actor`; to the owner of the task it came from where nobody of the team does it.

    An answer that came with a merged task takes that one up again.
    """
    if task.state not in OPEN_STATES or signal.task is not task or signal.response_id == task.response_id:
        raise NotSplittable(field="answer")
    merged = task_of_response(signal.response_id)
    if merged is not None:
        signal.task = merged
        put_back(merged, State.IN_PROGRESS, None, now, actor=actor)
        return _part(task, merged, now, actor)
    due = due_times(signal.priority, now, calendar_of(task.customer.brand))
    own = Task(
        response=signal.response,
        customer=task.customer,
        priority=signal.priority,
        rule=signal.rule,
        rule_version=signal.rule_version,
        assignee=actor or task.assignee,
        contact_due_at=due.first_contact,
        resolution_due_at=due.resolution,
        opened_at=now,
        changed_at=now,
    )
    db.session.add(own)
    stay(own, task.incident)
    signal.task = own
    record(own, "opened", now, actor=actor, after=own.priority, text=own.rule)
    hold(own.customer, Reason.OPEN_TASK, hold_key(own), now)
    return _part(task, own, now, actor)


def _part(task: Task, own: Task, now: datetime, actor: StaffMember | None) -> Task:
    """Count anew what is left and what has left, and write it down in both."""
    for each in (task, own):
        db.session.flush()
        db.session.refresh(each, ["signals"])
        recount(each)
    record(own, "split", now, actor=actor, before=task.public_id)
    record(task, "split", now, actor=actor, after=own.public_id)
    return own


def earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the earlier of two times, of which None is none."""
    return min((each for each in (one, other) if each is not None), default=None)
