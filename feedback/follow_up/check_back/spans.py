"""When a customer is asked whether their problem is solved: late enough that they can know (methodology 4.8).

A week after it was resolved. Where something was sent anew, some days after it was delivered; as long as nobody knows
of the delivery, the week holds.
"""

from datetime import datetime, timedelta

REPLACED = "replacement"


def asked_at(
    resolution: str | None,
    resolved_at: datetime,
    delivered_at: datetime | None,
    *,
    usual: timedelta,
    replaced: timedelta,
) -> datetime:
    """Return the moment to ask; `delivered_at` is when a replacement arrived, None while that is not known."""
    if resolution != REPLACED or delivered_at is None:
        return resolved_at + usual
    return max(resolved_at, delivered_at) + replaced
