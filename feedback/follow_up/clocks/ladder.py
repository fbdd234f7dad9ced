"""The ladder: at which shares of a promised time somebody is told, and who.

Methodology 4.4: at half of the time the owner of the task, at four fifths the lead as well; when the promise breaks
level 1, at one and a half times level 2, at twice its time level 3. The admins of this house are its leads. Each rung
is told once for each clock; after a standstill only the highest that was reached, so that nobody is flooded.
"""

from datetime import datetime
from typing import NamedTuple

from feedback.follow_up.clocks.countdown import Clock


class Rung(NamedTuple):
    """One rung: `share` of the promised time, the level of escalation (0: not broken yet), and whom it tells.

    `told` is a role, beside the owner of the task; None tells the owner alone.
    """

    share: float
    level: int
    told: str | None


RUNGS: tuple[Rung, ...] = (
    Rung(0.5, 0, None),
    Rung(0.8, 0, "admin"),
    Rung(1.0, 1, "admin"),
    Rung(1.5, 2, "admin"),
    Rung(2.0, 3, "owner"),
)
BROKEN = 3  # the number of the rung at which a promise is broken
TOP = len(RUNGS)


def rung(number: int) -> Rung:
    """Return rung `number`, 1 to 5."""
    return RUNGS[number - 1]


def level_of(told: int) -> int:
    """Return the level of escalation after `told` rungs (0 to 5): 0 until the promise is broken, then 1 to 3."""
    return rung(told).level if told else 0


def reached(clock: Clock, now: datetime) -> int:
    """Return the highest rung that the clock is past: 0 for none, at most 5. A moment that is now is not past."""
    past = 0
    for number, each in enumerate(RUNGS, 1):
        at = clock.at(each.share)
        if at is not None and at < now:
            past = number
    return past


def to_tell(clock: Clock, told: int, now: datetime) -> int | None:
    """Return the rung to tell now, or None when those up to `told` are all there is."""
    number = reached(clock, now)
    return number if number > told else None


def next_rung_at(clock: Clock, told: int) -> datetime | None:
    """Return when the first rung above `told` is reached; None when there is none left."""
    moments = (clock.at(each.share) for each in RUNGS[told:])
    return next((at for at in moments if at is not None), None)
