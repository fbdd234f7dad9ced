"""What is asked about programmes: what is to be planned, whose turn is next, how far a round is."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from surveys.customers.models import Customer, Purchase
from surveys.database import db
from surveys.errors import Missing
from surveys.invitations.clocks import PROGRAMMES
from surveys.invitations.models import AskingRound, Invitation, ListedCustomer, Touchpoint
from surveys.invitations.queries import touchpoint_or_missing
from surveys.work import not_set_aside

ROUNDS = "rounds"  # the name of the job that gives turns
# A customer who was stored in a long transaction may appear behind younger ones; by then all have appeared.
SETTLED = timedelta(minutes=10)
AT_ONCE = 500


class Candidate(NamedTuple):
    """A customer who is to get a turn."""

    id: int
    public_id: str
    created_at: datetime
    time_zone: str | None
    locale: str | None


def programmes_with_work(now: datetime) -> list[int]:
    """Return the programmes that are on and have a round to begin or turns to give, without those set aside."""
    latest = (
        select(func.max(AskingRound.number))
        .where(AskingRound.touchpoint_id == Touchpoint.id)
        .correlate(Touchpoint)
        .scalar_subquery()
    )
    in_round = and_(AskingRound.touchpoint_id == Touchpoint.id, AskingRound.number == latest)
    newcomer = exists(
        select(Customer.id).where(
            Customer.brand_id == Touchpoint.brand_id,
            Customer.id > AskingRound.passed_id,
            Customer.merged_into_id.is_(None),
            Customer.created_at <= now - SETTLED,
        )
    ).correlate(Touchpoint, AskingRound)
    over = or_(AskingRound.id.is_(None), AskingRound.ends_at <= now)
    rolling = and_(Touchpoint.trigger == "rolling", or_(over, newcomer))
    once = and_(Touchpoint.trigger == "once", AskingRound.passed_id < AskingRound.last_id)
    waits = or_(rolling, and_(once, AskingRound.starts_at <= now))
    wanted = select(Touchpoint.id).outerjoin(AskingRound, in_round)
    wanted = wanted.where(Touchpoint.is_on, waits, not_set_aside(ROUNDS, Touchpoint.id))
    return list(db.session.scalars(wanted.order_by(Touchpoint.id)))


def backlog(now: datetime) -> int:
    """Count the programmes that have a round to begin or turns to give."""
    return len(programmes_with_work(now))


def locked_programme(touchpoint_id: int) -> Touchpoint | None:
    """Return a programme that is on, itself locked, or None."""
    same = (Touchpoint.id == touchpoint_id, Touchpoint.trigger.in_(PROGRAMMES), Touchpoint.is_on)
    return db.session.scalar(select(Touchpoint).where(*same).with_for_update(key_share=True))


def lock_touchpoint(touchpoint: Touchpoint) -> None:
    """Wait for whoever plans, starts or changes the touchpoint at this moment, and read it anew."""
    same = select(Touchpoint).where(Touchpoint.id == touchpoint.id).with_for_update(key_share=True)
    db.session.scalars(same, execution_options={"populate_existing": True}).one()


def last_round(touchpoint: Touchpoint) -> AskingRound | None:
    """Return the programme's newest round, or None before the first."""
    its = select(AskingRound).where(AskingRound.touchpoint_id == touchpoint.id)
    newest = its.order_by(AskingRound.number.desc()).limit(1).options(joinedload(AskingRound.begun_by))
    return db.session.scalar(newest)


def candidates(touchpoint: Touchpoint, passed: int, last: int | None, limit: int) -> list[Candidate]:
    """Return the next customers behind `passed` up to `last`, in their order; they cannot be deleted meanwhile."""
    columns = (Customer.id, Customer.public_id, Customer.created_at, Customer.time_zone, Customer.locale)
    wanted = select(*columns).where(*meant(touchpoint), Customer.id > passed)
    if last is not None:
        wanted = wanted.where(Customer.id <= last)
    rows = wanted.order_by(Customer.id).limit(limit).with_for_update(read=True, key_share=True, of=Customer)
    return [Candidate(*row) for row in db.session.execute(rows).tuples()]


def meant(touchpoint: Touchpoint) -> list[ColumnElement[bool]]:
    """Return the conditions that a customer is among those a programme looks at: of the shop, and of its list."""
    found = [Customer.brand_id == touchpoint.brand_id, Customer.merged_into_id.is_(None)]
    if touchpoint.by_list:
        listed = select(ListedCustomer.customer_id).where(ListedCustomer.touchpoint_id == touchpoint.id)
        found.append(Customer.id.in_(listed))
    return found


def first_orders(customer_ids: Sequence[int]) -> dict[int, datetime]:
    """Return when each of these customers ordered for the first time."""
    placed = select(Purchase.customer_id, func.min(Purchase.placed_at))
    theirs = placed.where(Purchase.customer_id.in_(customer_ids)).group_by(Purchase.customer_id)
    return dict(db.session.execute(theirs).tuples().all())


