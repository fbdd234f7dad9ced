"""Which task a mail is about, and what was said in a task's conversation."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased, defer, joinedload, selectinload

from feedback.follow_up.conversation.models import Letter, LetterFile, Reply
from feedback.follow_up.conversation.tries import TRIED
from feedback.follow_up.models import Task, TaskEvent
from feedback.follow_up.queries import IS_OPEN, with_everything
from surveys.brand.models import Brand
from surveys.cursor import decode, page_of
from surveys.customers.finding.queries import customers_called
from surveys.customers.models import Customer, Purchase
from surveys.database import PUBLIC_ID_LENGTH, db
from surveys.errors import N_, Missing, Refusal
from surveys.invitations.models import Invitation
from surveys.masking import quoted
from surveys.post_box.models import IncomingMail
from surveys.post_box.queries import customers_writing, unmatched_count
from surveys.responses.models import Response


def reply_named(message_ids: Sequence[str]) -> Reply | None:
    """Return the mail of ours that one of these message ids belongs to, the first named first; None without one.

    Our ids begin with the reply's public id; the host is not looked at, because hosts change their names.
    """
    wanted = [text[1 : PUBLIC_ID_LENGTH + 1] for text in message_ids]
    found = db.session.scalars(select(Reply).where(Reply.public_id.in_(wanted)))
    by_id = {reply.public_id: reply for reply in found}
    return next((by_id[each] for each in wanted if each in by_id), None)


def task_about(invitation: Invitation) -> int | None:
    """Return the newest task about the answer to an invitation, about an earlier mail back, or with this check-back."""
    answered = select(Task.id).join(Task.response).where(Response.invitation_id == invitation.id)
    checked = select(Task.id).where(Task.verification_id == invitation.id)
    written = (
        select(Task.id)
        .join(IncomingMail, IncomingMail.response_id == Task.response_id)
        .where(IncomingMail.invitation_id == invitation.id)
    )
    found = [
        db.session.scalar(query.order_by(Task.id.desc()).limit(1)) for query in (answered, checked, written)
    ]
    return max((each for each in found if each is not None), default=None)


def later_than(task_ids: Sequence[int]) -> list[int]:
    """Return the tasks that follow these, and those that follow them, the newest first."""
    found: list[int] = []
    last = list(task_ids)
    while last:
        last = list(
            db.session.scalars(select(Task.id).where(Task.follows_id.in_(last), Task.id.not_in(found)))
        )
        found += last
    return sorted(found, reverse=True)


def open_task_of(sender: str, to: Sequence[str]) -> list[int]:
    """Return the open tasks of whoever writes from this address to one of these, the last changed first.

    None where two brands have one and neither is written to: nobody can tell whose turn it is.
    """
    customers = customers_writing(sender, to)
    theirs = Task.customer_id.in_([customer.id for customer in customers])
    query = select(Task.id, Customer.brand_id).join(Task.customer).where(theirs, IS_OPEN)
    found = db.session.execute(query.order_by(Task.changed_at.desc(), Task.id.desc())).all()
    return [row.id for row in found] if len({row.brand_id for row in found}) == 1 else []


def is_known_letter(brand: Brand, message_id: str) -> bool:
    """Return whether a message is part of one of the brand's conversations already."""
    same = (Letter.brand_id == brand.id, Letter.message_id == message_id)
    return db.session.scalar(select(Letter.id).where(*same)) is not None


def letters_of(task: Task) -> dict[str, Letter]:
    """Return what the customer wrote about a task, by public id, with its files but not their contents."""
    query = select(Letter).where(Letter.task_id == task.id)
    query = query.options(selectinload(Letter.files), joinedload(Letter.by))
    return {row.public_id: row for row in db.session.scalars(query.order_by(Letter.id))}


def talks_with_letters(
    task_ids: Sequence[int], states: Sequence[str]
) -> dict[int, tuple[list[TaskEvent], set[str]]]:
    """Return, by task, the history and the replies in these states, for those tasks whose customer has written."""
    wrote = select(Letter.task_id).where(Letter.task_id.in_(task_ids)).distinct()
    found: dict[int, tuple[list[TaskEvent], set[str]]] = {
        each: ([], set()) for each in db.session.scalars(wrote)
    }
    if found:
        for event in db.session.scalars(
            select(TaskEvent).where(TaskEvent.task_id.in_(found)).order_by(TaskEvent.id)
        ):
            found[event.task_id][0].append(event)
        gone = select(Reply.task_id, Reply.public_id).where(Reply.task_id.in_(found), Reply.state.in_(states))
        for task_id, reply_id in db.session.execute(gone):
            found[task_id][1].add(reply_id)
    return found


def file_or_missing(task_id: str, public_id: str) -> LetterFile:
    """Return a file of the task with this public id; refuse as missing."""
    theirs = (LetterFile.public_id == public_id, Task.public_id == task_id)
    found = db.session.scalar(select(LetterFile).join(LetterFile.letter).join(Letter.task).where(*theirs))
    if found is None:
        raise Missing(N_("There is no such file. It may have been deleted with what it belonged to."))
    return found


