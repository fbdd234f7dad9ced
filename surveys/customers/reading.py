"""Read the order events that came in, and record their purchases.

An event that cannot be read is kept with its problem and not tried again: the same bytes will
not become readable, and the shop has been told that they arrived.
"""

from datetime import datetime

from pydantic import ValidationError

from surveys.api import strict_json
from surveys.api.problems import pointer
from surveys.customers.models import OrderEvent
from surveys.customers.queries import unread_events
from surveys.customers.recording import record_purchase
from surveys.customers.shapes import PurchaseIn
from surveys.database import db
from surveys.errors import Refusal, SeveralRefusals
from surveys.work import one_by_one

JOB = "read_order_events"
LONGEST_PROBLEM = 1000


def read_events(now: datetime, limit: int = 100) -> int:
    """Read up to `limit` events in the order they came, each in its own transaction; return how many."""
    return one_by_one(JOB, unread_events(JOB, limit), lambda event_id: read_event(event_id, now))


def read_event(event_id: int, now: datetime) -> None:
    """Record the purchase of one event, or keep it with the reason why it cannot be read."""
    event = db.session.get(OrderEvent, event_id, with_for_update=True)
    if event is None or event.read_at is not None:
        return
    event.read_at = now
    try:
        told = PurchaseIn.model_validate(strict_json.read(event.body))
        with db.session.begin_nested():
            record_purchase(event.brand, told.record(), now)
    except (strict_json.NotStrictJson, ValidationError, Refusal) as fault:
        event.problem = reason(fault)[:LONGEST_PROBLEM]
    db.session.flush()


def reason(fault: Exception) -> str:
    """Return why something could not be read, each field named, in English."""
    if isinstance(fault, ValidationError):
        faults = fault.errors(include_url=False, include_context=False, include_input=False)
        return " ".join(f"{pointer(each['loc']) or '/'}: {each['msg']}." for each in faults)
    if isinstance(fault, SeveralRefusals):
        return " ".join(reason(each) for each in fault.refusals)
    if isinstance(fault, Refusal) and fault.field:
        return f"/{fault.field}: {fault}"
    return str(fault)
