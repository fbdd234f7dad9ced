"""Change when a touchpoint asks; what is planned keeps its time, the rest follows the new rule."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from surveys.database import db
from surveys.errors import N_, Refusal, SeveralRefusals
from surveys.invitations.models import Touchpoint
from surveys.staff.models import StaffMember

LIMITS: dict[str, tuple[int, int]] = {
    "delay_days": (0, 365),
    "shipped_margin_days": (0, 60),
    "placed_margin_days": (0, 120),
    "opens": (0, 23),
    "closes": (1, 24),
    "rest_days": (0, 365),
    "latest_hours": (1, 720),
}


@dataclass(frozen=True)
class Timing:
    """What can be set at a touchpoint; `opens` and `closes` are hours of the customer's day."""

    is_on: bool
    delay_days: int
    shipped_margin_days: int
    placed_margin_days: int
    opens: int
    closes: int
    rest_days: int
    latest_hours: int


class OutOfLimits(Refusal):
    """A number is too small or too large."""

    phrase = N_("Choose a whole number from %(low)s to %(high)s.")


class ClosedAllDay(Refusal):
    """The hours leave no time to ask."""

    phrase = N_("The last hour must come after the first; with these two nobody would ever be asked.")


def adjust(touchpoint: Touchpoint, timing: Timing, by: StaffMember, now: datetime) -> None:
    """Set the touchpoint's timing; refuses numbers outside LIMITS, each with its field."""
    check(timing)
    touchpoint.is_on = timing.is_on
    touchpoint.delay = timedelta(days=timing.delay_days)
    touchpoint.shipped_margin = timedelta(days=timing.shipped_margin_days)
    touchpoint.placed_margin = timedelta(days=timing.placed_margin_days)
    touchpoint.opens = timing.opens
    touchpoint.closes = timing.closes
    touchpoint.rest = timedelta(days=timing.rest_days)
    touchpoint.latest = timedelta(hours=timing.latest_hours)
    touchpoint.changed_at = now
    touchpoint.changed_by_id = by.id
    db.session.flush()


def check(timing: Timing) -> None:
    """Refuse what is out of limits, everything at once."""
    refusals: list[Refusal] = []
    for field, (low, high) in LIMITS.items():
        if not low <= getattr(timing, field) <= high:
            refusals.append(OutOfLimits(field=field, low=low, high=high))
    if not refusals and timing.opens >= timing.closes:
        refusals.append(ClosedAllDay(field="closes"))
    if refusals:
        raise refusals[0] if len(refusals) == 1 else SeveralRefusals(refusals)


def timing_of(touchpoint: Touchpoint) -> Timing:
    """Return the touchpoint's timing as it can be set; parts of days and hours are left out."""
    return Timing(
        is_on=touchpoint.is_on,
        delay_days=touchpoint.delay.days,
        shipped_margin_days=touchpoint.shipped_margin.days,
        placed_margin_days=touchpoint.placed_margin.days,
        opens=touchpoint.opens,
        closes=touchpoint.closes,
        rest_days=touchpoint.rest.days,
        latest_hours=int(touchpoint.latest.total_seconds() // 3600),
    )
