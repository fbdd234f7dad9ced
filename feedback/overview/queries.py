"""What the pages that see everything ask: one response with its task, one customer with the whole story."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from feedback.analysis.models import Analysis, is_current
from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.deciding.queries import signal_of
from feedback.follow_up.models import Task
from feedback.follow_up.opening import JOB
from feedback.follow_up.queries import CHECK_BACK, IS_OPEN
from feedback.insights.listing import Listed
from feedback.overview.models import CustomerMerge
from surveys.customers.models import Customer, Purchase
from surveys.customers.queries import purchases_of
from surveys.database import db
from surveys.errors import N_, Missing
from surveys.invitations.models import Invitation, Reminder
from surveys.responses.models import CONSIDERED, Response
from surveys.responses.queries import NoResponse, check_not_held_back
from surveys.work import SetAside

MOST = 50


class Found(NamedTuple):
    """One response, the reading of its comment, and its task; None where there is none."""

    response: Response
    analysis: Analysis | None
    task: Task | None


@dataclass(frozen=True)
class Story:
    """What we know of a customer: the newest purchases, invitations by purchase, responses and tasks.

    `turns` are questions of programmes, which are about no purchase; `check_backs` are requests to say
    whether a task was solved.
    """

    customer: Customer
    purchases: Sequence[Purchase]
    invitations: dict[int, list[Invitation]]
    turns: Sequence[Invitation]
    check_backs: Sequence[Invitation]
    responses: Sequence[Listed]
    tasks: Sequence[Task]

    @property
    def task_of(self) -> dict[int, Task]:
        """The tasks by the id of their response."""
        return {task.response_id: task for task in self.tasks}


def response_with_task(public_id: str) -> Found:
    """Return one response with all that its page shows; refuse as missing, and with HeldBack what is not shown yet."""
    found = db.session.execute(
        select(Response, Analysis, Task)
        .outerjoin(Analysis, is_current())
        .outerjoin(Task, Task.response_id == Response.id)
        .where(Response.public_id == public_id)
        .options(
            joinedload(Response.survey),
            joinedload(Response.version),
            joinedload(Response.brand),
            joinedload(Response.customer),
            joinedload(Response.excluded_by),
            joinedload(Response.purchase).selectinload(Purchase.items),
        )
    ).one_or_none()
    if found is None:
        raise NoResponse()
    check_not_held_back(found[0].survey)
    return Found(*found)


def purchases_called(name: str) -> tuple[list[Purchase], Found | None]:
    """Return the purchases with this number or public id, and the response with this public id."""
    known = or_(Purchase.reference == name, Purchase.public_id == name)
    purchases = db.session.scalars(select(Purchase).where(known).order_by(Purchase.id))
    return list(purchases), next(iter(found_where(Response.public_id == name)), None)


def responses_about(purchase: Purchase) -> list[Found]:
    """Return the responses to questions about a purchase, with readings and tasks, the oldest first."""
    return found_where(Response.purchase_id == purchase.id)


def turns_called(name: str) -> list[Invitation]:
    """Return the turns in programmes of the customers with this public id or address, the oldest first."""
    known = or_(Customer.public_id == name, Customer.email == name.lower())
    theirs = select(Invitation).join(Invitation.customer).where(known, Invitation.round_id.is_not(None))
    return list(db.session.scalars(theirs.order_by(Invitation.id)))


def found_where(condition: ColumnElement[bool]) -> list[Found]:
    """Return the responses that meet a condition, with their readings and tasks, the oldest first."""
    rows = db.session.execute(
        select(Response, Analysis, Task)
        .outerjoin(Analysis, is_current())
        .outerjoin(Task, Task.response_id == Response.id)
        .where(condition)
        .order_by(Response.id)
    )
    return [Found(*row) for row in rows.tuples()]


def reminders_of(invitation: Invitation) -> list[Reminder]:
    """Return the reminders to an invitation in their order."""
    its = select(Reminder).where(Reminder.invitation_id == invitation.id)
    return list(db.session.scalars(its.order_by(Reminder.number)))


def related_task(response: Response) -> Task | None:
    """Return the task that a response without one of its own leads to, or None.

    For an answer that joined a task it is that one; for the answer to a check-back the task that was asked about; else
    the customer's newest open one.
    """
    signal = signal_of(response.id)
    if signal is not None:
        return signal.task
    about = and_(Task.customer_id == response.customer_id, IS_OPEN)
    if response.survey.kind == CHECK_BACK:
        about = and_(Task.verification_id == response.invitation_id, Task.verification_id.is_not(None))
    return db.session.scalar(select(Task).where(about).order_by(Task.id.desc()).limit(1))


def is_set_aside(response: Response) -> bool:
    """Return whether judging the response failed, so that it waits to be tried again."""
    failed = (SetAside.job == JOB, SetAside.row_id == response.id)
    waits = response.follow_up_stage < CONSIDERED
    return waits and db.session.scalar(select(SetAside.id).where(*failed)) is not None


def tasks_of_responses(responses: Sequence[Response]) -> dict[int, str]:
    """Return the public ids of the tasks of these responses, by the response's id."""
    wanted = Task.response_id.in_([response.id for response in responses])
    return dict(db.session.execute(select(Task.response_id, Task.public_id).where(wanted)).tuples().all())


