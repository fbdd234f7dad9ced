"""Give tasks by the rules: new ones, those that wait for somebody to be free, and those of people who are away."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from feedback.follow_up.assigning.models import Assigning
from feedback.follow_up.assigning.queries import (
    handled_before,
    lock_givers,
    named_staff,
    running_tasks_of,
    stands_in,
    team_now,
    waiting_tasks,
)
from feedback.follow_up.assigning.routing import WEIGHTS, Case, Choice, choose_owner
from feedback.follow_up.models import Task, TaskEvent
from feedback.follow_up.moving import record
from feedback.follow_up.queries import task_for_update
from feedback.follow_up.states import OPEN_STATES
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.staff.models import StaffMember
from surveys.staff.queries import is_there
from surveys.work import one_by_one

JOB = "route-tasks"
# How many tasks are handed over at once; whoever has more presses again.
MOST_HANDED_OVER = 200
LONGEST_NOTE = 2_000


class NoteMissing(Refusal):
    """Whoever takes over has to be told how things stand."""

    phrase = N_("Write what colleagues must know, in at most %(most)s characters.")


class HandedOver(NamedTuple):
    """How many tasks went to a colleague, and how many nobody was free for."""

    given: int
    kept: int


def choice_for(task: Task, now: datetime, barred: Iterable[int] = ()) -> Choice:
    """Return who gets a task by the rules, never one of `barred`; nobody else gives anything until the commit."""
    lock_givers()
    owner_id, handled = task.customer.owner_id, handled_before(task, now)
    also = {each for each in (owner_id, handled.staff_id if handled else None) if each is not None}
    team = team_now(now, also)
    zone = ZoneInfo(task.customer.brand.time_zone)
    case = Case(
        weight=WEIGHTS[task.priority],
        language=task.response.locale[:2].lower(),
        dedicated=team.everybody.get(owner_id) if owner_id is not None else None,
        handler=team.everybody.get(handled.staff_id) if handled else None,
        handled_on=handled.at.astimezone(zone).date() if handled else None,
        barred=named_staff(task) | frozenset(barred),
    )
    return choose_owner(team.agents, case)


def give_by_rule(task: Task, now: datetime) -> bool:
    """Give a task without an owner to whom the rules choose; return whether there was somebody.

    Where there is nobody the task keeps why, and waits.
    """
    chosen = choice_for(task, now)
    if chosen.staff_id is None:
        if task.assigned_because != chosen.why:
            task.assigned_because = chosen.why
        return False
    _give(task, chosen.staff_id, chosen.why, now)
    return True


def _give(task: Task, staff_id: int, why: str, now: datetime, *, actor: StaffMember | None = None) -> None:
    """Make somebody the owner, and say by which rule."""
    before = task.assignee.public_id if task.assignee else None
    task.assignee = db.session.get_one(StaffMember, staff_id)
    task.assigned_because = why
    record(task, "assigned", now, actor=actor, before=before, after=task.assignee.public_id, text=why)


def give_waiting(now: datetime, limit: int) -> int:
    """Give up to `limit` tasks that wait in the queue to people who are there and free again; return how many.

    Looks at none while nobody of the agents could take anything.
    """
    free = [each for each in team_now(now).agents if not each.away and each.bears(0)]
    if not free:
        return 0
    limits = [each.capacity - each.load for each in free if each.capacity is not None]
    spare = max(limits) if len(limits) == len(free) else None
    spoken = (
        None if any(not each.languages for each in free) else {tag for each in free for tag in each.languages}
    )
    given: list[int] = []

    def give_one(task_id: int) -> None:
        if _give_waiting(task_id, now):
            given.append(task_id)

    one_by_one(JOB, waiting_tasks(JOB, limit, spare, spoken), give_one)
    return len(given)


def _give_waiting(task_id: int, now: datetime) -> bool:
    """Give one task that waits, unless somebody has taken it or put it back meanwhile; return whether it was given."""
    task = task_for_update(task_id)
    if task.assignee_id is not None or task.assigned_because is None or task.state not in OPEN_STATES:
        return False
    return give_by_rule(task, now)


def stand_in(task: Task, now: datetime) -> None:
    """Give a task whose promised time has passed to a free colleague if its owner is away and the shop wants that."""
    owner = task.assignee
    if owner is None or task.state not in OPEN_STATES or not stands_in() or is_there(owner, now):
        return
    chosen = choice_for(task, now, barred=(owner.id,))
    if chosen.staff_id is not None:
        _give(task, chosen.staff_id, "stood_in", now)


def hand_over(staff: StaffMember, text: str, now: datetime, *, actor: StaffMember | None) -> HandedOver:
    """Give the open tasks of somebody of which a clock runs to colleagues by the rules, each with the note `text`.

    At most 200 at once. A task that nobody is free for stays where it is. Refuses with NoteMissing.
    """
    text = text.strip()
    if not 0 < len(text) <= LONGEST_NOTE:
        raise NoteMissing(field="note", most=str(LONGEST_NOTE))
    given, kept = 0, 0
    for task in running_tasks_of(staff, MOST_HANDED_OVER, locked=True):
        chosen = choice_for(task, now, barred=(staff.id,))
        if chosen.staff_id is None:
            kept += 1
            continue
        _give(task, chosen.staff_id, chosen.why, now, actor=actor)
        record(task, "noted", now, actor=actor, text=text)
        given += 1
    return HandedOver(given, kept)


def reassigned(history: Iterable[TaskEvent]) -> int:
    """Return how often a task went from one owner to another, or back to nobody."""
    return sum(1 for event in history if event.kind == "assigned" and event.before is not None)


def set_standing_in(on: bool) -> None:
    """Say whether late tasks of people who are away go to a free colleague."""
    row = db.session.get(Assigning, 1) or Assigning(id=1)
    row.stands_in = on
    db.session.add(row)
    db.session.flush()
