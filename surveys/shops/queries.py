"""What is asked about connected shops and their events."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ScalarSelect, func, or_, select
from sqlalchemy.orm import joinedload

from surveys.brand.models import Brand, ShopConnection, ShopSecret
from surveys.cursor import Page, decode, page_of
from surveys.customers.models import OrderEvent, PrivacyRequest
from surveys.database import db
from surveys.errors import N_, Missing

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

    def newest(kind: str) -> ScalarSelect[int]:
        same = (
            OrderEvent.connection_id == connection_id,
            OrderEvent.customer_key == customer_key,
            OrderEvent.object_key.startswith(kind, autoescape=True),
            OrderEvent.problem.is_(None),
        )
        # The topic and the hash settle a tie the same way whatever came first.
        order = (OrderEvent.told_at.desc(), OrderEvent.topic.desc(), OrderEvent.body_hash.desc())
        return select(OrderEvent.id).where(*same).order_by(*order).limit(1).scalar_subquery()

    any_of = or_(*(OrderEvent.id == newest(kind) for kind in ("order:", "customer:", "consent:")))
    return list(db.session.scalars(select(OrderEvent).where(any_of)))


def request_of(event: OrderEvent) -> PrivacyRequest | None:
    """Return the request that an event has made already, or None."""
    return db.session.scalar(select(PrivacyRequest).where(PrivacyRequest.event_id == event.id))


def living_connections(brand: Brand) -> list[ShopConnection]:
    """Return the brand's connections that were not ended."""
    living = (ShopConnection.brand_id == brand.id, ShopConnection.ended_at.is_(None))
    return list(db.session.scalars(select(ShopConnection).where(*living)))


def connection_or_missing(public_id: str) -> ShopConnection:
    """Return one connection with its brand and secrets; refuse as missing."""
    same = select(ShopConnection).where(ShopConnection.public_id == public_id)
    connection = db.session.scalar(same.options(joinedload(ShopConnection.brand)))
    if connection is None:
        raise Missing(N_("There is no such connection; the list shows those there are."))
    return connection


class ConnectionRow(NamedTuple):
    """A connection in the list: when it last sent something, and how many of its events could not be used."""

    connection: ShopConnection
    last_at: datetime | None
    unusable: int


def all_connections() -> list[ConnectionRow]:
    """Return every connection, those that live first, with what the list says of it."""
    last = select(func.max(OrderEvent.received_at)).where(OrderEvent.connection_id == ShopConnection.id)
    unusable = select(func.count(OrderEvent.id)).where(
        OrderEvent.connection_id == ShopConnection.id, OrderEvent.problem.is_not(None)
    )
    found = select(ShopConnection, last.scalar_subquery(), unusable.scalar_subquery()).options(
        joinedload(ShopConnection.brand)
    )
    ordered = found.order_by(ShopConnection.ended_at.is_not(None), ShopConnection.id)
    return [ConnectionRow(*row) for row in db.session.execute(ordered)]


class EventRow(NamedTuple):
    """An event in a list, without its body."""

    id: int
    topic: str | None
    object_key: str | None
    received_at: datetime
    read_at: datetime | None
    problem: str | None
    outcome: str | None


def page_of_events(
    connection_id: int | None, *, only_unusable: bool, limit: int, cursor: str | None
) -> Page[EventRow]:
    """Return events, the last received first; without a connection those of the house's own hook."""
    columns = (getattr(OrderEvent, name) for name in EventRow._fields)
    wanted = select(*columns).where(OrderEvent.connection_id == connection_id)
    if only_unusable:
        wanted = wanted.where(OrderEvent.problem.is_not(None))
    if cursor is not None:
        wanted = wanted.where(OrderEvent.id < decode(cursor, int)[0])
    rows = db.session.execute(wanted.order_by(OrderEvent.id.desc()).limit(limit + 1))
    return page_of([EventRow(*row) for row in rows], limit, lambda row: (row.id,))


def event_or_missing(connection_id: int | None, event_id: int) -> OrderEvent:
    """Return an event of the connection, or of the house's own hook; refuse as missing."""
    same = (OrderEvent.id == event_id, OrderEvent.connection_id == connection_id)
    event = db.session.scalar(select(OrderEvent).where(*same))
    if event is None:
        raise Missing(N_("There is no such event; the list shows those that came in."))
    return event


def unusable_events(connection_id: int | None, limit: int = 1000) -> list[OrderEvent]:
    """Return events that could not be used, the oldest first."""
    same = (OrderEvent.connection_id == connection_id, OrderEvent.problem.is_not(None))
    return list(db.session.scalars(select(OrderEvent).where(*same).order_by(OrderEvent.id).limit(limit)))
