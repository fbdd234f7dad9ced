"""What telling asks: who was written to already, and what speaks against writing, for many customers at once.

It comes to the same as asking for each (`judging.why_not_to_check_back`, holds and pauses), which is done again for
every letter just before it leaves.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, func, or_, select

from feedback.improving.models import ImprovementLetter, ImprovementText
from feedback.improving.telling.audience import Address, Bars
from surveys.customers.models import Customer, CustomerHold
from surveys.database import db
from surveys.permission.queries import barred_among

AT_ONCE = 500
Value = TypeVar("Value", int, str)


def texts_of(improvement_id: int) -> dict[str, ImprovementText]:
    """Return what was written, by language."""
    wanted = select(ImprovementText).where(ImprovementText.improvement_id == improvement_id)
    return {each.language: each for each in db.session.scalars(wanted)}


def letters_by_state(improvement_id: int) -> dict[str, int]:
    """Return how many letters there are in each state."""
    counted = select(ImprovementLetter.state, func.count()).where(
        ImprovementLetter.improvement_id == improvement_id
    )
    return dict(db.session.execute(counted.group_by(ImprovementLetter.state)).tuples().all())


def due_letters(now: datetime) -> int:
    """Count letters that should have left by now."""
    return db.session.scalar(select(func.count()).where(ImprovementLetter.due_at <= now)) or 0


def bars_on_many(improvement_id: int, customers: Sequence[Customer], now: datetime) -> Bars:
    """Return what speaks against writing to these customers about this improvement.

    Whoever has the address of somebody who was written to was written to.
    """
    theirs = select(Customer).join(ImprovementLetter, ImprovementLetter.customer_id == Customer.id)
    told = db.session.scalars(theirs.where(ImprovementLetter.improvement_id == improvement_id)).all()
    ids, addresses = {each.id for each in told}, {address_of(each) for each in told} - {None}
    written = {each.id for each in customers if each.id in ids or address_of(each) in addresses}
    return Bars(written, barred(customers, now))


def barred(customers: Sequence[Customer], now: datetime) -> dict[int, str]:
    """Return why customers must wait or do not want it: an objection counts before a list, and both before a hold."""
    ids, emails = [each.id for each in customers], sorted({each.email for each in customers if each.email})
    bars = barred_among(customers)
    waiting: dict[int | Address, str] = {}
    for some in chunks(ids):
        waiting |= held(or_(Customer.id.in_(some), Customer.merged_into_id.in_(some)), now)
    for named in chunks(emails):
        waiting |= held(Customer.email.in_(named), now)
    found: dict[int, str] = {}
    for each in customers:
        address = address_of(each)
        why = bars.get(each.id) or (None if address else "no_address")
        why = why or waiting.get(each.id) or (waiting.get(address) if address else None)
        if why is not None:
            found[each.id] = why
    return found


def held(condition: ColumnElement[bool], now: datetime) -> dict[int | Address, str]:
    """Return holds and pauses of some customers, by their id, by whom they were merged into, and by their address."""
    found: dict[int | Address, str] = {}
    holds = (CustomerHold, CustomerHold.customer_id == Customer.id)
    wanted = select(Customer, CustomerHold.reason).outerjoin(*holds)
    wanted = wanted.where(condition, or_(Customer.paused_until > now, CustomerHold.id.is_not(None)))
    for customer, reason in db.session.execute(wanted.order_by(CustomerHold.id)).tuples():
        for name in (customer.id, customer.merged_into_id, address_of(customer)):
            if name is not None:
                found.setdefault(name, reason or "paused")
    return found


def address_of(customer: Customer) -> Address | None:
    """Return the brand and the address of a customer; None for one without."""
    return (customer.brand_id, customer.email) if customer.email else None


def chunks(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Yield values in lists short enough for one statement."""
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
