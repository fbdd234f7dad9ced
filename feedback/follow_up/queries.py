"""What ticks, pages and machines ask about tasks."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from feedback.analysis.models import Analysis, is_current
from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.models import Signal, Task, TaskEvent
from feedback.follow_up.states import OPEN_STATES, State
from surveys.brand.models import Brand
from surveys.cursor import Page, decode, page_of
from surveys.customers.models import Customer, Purchase
from surveys.customers.queries import brand_for
from surveys.database import db
from surveys.errors import N_, Missing, Refusal
from surveys.invitations.models import Invitation
from surveys.masking import quoted
from surveys.questionnaires.models import Survey
from surveys.responses.models import CONSIDERED, FRESH, IMPORT, NEW, WAITS_FOR_READING, Response
from surveys.responses.queries import is_included, is_settled
from surveys.staff.models import StaffMember
from surveys.staff.permissions import ROLE_PERMISSIONS
from surveys.work import not_set_aside

CHECK_BACK = "check_back"
# What the house says without changing the work.
REPORTS = ("reply_sent", "reply_failed", "reminded", "escalated", "promise_broken", "check_back_moved")
TASK_ROLES = tuple(role for role, permissions in ROLE_PERMISSIONS.items() if "tasks" in permissions)
TOLD = (
    selectinload(Task.history).joinedload(TaskEvent.actor),
    selectinload(Task.promises),
    selectinload(Task.duplicate_of),
    selectinload(Task.follows),
    selectinload(Task.incident),
)
IS_OPEN = Task.state.in_(sorted(OPEN_STATES))


def unconsidered_responses(job: str, now: datetime, limit: int) -> list[int]:
    """Return responses that are new, or whose awaited reading has arrived; imported ones behind all others.

    What nobody has looked at goes before what may only become more urgent, and then the oldest first.
    """
    waiting = (
        select(Response.id)
        .join(Response.survey)
        .where(to_be_considered(now), not_set_aside(job, Response.id))
        .order_by(Response.follow_up_stage, Response.id)
    )
    found = list(db.session.scalars(waiting.where(Response.channel.in_(FRESH)).limit(limit)))
    if len(found) < limit:
        found += db.session.scalars(waiting.where(Response.channel == IMPORT).limit(limit - len(found)))
    return found


def to_be_considered(now: datetime) -> ColumnElement[bool]:
    """Return the condition, of a response with its survey, that somebody has to decide whether it needs a task."""
    due = or_(
        and_(Response.follow_up_stage == NEW, is_settled(now)),
        and_(Response.follow_up_stage == WAITS_FOR_READING, Response.analysed_at.is_not(None)),
    )
    return and_(Response.follow_up_stage < CONSIDERED, due, Survey.kind != CHECK_BACK, is_included())


def response_for_update(response_id: int) -> Response | None:
    """Return a response that nobody else changes until the commit; None when it is gone."""
    return db.session.get(Response, response_id, with_for_update=True, populate_existing=True)


def task_of_response(response_id: int) -> Task | None:
    """Return the task of a response, if it has one."""
    return db.session.scalar(select(Task).where(Task.response_id == response_id).with_for_update())


def task_for_update(task_id: int) -> Task:
    """Return a task that nobody else changes until the commit."""
    return db.session.get_one(Task, task_id, with_for_update=True, populate_existing=True)


def hold_tasks(task_ids: Collection[int]) -> None:
    """Let nobody else change these tasks until the commit; held in one order, so that no two wait for each other."""
    wanted = select(Task.id).where(Task.id.in_(task_ids)).order_by(Task.id)
    db.session.execute(wanted.with_for_update())


def cases_waiting(brand_id: int) -> int:
    """Count the brand's open tasks whose customer nobody has written to yet."""
    waiting = (Customer.brand_id == brand_id, IS_OPEN, Task.contacted_at.is_(None))
    return db.session.scalar(select(func.count(Task.id)).join(Task.customer).where(*waiting)) or 0


def cases_from_questions(brand_id: int, since: datetime) -> int:
    """Count the tasks that answers to the brand's questions of that time have led to, excluded answers apart."""
    asked = (Customer.brand_id == brand_id, Invitation.purpose == "survey", Invitation.sent_at >= since)
    wanted = select(func.count(Task.id)).join(Task.response).join(Response.invitation).where(is_included())
    return db.session.scalar(wanted.join(Invitation.customer).where(*asked)) or 0


