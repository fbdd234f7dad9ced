"""Escalation of an overdue first contact: when the promise breaks, at one and a half and at twice its time.

The share of the promised time that has passed is counted in the time of its clock: business hours,
or around the clock for P0 (methodology 4.4). A level is told once; after a standstill only the
highest level reached is told, so that nobody is flooded.
"""

from datetime import datetime, timedelta

from feedback.follow_up.service_levels import Calendar, business_time_between

LEVEL_2_AT = 1.5
LEVEL_3_AT = 2.0

# Whom each level tells: the admins, the admins again, at last the owners of the installation.
TOLD: dict[int, str] = {1: "admin", 2: "admin", 3: "owner"}


def level_due(created_at: datetime, due_at: datetime, now: datetime, calendar: Calendar | None) -> int:
    """Return the level that an unanswered task has reached by `now`: 0 until due, then 1, 2 and 3.

    `calendar` is None for a clock that never stops.
    """
    if now <= due_at:
        return 0
    promised = _passed(created_at, due_at, calendar)
    share = _passed(created_at, now, calendar) / promised if promised else 1.0
    if share >= LEVEL_3_AT:
        return 3
    return 2 if share >= LEVEL_2_AT else 1


def new_level(
    told: int, created_at: datetime, due_at: datetime, now: datetime, calendar: Calendar | None
) -> int | None:
    """Return the level to tell now, or None when the levels up to `told` are all there is."""
    level = level_due(created_at, due_at, now, calendar)
    return level if level > told else None


def _passed(start: datetime, end: datetime, calendar: Calendar | None) -> timedelta:
    """Return the time from `start` to `end` as the clock counts it."""
    return end - start if calendar is None else business_time_between(start, end, calendar)
