"""Somebody does not want to be asked again: noted once, for the address, before anything else.

The note is kept apart from customers, so that it also beats customers who are imported later.
"""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from surveys.customers.consenting import note
from surveys.customers.models import Customer, Objection
from surveys.customers.queries import objection_of, others_at
from surveys.database import db
from surveys.staff.models import StaffMember


def object_to_asking(customer: Customer, source: str, now: datetime, by: StaffMember | None = None) -> None:
    """Note that the brand must not ask this customer, nor anybody else with this address.

    `source` is page, one_click, staff or mail; `by` who of the team noted it. Objecting twice keeps the first moment.
    """
    if customer.objected_at is None:
        customer.objected_at = now
        note(customer, "objected", source, now, by=by)
    db.session.flush()
    if customer.email is None:
        return
    if objection_of(customer.brand_id, customer.email) is None:
        _add(customer.brand_id, customer.email, source, now)
    for other in others_at(customer):
        other.objected_at = now
        note(other, "objected", source, now, by=by)


def _add(brand_id: int, email: str, source: str, now: datetime) -> None:
    """Store the objection unless another process was quicker."""
    try:
        with db.session.begin_nested():
            db.session.add(Objection(brand_id=brand_id, email=email, objected_at=now, source=source))
            db.session.flush()
    except IntegrityError:
        if objection_of(brand_id, email) is None:
            raise
