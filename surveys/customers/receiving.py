"""Take in an order event: one insert, and nothing read that could fail."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from surveys.api import strict_json
from surveys.customers.models import OrderEvent
from surveys.customers.queries import event_like
from surveys.database import db


@dataclass(frozen=True)
class Envelope:
    """What a connected shop wrote beside the body: which connection, about what, and its own name for it."""

    connection_id: int
    topic: str
    delivery_key: str | None = None
    triggered_at: datetime | None = None


def receive_event(
    brand_id: int,
    source: str,
    body: bytes,
    now: datetime,
    envelope: Envelope | None = None,
    again: str = "",
) -> OrderEvent:
    """Store the event as it came and return it; the same body again is the same event.

    With an `envelope` that holds within its connection and topic. `again` tells deliveries apart
    whose bodies are the same although they are news, such as an order deleted a second time.
    """
    written = asdict(envelope) if envelope else {}
    around = f"{envelope.connection_id}\n{envelope.topic}\n{again}\n".encode() if envelope else b""
    body_hash = hashlib.sha256(around + body).hexdigest()
    try:  # News is the rule and a repetition the exception: the constraint is asked first, and nothing read.
        with db.session.begin_nested():
            event = OrderEvent(
                brand_id=brand_id, source=source, body=body, body_hash=body_hash, received_at=now, **written
            )
            db.session.add(event)
            db.session.flush()
        return event
    except IntegrityError:
        known = event_like(brand_id, source, body_hash)
        if known is None:
            raise
        return known


def brand_named_in(body: bytes) -> str | None:
    """Return the brand that the body names; None when it names none or cannot be read."""
    try:
        told = strict_json.read(body)
    except strict_json.NotStrictJson:
        return None
    brand = told.get("brand") if isinstance(told, dict) else None
    return brand.strip() if isinstance(brand, str) else None
