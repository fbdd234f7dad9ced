"""What the customer's own page asks: whose page it is, what they answered, and which links were mailed to them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from feedback.analysis.queries import is_flagged
from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.models import Task, TaskEvent
from feedback.follow_up.praise.models import Testimonial, ThankYou
from feedback.improving.models import ImprovementLetter
from feedback.privacy.models import OwnDataLink
from surveys.audit.models import AuditEvent
from surveys.customers.models import Customer, Purchase
from surveys.database import db
from surveys.invitations.models import Invitation
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response

LIVES = timedelta(days=90)  # as long as the links of invitations
CHECK_BACK = "check_back"


class Opened(NamedTuple):
    """Whose page a link opens, in which language, and until when; None until its mail has left."""

    customer: Customer
    locale: str
    expires_at: datetime | None


class Answer(NamedTuple):
    """What a customer answered, its task if there is one, and what is known of that.

    `replied` are the days on which the shop wrote to them; `is_touched` says that somebody of the team has
    worked on the task; `testimonial` is what they said about being quoted; `is_reversed` that kind words stand beside
    one of the lowest scores.
    """

    response: Response
    task: Task | None
    replied: list[datetime]
    is_touched: bool
    testimonial: Testimonial | None = None
    is_reversed: bool = False


def opened_by(public_id: str) -> Opened | None:
    """Return what the link of an invitation, a reply, a thank-you or a letter about an improvement opens.

    None when it is not there any more.
    """
    wanted = select(Invitation).where(Invitation.public_id == public_id)
    at_hand = joinedload(Invitation.customer).joinedload(Customer.brand)
    invitation = db.session.scalar(wanted.options(at_hand))
    if invitation is not None:
        return Opened(person(invitation.customer), invitation.locale, invitation.expires_at)
    reply = db.session.scalar(select(Reply).where(Reply.public_id == public_id))
    if reply is None:
        return opened_by_thanks(public_id)
    until = None if reply.sent_at is None else reply.sent_at + LIVES
    return Opened(person(reply.task.customer), reply.task.response.locale, until)


def opened_by_thanks(public_id: str) -> Opened | None:
    """Return what the link of a thank-you opens; None when there is none of this name."""
    thanks = db.session.scalar(select(ThankYou).where(ThankYou.public_id == public_id))
    if thanks is None:
        return opened_by_letter(public_id)
    until = None if thanks.sent_at is None else thanks.sent_at + LIVES
    return Opened(person(thanks.customer), thanks.response.locale, until)


def opened_by_letter(public_id: str) -> Opened | None:
    """Return what the link of a letter about an improvement opens; None when there is none of this name."""
    letter = db.session.scalar(select(ImprovementLetter).where(ImprovementLetter.public_id == public_id))
    if letter is None:
        return None
    until = None if letter.sent_at is None else letter.sent_at + LIVES
    return Opened(person(letter.customer), letter.response.locale, until)


def person(customer: Customer) -> Customer:
    """Return the customer, or the one whom a duplicate was merged into."""
    return customer.merged_into or customer


def answers_of(customer: Customer, limit: int) -> list[Answer]:
    """Return the customer's latest answers, the newest first; what they said to a check-back belongs to its task."""
    wanted = (
        select(Response, Task, Testimonial)
        .join(Response.survey)
        .outerjoin(Task, Task.response_id == Response.id)
        .outerjoin(Testimonial, Testimonial.response_id == Response.id)
        .where(Response.customer_id == customer.id, Survey.kind != CHECK_BACK)
        .options(
            joinedload(Response.survey),
            joinedload(Response.version),
            joinedload(Response.purchase).selectinload(Purchase.items),
            selectinload(Task.verification),
        )
    )
    at = func.coalesce(Response.submitted_at, Response.saved_at)
    rows = db.session.execute(wanted.order_by(at.desc(), Response.id.desc()).limit(limit)).tuples().all()
    ids = [task.id for _response, task, _quoted in rows if task is not None]
    replied, touched = replies_to(ids), touched_among(ids)
    turned = reversed_among([response.id for response, _task, _quoted in rows])
    return [
        Answer(response, task, replied.get(task.id, []), task.id in touched, quoted, response.id in turned)
        if task is not None
        else Answer(response, None, [], False, quoted, response.id in turned)
        for response, task, quoted in rows
    ]


def answer_of(customer: Customer, public_id: str) -> Answer | None:
    """Return one answer of the customer; None when it is not theirs."""
    mine = (Response.customer_id == customer.id, Response.public_id == public_id)
    response = db.session.scalar(select(Response).where(*mine))
    if response is None:
        return None
    task = db.session.scalar(select(Task).where(Task.response_id == response.id))
    return Answer(response, task, [], task is not None and is_touched(task))


def reversed_among(response_ids: Sequence[int]) -> set[int]:
    """Return those answers whose kind words stand beside one of the lowest scores (see `analysis.mismatch`)."""
    asked = select(Response.id).join(Survey, Response.survey_id == Survey.id)
    found = asked.where(Response.id.in_(response_ids), is_flagged(["scale_reversal"]))
    return set(db.session.scalars(found))


def replies_to(task_ids: Sequence[int]) -> dict[int, list[datetime]]:
    """Return when mails of the shop left, by task."""
    sent = (Reply.task_id.in_(task_ids), Reply.state == "sent", Reply.sent_at.is_not(None))
    found: dict[int, list[datetime]] = {}
    for task_id, at in db.session.execute(
        select(Reply.task_id, Reply.sent_at).where(*sent).order_by(Reply.id)
    ):
        found.setdefault(task_id, []).append(at)
    return found


def touched_among(task_ids: Sequence[int]) -> set[int]:
    """Return those tasks that somebody of the team has worked on."""
    by_staff = (TaskEvent.task_id.in_(task_ids), TaskEvent.actor_id.is_not(None))
    return set(db.session.scalars(select(TaskEvent.task_id).where(*by_staff).distinct()))


def is_touched(task: Task) -> bool:
    """Return whether somebody of the team has worked on the task."""
    return task.id in touched_among([task.id])


def corrections_of(response_id: str, since: datetime) -> int:
    """Return how often an answer, by its public id, was corrected since it was given."""
    about = (AuditEvent.action == "own_page.correct", AuditEvent.object_id == response_id)
    return db.session.scalar(select(func.count()).where(AuditEvent.at >= since, *about)) or 0


def link_called(public_id: str | None, *, locked: bool) -> OwnDataLink | None:
    """Return a link to somebody's own data, `locked` so that it is used once; None when there is none."""
    wanted = select(OwnDataLink).where(OwnDataLink.public_id == public_id)
    return db.session.scalar(wanted.with_for_update(of=OwnDataLink) if locked else wanted)


def lock(customer: Customer) -> None:
    """Let everybody else wait who asks for a link to this customer's data."""
    db.session.execute(select(Customer.id).where(Customer.id == customer.id).with_for_update())


def asked_for_link_since(customer: Customer, since: datetime) -> bool:
    """Return whether a link to the customer's own data was asked for since then."""
    lately = (OwnDataLink.customer_id == customer.id, OwnDataLink.requested_at > since)
    return db.session.scalar(select(OwnDataLink.id).where(*lately).limit(1)) is not None


def due_links(now: datetime) -> int:
    """Return how many links wait to be mailed."""
    return db.session.scalar(select(func.count()).where(OwnDataLink.due_at <= now)) or 0
