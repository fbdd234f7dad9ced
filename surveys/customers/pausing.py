"""A customer wants no questions for some months: nobody is asked before the pause is over.

It is weaker than an objection: it ends by itself, and the customer can end it. Checking back on a problem
they told us of goes on, as in a rest period.
"""

from calendar import monthrange
from datetime import datetime, timedelta

from sqlalchemy import func, select

from surveys.customers.consenting import note
from surveys.customers.models import Customer, PermissionEvent
from surveys.database import db
from surveys.errors import N_, Refusal

MONTHS = (3, 6, 12)
DAY = timedelta(days=1)
MOST_A_DAY = 10


class TooOften(Refusal):
    """Somebody presses the buttons of the page for the sake of pressing."""

    status = 429
    phrase = N_("That was changed often enough for one day. Please come back tomorrow.")


def pause(customer: Customer, months: int, now: datetime) -> None:
    """Let nobody ask the customer for 3, 6 or 12 months; a new choice replaces the one before; flushes.

    Refuses other times, and with TooOften when the history would grow by more than ten pauses in a day.
    """
    if months not in MONTHS:
        raise Refusal(N_("Choose one of those in the list."), field="months")
    check_pace(customer, now)
    customer.paused_until = months_later(now, months)
    note(customer, "paused", "page", now, evidence={"until": customer.paused_until.isoformat()})
    db.session.flush()


def check_pace(customer: Customer, now: datetime) -> None:
    """Refuse with TooOften what would fill the history; ending a pause is always possible."""
    lately = (PermissionEvent.customer_id == customer.id, PermissionEvent.at > now - DAY)
    paused = select(func.count()).where(*lately, PermissionEvent.kind == "paused")
    if (db.session.scalar(paused) or 0) >= MOST_A_DAY:
        raise TooOften()


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