def with_a_turn(round_: AskingRound, customer_ids: Sequence[int]) -> set[int]:
    """Return which of these customers have a turn in the round, as those have who were merged with one."""
    same = (Invitation.round_id == round_.id, Invitation.customer_id.in_(customer_ids))
    return set(db.session.scalars(select(Invitation.customer_id).where(*same)))


def asked_in_round(invitation: Invitation, customer_ids: Sequence[int]) -> bool:
    """Return whether another invitation of the same round has left to one of these customers.

    What a merge could not move to one of them, because they have a turn of their own, counts too.
    """
    merged = db.session.scalars(select(Customer.id).where(Customer.merged_into_id.in_(customer_ids)))
    theirs = Invitation.customer_id.in_([*customer_ids, *merged])
    left = (Invitation.id != invitation.id, Invitation.sent_at.is_not(None))
    other = select(Invitation.id).where(Invitation.round_id == invitation.round_id, theirs, *left)
    return db.session.scalar(other.limit(1)) is not None


def last_customer_id(brand_id: int) -> int:
    """Return the highest number of a customer of the brand, 0 without any."""
    return db.session.scalar(select(func.max(Customer.id)).where(Customer.brand_id == brand_id)) or 0


def count_meant(touchpoint: Touchpoint) -> int:
    """Count the customers a programme looks at, whatever speaks against asking them."""
    return db.session.scalar(select(func.count()).select_from(Customer).where(*meant(touchpoint))) or 0


def customers_meant(touchpoint: Touchpoint, passed: int, limit: int, every: int) -> list[Customer]:
    """Return the next customers behind `passed` that a programme looks at, of all numbers one in `every`."""
    wanted = select(Customer).where(*meant(touchpoint), Customer.id > passed, Customer.id % every == 0)
    wanted = wanted.options(joinedload(Customer.brand)).order_by(Customer.id).limit(limit)
    return list(db.session.scalars(wanted))


def count_listed(touchpoint: Touchpoint) -> int:
    """Count the customers on the list of a send."""
    listed = ListedCustomer.touchpoint_id == touchpoint.id
    return db.session.scalar(select(func.count()).select_from(ListedCustomer).where(listed)) or 0


def turns_of(touchpoint: Touchpoint, customer: Customer) -> list[Invitation]:
    """Return the customer's turns in a programme, the newest round first."""
    theirs = (Invitation.touchpoint_id == touchpoint.id, Invitation.customer_id == customer.id)
    wanted = select(Invitation).where(*theirs, Invitation.round_id.is_not(None))
    return list(db.session.scalars(wanted.order_by(Invitation.round_id.desc())))


def programme_or_missing(public_id: str) -> Touchpoint:
    """Return one programme by public id; refuse as missing, also touchpoints that wait for orders."""
    touchpoint = touchpoint_or_missing(public_id)
    if touchpoint.trigger not in PROGRAMMES:
        raise Missing()
    return touchpoint


class Named(NamedTuple):
    """Who was found under the words of a list, and the words under which nobody was."""

    customer_ids: set[int]
    unknown: list[str]


def customers_named(brand_id: int, words: Sequence[str]) -> Named:
    """Return the brand's customers with these addresses or references; one who was merged stands for the other."""
    found: set[int] = set()
    known: set[str] = set()
    person = func.coalesce(Customer.merged_into_id, Customer.id)
    for start in range(0, len(words), AT_ONCE):
        some = words[start : start + AT_ONCE]
        called = or_(Customer.email.in_([word.lower() for word in some]), Customer.reference.in_(some))
        rows = select(person, Customer.email, Customer.reference).where(Customer.brand_id == brand_id, called)
        for customer_id, email, reference in db.session.execute(rows):
            found.add(customer_id)
            known |= {email, reference}
    return Named(found, [word for word in words if word not in known and word.lower() not in known])


class Progress(NamedTuple):
    """How far a round is: turns given, by what became of them, and the reasons of those not asked."""

    planned: int = 0
    sent: int = 0
    lost: int = 0
    answered: int = 0
    refused: int = 0
    reasons: Sequence[tuple[str, int]] = ()

    @property
    def given(self) -> int:
        """How many customers have had their turn planned or settled."""
        return self.planned + self.sent + self.lost + self.refused


def progress_of(round_: AskingRound) -> Progress:
    """Return how far the round is."""
    columns = (Invitation.state, Invitation.reason, func.count(), func.count(Invitation.answered_at))
    its = select(*columns).where(Invitation.round_id == round_.id)
    rows = db.session.execute(its.group_by(Invitation.state, Invitation.reason)).tuples().all()
    by_state = dict.fromkeys(("planned", "sent", "failed", "uncertain", "refused"), 0)
    for state, _reason, count, _answered in rows:
        by_state[state] += count
    reasons = [(reason, count) for _state, reason, count, _answered in rows if reason is not None]
    return Progress(
        planned=by_state["planned"],
        sent=by_state["sent"],
        lost=by_state["failed"] + by_state["uncertain"],
        answered=sum(answered for *_counts, answered in rows),
        refused=by_state["refused"],
        reasons=sorted(reasons, key=lambda row: (-row[1], row[0])),
    )
