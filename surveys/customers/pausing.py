"""A customer wants no questions for some months: nobody is asked before the pause is over.

It is weaker than an objection: it ends by itself, and the customer can end it. Checking back on a problem
they told us of goes on, as in a rest period.
"""

from calendar import monthrange
from datetime import datetime

from surveys.customers.consenting import note
from surveys.customers.models import Customer
from surveys.database import db
from surveys.errors import N_, Refusal

MONTHS = (3, 6, 12)


def pause(customer: Customer, months: int, now: datetime) -> None:
    """Let nobody ask the customer for 3, 6 or 12 months; a new choice replaces the one before; flushes."""
    if months not in MONTHS:
        raise Refusal(N_("Choose one of those in the list."), field="months")
    customer.paused_until = months_later(now, months)
    note(customer, "paused", "page", now, evidence={"until": customer.paused_until.isoformat()})
    db.session.flush()


def resume(customer: Customer, now: datetime) -> None:
    """End the customer's pause; does nothing without one; flushes."""
    if customer.paused_until is None:
        return
    customer.paused_until = None
    note(customer, "resumed", "page", now)
    db.session.flush()


def months_later(moment: datetime, months: int) -> datetime:
    """Return the same moment so many months later; the last day of a month that is too short."""
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
