"""What a customer's past says at a moment: in which stage their buying is."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from surveys.errors import N_

# Each customer is in one of them; who has no order that stands is in none.
STAGES: dict[str, str] = {
    "new": N_("new"),
    "active": N_("active"),
    "at_risk": N_("at risk"),
    "lapsed": N_("lapsed"),
}


class Limits(NamedTuple):
    """How long after the last order a customer counts as active, and after which they have lapsed."""

    active: timedelta
    lapsed: timedelta


class History(NamedTuple):
    """What a customer did: when each order was placed, and when it was cancelled or refunded, if it was."""

    orders: Sequence[tuple[datetime, datetime | None]] = ()


def stage_at(history: History, limits: Limits, now: datetime) -> str | None:
    """Return the customer's stage at `now`, one of STAGES, by the orders that stood then; None without any."""
    placed = [at for at, off_at in history.orders if at <= now and (off_at is None or off_at > now)]
    if not placed:
        return None
    since = now - max(placed)
    if since > limits.lapsed:
        return "lapsed"
    if since > limits.active:
        return "at_risk"
    return "new" if len(placed) == 1 else "active"
