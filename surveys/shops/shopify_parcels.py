"""Shopify's fulfilments and refunds: each in its newest state, whichever event brought it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from surveys.customers import checks
from surveys.customers.records import UNSET, PurchaseRecord
from surveys.shops import fields
from surveys.shops.fields import Payload
from surveys.shops.told import Event

PARCEL_TOPICS = ("fulfillments/create", "fulfillments/update")
PARCEL_EVENT = "fulfillment_events/create"
REFUND_TOPIC = "refunds/create"
CALLED_OFF = ("cancelled", "error", "failure")


class State(NamedTuple):
    """A parcel or refund as it was at a moment."""

    at: datetime
    payload: Payload


def with_parcels(record: PurchaseRecord, told: Sequence[Event]) -> PurchaseRecord:
    """Return the order with what its parcels tell: sent with the last one, arrived when all have.

    `told` is in order. Without any word on parcels nothing is said of them, because another
    system may know; with one, what is not so (any more) is emptied.
    """
    parcels = states_of(told, PARCEL_TOPICS, "fulfillments")
    reports = [each.payload for each in told if each.topic == PARCEL_EVENT]
    if not parcels and not reports:
        return record
    living = [states for states in parcels if states[-1].payload.get("status") not in CALLED_OFF]
    sent = [fields.moment(states[0].payload.get("created_at")) or states[0].at for states in living]
    arrived = [arrived_at(states, reports) for states in living]
    known = [at for at in arrived if at is not None]
    promised = [at for each in reports if (at := fields.moment(each.get("estimated_delivery_at")))]
    last = living[-1][-1].payload if living else {}
    return replace(
        record,
        shipped_at=max(sent, default=None),
        delivered_at=max(known)
        if known and len(known) == len(arrived) and not is_partly_sent(told)
        else None,
        promised_at=promised[-1] if promised else UNSET,
        carrier=fields.text(last.get("tracking_company"), 100),
        tracking_url=fields.checked(last.get("tracking_url"), checks.link),
    )


def with_refunds(record: PurchaseRecord, told: Sequence[Event]) -> PurchaseRecord:
    """Return the order with its refunds: refunded when all the money went back, returned when goods did.

    `told` is in order. A part of the money given back (a discount afterwards, one of three
    things) leaves the order one that can be asked about.
    """
    refunds = [states[-1] for states in states_of(told, (REFUND_TOPIC,), "refunds")]
    orders = [each for each in told if "financial_status" in each.payload]
    in_full = [each.told_at for each in orders if each.payload["financial_status"] == "refunded"]
    if not refunds and not in_full:
        return record
    is_whole = bool(in_full) and orders[-1].payload["financial_status"] == "refunded"
    came_back = [state.at for state in refunds if brings_back(state.payload)]
    return replace(
        record,
        returned_at=min(came_back, default=None),
        refunded_at=max((state.at for state in refunds), default=min(in_full)) if is_whole else None,
    )


def states_of(told: Sequence[Event], topics: Sequence[str], name: str) -> list[list[State]]:
    """Return the states of each parcel or refund, the oldest first, from events of its own and whole orders."""
    found: dict[int, list[State]] = {}
    for event in told:
        things = list(fields.parts(event.payload, name)) if event.topic.startswith("orders/") else []
        if event.topic in topics:
            things = [event.payload]
        for thing in things:
            number = fields.number(thing.get("id"))
            at = fields.moment(thing.get("updated_at")) or fields.moment(thing.get("created_at"))
            if number is not None:
                found.setdefault(number, []).append(State(at or event.told_at, thing))
    return [sorted(states, key=lambda state: state.at) for _, states in sorted(found.items())]


def arrived_at(states: Sequence[State], reports: Sequence[Payload]) -> datetime | None:
    """Return when a parcel was delivered; the carrier's own report of it knows best."""
    number = fields.number(states[-1].payload.get("id"))
    reported = [
        at
        for each in reports
        if each.get("status") == "delivered" and fields.number(each.get("fulfillment_id")) == number
        if (at := fields.moment(each.get("happened_at")))
    ]
    if reported:
        return min(reported)
    if states[-1].payload.get("shipment_status") != "delivered":
        return None
    return min(state.at for state in states if state.payload.get("shipment_status") == "delivered")


def is_partly_sent(told: Sequence[Event]) -> bool:
    """Return whether the newest whole order says that something of it is yet to be sent."""
    said = [each.payload["fulfillment_status"] for each in told if "fulfillment_status" in each.payload]
    return bool(said) and said[-1] == "partial"


def brings_back(refund: Payload) -> bool:
    """Return whether goods came back with the refund."""
    return any(line.get("restock_type") == "return" for line in fields.parts(refund, "refund_line_items"))
