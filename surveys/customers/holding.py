"""Hold a customer back from being asked while something is open, and let go."""

from datetime import datetime

from sqlalchemy import delete, select

from surveys.customers.models import Customer, CustomerHold
from surveys.database import db


def hold(customer: Customer, reason: str, key: str, now: datetime) -> None:
    """Keep the customer from being asked until `let_go` is told the same `key`; holding twice is holding once.

    `reason` is one of the reasons of invitations, such as `open_task`.
    """
    if db.session.scalar(select(CustomerHold.id).where(CustomerHold.key == key)) is None:
        db.session.add(CustomerHold(customer_id=customer.id, reason=reason, key=key, held_at=now))


def let_go(key: str) -> None:
    """End the hold with this key, if there is one."""
    ended = delete(CustomerHold).where(CustomerHold.key == key)
    db.session.execute(ended, execution_options={"synchronize_session": False})