def story_of(customer: Customer) -> Story:
    """Return the whole story of one customer, 50 of each kind at most."""
    asked: dict[int, list[Invitation]] = {}
    turns, check_backs = [], []
    theirs = select(Invitation).where(Invitation.customer_id == customer.id).order_by(Invitation.id.desc())
    at_hand = joinedload(Invitation.touchpoint)
    for invitation in db.session.scalars(theirs.options(at_hand).limit(2 * MOST)):
        if invitation.purpose == "survey" and invitation.purchase_id is not None:
            asked.setdefault(invitation.purchase_id, []).append(invitation)
        elif invitation.purpose == "survey":
            turns.append(invitation)
        else:
            check_backs.append(invitation)
    return Story(
        customer=customer,
        purchases=purchases_of(customer, MOST),
        invitations=asked,
        turns=turns,
        check_backs=check_backs,
        responses=responses_of(customer),
        tasks=tasks_of(customer),
    )


def responses_of(customer: Customer) -> list[Listed]:
    """Return the newest responses of one customer, check-backs included."""
    at = func.coalesce(Response.submitted_at, Response.saved_at)
    rows = db.session.execute(
        select(Response, Analysis)
        .outerjoin(Analysis, is_current())
        .where(Response.customer_id == customer.id)
        .options(joinedload(Response.survey), joinedload(Response.purchase))
        .order_by(at.desc(), Response.id.desc())
        .limit(MOST)
    )
    return [Listed(*row) for row in rows.tuples()]


def tasks_of(customer: Customer) -> list[Task]:
    """Return the newest tasks of one customer."""
    wanted = select(Task).where(Task.customer_id == customer.id).order_by(Task.id.desc()).limit(MOST)
    return list(db.session.scalars(wanted.options(selectinload(Task.assignee), joinedload(Task.response))))


def likely_duplicates(customer: Customer, limit: int = 5) -> list[Customer]:
    """Return customers of the same shop with the same address or the same name, who are not merged."""
    same = [Customer.email == customer.email] if customer.email else []
    if customer.name:
        same.append(func.lower(Customer.name) == customer.name.lower())
    if not same or customer.merged_into_id is not None:
        return []
    others = (
        Customer.brand_id == customer.brand_id,
        Customer.id != customer.id,
        Customer.merged_into_id.is_(None),
    )
    return list(
        db.session.scalars(select(Customer).where(*others, or_(*same)).order_by(Customer.id).limit(limit))
    )


def has_duplicates(customer: Customer) -> bool:
    """Return whether somebody is merged into this customer."""
    merged = select(Customer.id).where(Customer.merged_into_id == customer.id).limit(1)
    return db.session.scalar(merged) is not None


def merges_of(customer: Customer) -> list[CustomerMerge]:
    """Return the merges of the customer that hold, the newest first."""
    theirs = or_(CustomerMerge.keeper_id == customer.id, CustomerMerge.duplicate_id == customer.id)
    wanted = select(CustomerMerge).where(theirs, CustomerMerge.undone_at.is_(None))
    at_hand = (joinedload(CustomerMerge.keeper), joinedload(CustomerMerge.duplicate))
    return list(db.session.scalars(wanted.order_by(CustomerMerge.id.desc()).options(*at_hand)))


def merge_or_missing(customer: Customer, public_id: str) -> CustomerMerge:
    """Return one merge of the customer; refuse as missing."""
    theirs = or_(CustomerMerge.keeper_id == customer.id, CustomerMerge.duplicate_id == customer.id)
    found = db.session.scalar(select(CustomerMerge).where(CustomerMerge.public_id == public_id, theirs))
    if found is None:
        raise Missing(N_("There is no such merge. The page of the customer shows those there are."))
    return found


def customer_of_brand(brand_id: int, who: str) -> list[Customer]:
    """Return the customers of a shop with this opaque id, address or number."""
    said = who.strip()
    known = or_(Customer.public_id == said, Customer.email == said.lower(), Customer.reference == said)
    return list(db.session.scalars(select(Customer).where(Customer.brand_id == brand_id, known).limit(2)))


def replies_to(customer: Customer) -> list[Reply]:
    """Return the newest mails of agents to one customer."""
    wanted = select(Reply).join(Reply.task).where(Task.customer_id == customer.id)
    return list(
        db.session.scalars(wanted.options(joinedload(Reply.author)).order_by(Reply.id.desc()).limit(MOST))
    )
