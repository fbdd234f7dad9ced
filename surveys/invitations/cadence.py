"""When to ask: the clock of a purchase, the customer's hours of the day, the rest between two questions.

All instants are aware and returned in UTC. A local time that occurs twice (clocks go back) means
its first occurrence; one that never occurs (clocks go forward) means the first instant after the gap.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class AskingRule:
    """The timing of one touchpoint; hours are whole hours of the customer's local day."""

    delay: timedelta = timedelta(days=7)
    shipped_margin: timedelta = timedelta(days=4)
    placed_margin: timedelta = timedelta(days=10)
    opens: int = 9
    closes: int = 20
    rest: timedelta = timedelta(days=30)
    latest: timedelta = timedelta(hours=72)


def clock_start(
    placed_at: datetime, shipped_at: datetime | None, delivered_at: datetime | None, rule: AskingRule
) -> datetime:
    """Return the instant from which the delay counts: delivered, else shipped or placed plus its margin.

    The margins stand for the usual time until the parcel arrives when no delivery is reported.
    """
    if delivered_at is not None:
        return delivered_at
    if shipped_at is not None:
        return shipped_at + rule.shipped_margin
    return placed_at + rule.placed_margin


def due_time(start: datetime, rule: AskingRule, zone: ZoneInfo) -> datetime:
    """Return when to ask: the rule's delay after `start`, moved into the open hours of `zone`.

    Whole days of the delay are calendar days of that zone (same time of day), the rest is elapsed time.
    """
    whole_days = timedelta(days=rule.delay.days)
    at = start
    if whole_days:
        at = first_instant(start.astimezone(zone).replace(tzinfo=None) + whole_days, zone)
    return into_window(at + (rule.delay - whole_days), zone, rule.opens, rule.closes)


def into_window(at: datetime, zone: ZoneInfo, opens: int, closes: int) -> datetime:
    """Return `at` if it is within the local hours from `opens` until before `closes`, else the next opening.

    Hours are 0 to 24 with opens < closes; anything else is a ValueError.
    """
    if not 0 <= opens < closes <= 24:
        raise ValueError(f"hours {opens} to {closes} are no window of a day")
    local = at.astimezone(zone)
    while not opens <= local.hour < closes:
        day = local.date() if local.hour < opens else local.date() + timedelta(days=1)
        # A zone that left out this whole day leads to the next one, so look again.
        local = first_instant(datetime.combine(day, time(opens)), zone).astimezone(zone)
    return local.astimezone(UTC)


def earliest_next(last_asked_at: datetime | None, rest: timedelta) -> datetime | None:
    """Return the first instant at which the customer may be asked again; None if never asked."""
    return None if last_asked_at is None else last_asked_at + rest


def too_late(due_at: datetime, now: datetime, latest: timedelta) -> bool:
    """Tell whether asking now would come more than `latest` after it was due."""
    return now - due_at > latest


def zone_of(customer_zone: str | None, brand_zone: str | None) -> ZoneInfo:
    """Return the customer's time zone, else the brand's, else UTC; unknown zone names are passed over."""
    for name in (customer_zone, brand_zone):
        zone = _known_zone(name)
        if zone is not None:
            return zone
    return ZoneInfo("UTC")


def first_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a naive local time; see the module for doubled and missing ones."""
    early, late = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early <= late:
        return early
    # In a gap the two readings lie on either side of the clock change: `late` before, `early` after it.
    before, after = late, early
    offset_before = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset_before:
            before = middle
        else:
            after = middle
    # Clock changes happen on whole seconds; `after` is less than one second behind the change.
    return after.replace(microsecond=0)


def _known_zone(name: str | None) -> ZoneInfo | None:
    """Return the zone of that name, or None."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # Unknown, malformed, or the name of a folder of the zone database such as "Europe".
        return None
