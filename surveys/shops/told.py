"""What an event of a connected shop tells, whichever system the shop runs on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from surveys.customers.records import CustomerRecord, PurchaseRecord
from surveys.shops.fields import Payload

# The bodies of these name only whom or what they are about: a second one may be news and look the same.
ALIKE_TOPICS = frozenset(
    {
        "orders/delete",
        "order.deleted",
        "customers/data_request",
        "customers/redact",
        "shop/redact",
    }
)


class Subject(StrEnum):
    """What an event is about."""

    ORDER = "order"
    CUSTOMER = "customer"
    PRIVACY = "privacy"
    TEST = "test"  # an order or a ping that the shop sent to try the connection
    OTHER = "other"  # a topic we do not need


class Outcome(StrEnum):
    """What became of an event that was read."""

    RECORDED = "recorded"
    WAITING = "waiting"  # for its order, or for the first order of its customer
    NOBODY = "nobody"  # an order without a customer, such as one at the till
    REQUEST = "request"
    TEST = "test"
    UNUSED = "unused"


@dataclass(frozen=True)
class Shop:
    """The connected shop as its payloads need it: its address, and what stands before its numbers."""

    address: str
    prefix: str = ""


@dataclass(frozen=True)
class Event:
    """An event as it came: the topic, the whole payload, and the moment it tells of.

    `mark` sets two events of one moment in an order that is the same however they arrived.
    """

    topic: str
    payload: Payload
    told_at: datetime
    mark: str = ""


@dataclass(frozen=True)
class About:
    """What an event is about: subject, the keys that events of one order or customer share, its moment."""

    subject: Subject
    told_at: datetime
    object_key: str | None = None
    customer_key: str | None = None


@dataclass(frozen=True)
class RequestTold:
    """A request about personal data as a shop told it."""

    kind: str  # disclosure, erasure, shop_erasure
    customer_reference: str | None
    email: str | None
    orders: tuple[str, ...]


class Dialect(Protocol):
    """How one shop system speaks: a module that knows its payloads; `told` is always in order."""

    def about(self, topic: str, payload: Payload, at: datetime) -> About:
        """Return what the event is about; `at` is its moment when the payload names none."""

    def newest_order(self, told: Sequence[Event]) -> Event | None:
        """Return the event that tells the order whole and newest; None while there is none."""

    def customer_key(self, payload: Payload) -> str | None:
        """Return the key of an order's customer; None when it names nobody."""

    def purchase(self, told: Sequence[Event], customer: CustomerRecord, shop: Shop) -> PurchaseRecord:
        """Return the order that all its events tell together; raise Refusal when it cannot be one."""

    def customer(self, told: Sequence[Event], shop: Shop) -> CustomerRecord:
        """Return the customer whom the newest events tell."""

    def request(self, event: Event, shop: Shop) -> RequestTold:
        """Return the request that an event about personal data makes."""


def in_order(events: Sequence[Event]) -> list[Event]:
    """Return the events in the order of the moments they tell of, whatever order they came in."""
    return sorted(events, key=lambda each: (each.told_at, each.topic, each.mark))