def thread_of(reply: Reply) -> list[tuple[str, bool]]:
    """Return the mails of a reply's conversation, the first first: ids, and whether they are ours.

    Ours are public ids: the invitation's, then those of replies that left. The customer's are message ids.
    """
    invited = (
        select(Invitation.public_id)
        .join(Response, Response.invitation_id == Invitation.id)
        .join(Task, Task.response_id == Response.id)
        .where(Task.id == reply.task_id)
    )
    sent = (Reply.task_id == reply.task_id, Reply.state == "sent", Reply.id != reply.id)
    ours = db.session.execute(select(Reply.sent_at, Reply.public_id).where(*sent)).all()
    named = (Letter.task_id == reply.task_id, Letter.message_id.is_not(None))
    theirs = db.session.execute(select(Letter.received_at, Letter.message_id).where(*named)).all()
    said = sorted([(at, each, True) for at, each in ours] + [(at, each, False) for at, each in theirs])
    return [(each, True) for each in db.session.scalars(invited)] + [(each, mine) for _, each, mine in said]


def reply_for_update(task_id: str, public_id: str) -> Reply:
    """Return a reply of the task that nobody else changes until the commit; refuse as missing."""
    query = select(Reply).where(Reply.public_id == public_id, Reply.task.has(Task.public_id == task_id))
    found = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise Missing(N_("There is no such mail on this task."))
    return found


def has_tried(task_id: int) -> bool:
    """Return whether anybody has called the customer of a task, or written to them."""
    tried = (TaskEvent.task_id == task_id, TaskEvent.kind.in_(TRIED))
    return db.session.scalar(select(TaskEvent.id).where(*tried).limit(1)) is not None


class Heap(NamedTuple):
    """Mails that nobody could match, how many there are, and the mark of the page behind them, None on the last."""

    mails: Sequence[IncomingMail]
    total: int
    next: str | None


def unmatched(limit: int, cursor: str | None = None) -> Heap:
    """Return mails that wait for somebody to put them to a task, the newest first; reports of machines left out."""
    where: tuple[ColumnElement[bool], ...] = (
        IncomingMail.kind == "unmatched",
        IncomingMail.settled_at.is_(None),
        or_(IncomingMail.why.is_(None), IncomingMail.why != "report"),
    )
    query = select(IncomingMail).where(*where).options(defer(IncomingMail.raw))
    if cursor is not None:
        query = query.where(IncomingMail.id < decode(cursor, int)[0])
    rows = db.session.scalars(query.order_by(IncomingMail.id.desc()).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda row: (row.id,))
    return Heap(page.items, unmatched_count(of_people=True), page.next)


def tasks_to_offer(words: str, sender: str, limit: int = 10) -> Sequence[Task]:
    """Return tasks a mail may be about: of customers called like these words, or of this order, else of its sender.

    The last changed come first.
    """
    if words:
        of_them = or_(
            Task.customer_id.in_(customers_called(words)),
            Response.purchase.has(reference=words),
            Task.public_id == words.rpartition("/")[2],
        )
    else:
        of_them = Customer.email == sender
    query = with_everything(select(Task), of_them, None).order_by(Task.changed_at.desc(), Task.id.desc())
    return db.session.scalars(query.limit(limit)).unique().all()


class UnknownWriter(Refusal):
    """No customer has this id."""

    phrase = N_("There is no customer %(name)s. Give the id of one; each mail lists those it may be from.")


class UnknownOrder(Refusal):
    """The customer has no such order."""

    phrase = N_("This customer has no order %(number)s. Give the number of one of theirs, or none.")


def writer_named(public_id: str, field: str) -> Customer:
    """Return the customer that an input names; refuse with UnknownWriter, which names the input."""
    found = db.session.scalar(select(Customer).where(Customer.public_id == public_id))
    if found is None:
        raise UnknownWriter(field=field, name=quoted(public_id))
    return found


def order_named(customer: Customer, reference: str, field: str) -> Purchase:
    """Return an order of the customer that an input names; refuse with UnknownOrder, which names the input."""
    found = order_of(customer, reference)
    if found is None:
        raise UnknownOrder(field=field, number=quoted(reference))
    return found


def order_of(customer: Customer, reference: str) -> Purchase | None:
    """Return the customer's order with this number, or None."""
    its = (Purchase.customer_id == customer.id, Purchase.reference == reference)
    return db.session.scalar(select(Purchase).where(*its).order_by(Purchase.id.desc()).limit(1))


def writer_for_update(customer: Customer) -> Customer:
    """Return a customer, or whom they were merged into, whom nobody else merges until the commit; refuse as missing."""
    while True:
        query = (
            select(Customer).where(Customer.id == customer.id).with_for_update(key_share=True, of=Customer)
        )
        found = db.session.scalar(query.execution_options(populate_existing=True))
        if found is None:
            raise Missing(N_("There is no such customer. The data may have been deleted."))
        if found.merged_into is None:
            return found
        customer = found.merged_into


class Writer(NamedTuple):
    """A customer who may have written a mail, and the order that was looked for."""

    customer: Customer
    purchase: Purchase | None


def customers_to_offer(words: str, sender: str, limit: int = 10) -> list[Writer]:
    """Return customers called like these words, or with this order, else those with the sender's address.

    Who was merged is left out, for the other one stands for both. The newest come first.
    """
    ordered = aliased(Purchase)
    is_it = and_(ordered.customer_id == Customer.id, ordered.reference == words)
    query = select(Customer, ordered).outerjoin(ordered, is_it).options(joinedload(Customer.brand))
    if words:
        query = query.where(or_(Customer.id.in_(customers_called(words)), ordered.id.is_not(None)))
    else:
        query = query.where(Customer.email == sender)
    query = query.where(Customer.merged_into_id.is_(None)).order_by(Customer.id.desc()).limit(limit)
    return [Writer(*row) for row in db.session.execute(query)]