def resolved_tasks(job: str, limit: int) -> list[int]:
    """Return tasks that are solved and whose customers have not been asked yet."""
    query = select(Task.id).where(Task.state == State.RESOLVED, not_set_aside(job, Task.id))
    return list(db.session.scalars(query.order_by(Task.resolved_at).limit(limit)))


def unread_check_backs(job: str, now: datetime, limit: int) -> list[int]:
    """Return answers to check-backs that nobody has recorded; half-way ones after they rested."""
    query = (
        select(Response.id).join(Response.survey).where(to_be_recorded(now), not_set_aside(job, Response.id))
    )
    return list(db.session.scalars(query.order_by(Response.id).limit(limit)))


def to_be_recorded(now: datetime) -> ColumnElement[bool]:
    """Return the condition, of a response with its survey, that it answers a check-back and nobody recorded it."""
    # Said as the partial index says it, so that SQLite does not read every response there is.
    return and_(Response.follow_up_stage < CONSIDERED, Survey.kind == CHECK_BACK, is_settled(now))


def task_of_verification(invitation_id: int | None) -> Task | None:
    """Return the task whose solution an invitation asks about."""
    if invitation_id is None:
        return None
    return db.session.scalar(select(Task).where(Task.verification_id == invitation_id).with_for_update())


def unanswered_check_backs(job: str, asked_before: datetime, limit: int) -> list[int]:
    """Return tasks whose check-back could not be sent, or was sent before then and got no answer."""
    silent = or_(
        Invitation.state.in_(("refused", "failed")),
        and_(Invitation.state.in_(("sent", "uncertain")), Invitation.sent_at <= asked_before),
    )
    unread = select(Response.id).where(
        Response.invitation_id == Task.verification_id, Response.follow_up_stage == NEW
    )
    query = (
        select(Task.id)
        .join(Task.verification)
        .where(Task.state == State.VERIFYING, silent, ~unread.exists(), not_set_aside(job, Task.id))
    )
    return list(db.session.scalars(query.order_by(Task.id).limit(limit)))


def said_no_before(task_id: int) -> bool:
    """Return whether the customer has already said once that it is not solved."""
    no = (TaskEvent.task_id == task_id, TaskEvent.kind == "answered", TaskEvent.after == "no")
    return db.session.scalar(select(TaskEvent.id).where(*no).limit(1)) is not None


class UnknownStaff(Refusal):
    """Nobody here has this address or id."""

    phrase = N_("There is no staff member %(name)s. Give the e-mail address they sign in with.")


class NotAtWork(Refusal):
    """Only who may work on tasks does something with one."""

    phrase = N_("%(name)s does not work on tasks. Name an agent, admin or owner who is active.")


class UnknownTask(Refusal):
    """No task has this id."""

    phrase = N_("There is no task %(name)s. Give the id of one; the list of tasks has them.")


class Earlier(NamedTuple):
    """An answer the same customer gave at another time; `label` is None while nobody has read it."""

    response: Response
    label: str | None


def task_or_missing(public_id: str) -> Task:
    """Return one task with what its page shows; refuse as missing."""
    query = with_everything(select(Task), Task.public_id == public_id, None)
    task: Task | None = db.session.scalar(query)
    if task is None:
        raise Missing(N_("There is no such task. It may have been deleted; the inbox lists those there are."))
    return task


def task_named(public_id: str, field: str) -> Task:
    """Return one task that an input names; refuse with UnknownTask, which names the input."""
    try:
        return task_or_missing(public_id)
    except Missing:
        raise UnknownTask(field=field, name=quoted(public_id)) from None


def history(task: Task) -> Sequence[TaskEvent]:
    """Return what happened to a task, the first thing first."""
    query = select(TaskEvent).where(TaskEvent.task_id == task.id).options(joinedload(TaskEvent.actor))
    return db.session.scalars(query.order_by(TaskEvent.id)).all()


