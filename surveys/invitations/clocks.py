"""From which moment a touchpoint's delay counts, and for how sure that moment is known."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from surveys.errors import N_

LEAST_PARCELS = 30  # fewer say little about one in ten
SHARE_ARRIVED = 0.9

# What a touchpoint can wait for.
TRIGGERS: dict[str, str] = {
    "placed": N_("the order was placed"),
    "shipped": N_("the order was shipped"),
    "delivered": N_("the order was delivered"),
    "returned": N_("the order was returned"),
    "refunded": N_("the order was refunded"),
    "lapsed": N_("the last order was placed, if none followed"),
}
# What a trigger counts from, where that is not an event of its own name.
COUNTS_FROM = {"lapsed": "placed"}
# What waits for nothing to happen to an order: touchpoints that ask customers in rounds.
PROGRAMMES: dict[str, str] = {
    "rolling": N_("Rolling programme"),
    "once": N_("One-time send"),
}


class Moments(NamedTuple):
    """When the events of a purchase happened; None for what was not told."""

    placed: datetime
    shipped: datetime | None = None
    delivered: datetime | None = None
    returned: datetime | None = None
    refunded: datetime | None = None


class Usual(NamedTuple):
    """How long a carrier usually takes, and from how many parcels that is known."""

    span: timedelta
    parcels: int


class Start(NamedTuple):
    """The moment a delay counts from, and why that one: an event of TRIGGERS, or an estimate of it.

    `clock` is the event's name, or `carrier`, `shipped_margin`, `placed_margin` for estimates;
    `usual` is what a carrier's estimate rests on.
    """

    at: datetime
    clock: str
    margin: timedelta = timedelta(0)
    parcels: int | None = None

    def as_data(self) -> dict[str, Any]:
        """Return it as a decision keeps it; days are rounded to tenths."""
        data: dict[str, Any] = {"clock": self.clock}
        if self.margin:
            data["days"] = round(self.margin / timedelta(days=1), 1)
        return data | ({"parcels": self.parcels} if self.parcels is not None else {})


def start_of(
    trigger: str,
    moments: Moments,
    usual: Usual | None,
    shipped_margin: timedelta,
    placed_margin: timedelta,
) -> Start | None:
    """Return the moment from which the delay of a touchpoint counts; None while it has not come.

    Only a delivery is estimated when nobody reports it: by the carrier's `usual` time, else by the
    touchpoint's margins after shipping or ordering.
    """
    event = COUNTS_FROM.get(trigger, trigger)
    at: datetime | None = getattr(moments, event)
    if at is not None:
        return Start(at, event)
    if trigger != "delivered":
        return None
    if moments.shipped is None:
        return Start(moments.placed + placed_margin, "placed_margin", placed_margin)
    if usual is not None:
        return Start(moments.shipped + usual.span, "carrier", usual.span, usual.parcels)
    return Start(moments.shipped + shipped_margin, "shipped_margin", shipped_margin)


def usual_span(spans: Sequence[timedelta]) -> Usual | None:
    """Return the time within which nine of ten parcels arrived, or None when there are fewer than 30.

    The nearest-rank percentile: the smallest span that at least nine of ten do not exceed
    (Hyndman and Fan 1996, definition 1). It is a span that really occurred.
    """
    if len(spans) < LEAST_PARCELS:
        return None
    rank = math.ceil(SHARE_ARRIVED * len(spans))
    return Usual(sorted(spans)[rank - 1], len(spans))
