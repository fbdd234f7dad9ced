"""Read the order events that came in, and record their purchases.

Each source has its reader; the room of shop systems brings theirs. An event that cannot be read
is kept with its problem and not tried again: the same bytes will not become readable, and the
shop has been told that they arrived.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from pydantic import ValidationError

from surveys.api import strict_json
from surveys.api.faults import faults_of
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


def read_generic(event: OrderEvent, now: datetime) -> None:
    """Record the purchase of an event in our own words; raise what says why it cannot be read."""
    told = PurchaseIn.model_validate(strict_json.read(event.body))
    with db.session.begin_nested():
        record_purchase(event.brand, told.record(), now, "hook")


Reader = Callable[[OrderEvent, datetime], None]
OWN_READERS: Mapping[str, Reader] = {"generic": read_generic}


def read_events(now: datetime, limit: int = 100, readers: Mapping[str, Reader] = OWN_READERS) -> int:
    """Read up to `limit` events in the order they came, each in its own transaction; return how many.

    `readers` has a reader for each source.
    """
    ids = unread_events(JOB, limit)
    return one_by_one(JOB, ids, lambda event_id: read_event(event_id, now, readers))


def read_event(event_id: int, now: datetime, readers: Mapping[str, Reader] = OWN_READERS) -> None:
    """Read one event, or keep it with the reason why it cannot be read."""
    event = db.session.get(OrderEvent, event_id, with_for_update=True)
    if event is None or event.read_at is not None:
        return
    event.read_at = now
    try:
        readers[event.source](event, now)
    except (strict_json.NotStrictJson, ValidationError, Refusal) as fault:
        event.problem = reason(fault)[:LONGEST_PROBLEM]
    db.session.flush()


def reason(fault: Exception) -> str:
    """Return why something could not be read, each field named, in English."""
    if isinstance(fault, ValidationError):
        return " ".join(f"{pointer(each.place) or '/'}: {each.said}." for each in faults_of(fault))
    if isinstance(fault, SeveralRefusals):
        return " ".join(reason(each) for each in fault.refusals)
    if isinstance(fault, Refusal) and fault.field:
        return f"/{fault.field}: {fault}"
    return str(fault)