def last_change(task_id: int) -> int:
    """Return the id of the newest history row that changed what a person works on, not only reported."""
    changes = (TaskEvent.task_id == task_id, TaskEvent.kind.not_in(REPORTS))
    return db.session.scalar(select(func.max(TaskEvent.id)).where(*changes)) or 0


def replies_of(task: Task) -> dict[str, Reply]:
    """Return the replies of a task by their public ids."""
    return {row.public_id: row for row in db.session.scalars(select(Reply).where(Reply.task_id == task.id))}


def earlier_answers(task: Task, limit: int = 5) -> list[Earlier]:
    """Return other answers of the task's customer, the latest first."""
    query = (
        select(Response, Analysis.label)
        .outerjoin(Analysis, is_current())
        .where(Response.customer_id == task.customer_id, Response.id != task.response_id)
        .options(joinedload(Response.survey))
    )
    return [Earlier(*row) for row in db.session.execute(query.order_by(Response.id.desc()).limit(limit))]


def other_open_tasks(task: Task) -> Sequence[Task]:
    """Return the other open tasks of a task's customer, the first opened first."""
    others = (Task.customer_id == task.customer_id, Task.id != task.id, IS_OPEN)
    query = select(Task).where(*others).options(joinedload(Task.response)).order_by(Task.id)
    return db.session.scalars(query).all()


def people_for_tasks() -> Sequence[StaffMember]:
    """Return everybody who may be given a task, by name."""
    able = (StaffMember.role.in_(TASK_ROLES), StaffMember.is_active)
    return db.session.scalars(select(StaffMember).where(*able).order_by(StaffMember.name)).all()


def page_of_tasks(
    limit: int,
    cursor: str | None = None,
    *,
    state: str | None = None,
    assignee: str | None = None,
    brand: str | None = None,
) -> Page[Task]:
    """Return up to `limit` tasks with their history, the last opened first.

    `assignee` is an address or a public id, empty for tasks of nobody. Refuses what does not exist.
    """
    conditions: list[ColumnElement[bool]] = []
    if state is not None:
        conditions.append(Task.state == state)
    if assignee is not None:
        owner = staff_named(assignee) if assignee else None
        conditions.append(Task.assignee_id.is_(None) if owner is None else Task.assignee_id == owner.id)
    if cursor is not None:
        conditions.append(Task.id < decode(cursor, int)[0])
    query = with_everything(select(Task), and_(True, *conditions), brand_for(brand) if brand else None)
    query = query.options(*TOLD)
    found = list(db.session.scalars(query.order_by(Task.id.desc()).limit(limit + 1)))
    return page_of(found, limit, lambda task: (task.id,))


def bring_history(tasks: Sequence[Task]) -> None:
    """Fetch what these tasks tell of themselves beyond a row in a list, in one go for all of them."""
    wanted = select(Task).where(Task.id.in_([task.id for task in tasks])).options(*TOLD)
    db.session.scalars(wanted).all()


def worker_named(name: str, field: str) -> StaffMember:
    """Return somebody who may work on tasks, by address or public id; refuse with UnknownStaff or NotAtWork."""
    found = staff_named(name, field)
    if not found.is_active or found.role not in TASK_ROLES:
        raise NotAtWork(field=field, name=found.name)
    return found


def staff_named(name: str, field: str = "assignee") -> StaffMember:
    """Return a staff member by address or public id; refuse with UnknownStaff, which names the input at fault."""
    same = or_(StaffMember.public_id == name, StaffMember.email == name.lower())
    found = db.session.scalar(select(StaffMember).where(same))
    if found is None:
        raise UnknownStaff(field=field, name=quoted(name))
    return found


def with_everything(query: Select[Any], condition: ColumnElement[bool], brand: Brand | None) -> Select[Any]:
    """Return `query` narrowed down, with all that a row or a page of a task shows."""
    query = query.join(Task.customer).join(Task.response).where(condition)
    if brand is not None:
        query = query.where(Customer.brand_id == brand.id)
    return query.options(
        contains_eager(Task.customer).joinedload(Customer.brand),
        contains_eager(Task.response).joinedload(Response.survey),
        contains_eager(Task.response).joinedload(Response.purchase).selectinload(Purchase.items),
        joinedload(Task.assignee),
        selectinload(Task.signals).joinedload(Signal.response),
    )
