"""What is asked about connected shops and their events."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select

from surveys.brand.models import Brand, ShopConnection, ShopSecret
from surveys.customers.models import OrderEvent, PrivacyRequest
from surveys.database import db

LARGEST_FAMILY = 500  # Events of one order; the oldest beyond are told again by newer ones.


class Sender(NamedTuple):
    """A connection as the door needs it, with one of the secrets that count now."""

    connection_id: int
    brand_id: int
    address: str
    ended_at: datetime | None
    secret: str


def senders(kind: str, public_id: str, now: datetime) -> list[Sender]:
    """Return the connection with each of its secrets that count at `now`; empty when there is none."""
    counts = or_(ShopSecret.ends_at.is_(None), ShopSecret.ends_at > now)
    found = (
        select(
            ShopConnection.id,
            ShopConnection.brand_id,
            ShopConnection.address,
            ShopConnection.ended_at,
            ShopSecret.secret,
        )
        .join(ShopSecret.connection)
        .where(ShopConnection.kind == kind, ShopConnection.public_id == public_id, counts)
    )
    return [Sender(*row) for row in db.session.execute(found)]


def connection_to_lock(connection_id: int) -> ShopConnection:
    """Return a connection with its row locked, so that its events are read one after the other."""
    same = select(ShopConnection).where(ShopConnection.id == connection_id)
    return db.session.scalars(same.with_for_update()).one()


def family_of(event: OrderEvent) -> list[OrderEvent]:
    """Return the events of the same order that could be used, the newest first, with this one."""
    same = (
        OrderEvent.connection_id == event.connection_id,
        OrderEvent.object_key == event.object_key,
        OrderEvent.problem.is_(None),
        OrderEvent.told_at.is_not(None),
    )
    newest = select(OrderEvent).where(*same).order_by(OrderEvent.told_at.desc(), OrderEvent.id.desc())
    return list(db.session.scalars(newest.limit(LARGEST_FAMILY)))


def newest_of_customer(connection_id: int, customer_key: str) -> list[OrderEvent]:
    """Return the newest event of each kind (order, customer, consent) that tells of a customer."""
    found = []
    for kind in ("order:", "customer:", "consent:"):
        same = (
            OrderEvent.connection_id == connection_id,
            OrderEvent.customer_key == customer_key,
            OrderEvent.object_key.startswith(kind, autoescape=True),
            OrderEvent.problem.is_(None),
        )
        # The topic and the hash settle a tie the same way whatever came first.
        newest = (OrderEvent.told_at.desc(), OrderEvent.topic.desc(), OrderEvent.body_hash.desc())
        event = db.session.scalar(select(OrderEvent).where(*same).order_by(*newest).limit(1))
        found += [event] if event is not None else []
    return found


def request_of(event: OrderEvent) -> PrivacyRequest | None:
    """Return the request that an event has made already, or None."""
    return db.session.scalar(select(PrivacyRequest).where(PrivacyRequest.event_id == event.id))


def living_connections(brand: Brand) -> list[ShopConnection]:
    """Return the brand's connections that were not ended."""
    living = (ShopConnection.brand_id == brand.id, ShopConnection.ended_at.is_(None))
    return list(db.session.scalars(select(ShopConnection).where(*living)))
