"""When to ask: the clock of a purchase, the customer's hours of the day, the rest between two questions.

All instants are aware and returned in UTC. A local time that occurs twice (clocks go back) means
its first occurrence; one that never occurs (clocks go forward) means the first instant after the gap.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from surveys.invitations.clocks import Moments, start_of

SUNDAY = 6


@dataclass(frozen=True)
class AskingRule:
    """The timing of one touchpoint; hours are whole hours of the customer's local day.

    The delay is in calendar days unless `in_hours`; `spread` moves it by up to that much either way,
    so that a batch of parcels is not one batch of mails. On Sundays or on `closed` days nobody is
    asked when the rule says so. A `yearly` of 0 sets no limit.
    """

    delay: timedelta = timedelta(days=7)
    shipped_margin: timedelta = timedelta(days=4)
    placed_margin: timedelta = timedelta(days=10)
    opens: int = 9
    closes: int = 20
    rest: timedelta = timedelta(days=30)
    latest: timedelta = timedelta(hours=72)
    in_hours: bool = False
    spread: timedelta = timedelta(0)
    skip_sundays: bool = False
    closed: frozenset[date] = frozenset()
    rest_after_answer: timedelta = timedelta(0)
    yearly: int = 0

    def is_closed(self, day: date) -> bool:
        """Tell whether nobody is asked on this day of the customer's calendar."""
        return (self.skip_sundays and day.weekday() == SUNDAY) or day in self.closed


def clock_start(
    placed_at: datetime, shipped_at: datetime | None, delivered_at: datetime | None, rule: AskingRule
) -> datetime:
    """Return the instant from which the delay counts: delivered, else shipped or placed plus its margin.

    The margins stand for the usual time until the parcel arrives when no delivery is reported.
    """
    moments = Moments(placed_at, shipped_at, delivered_at)
    start = start_of("delivered", moments, None, rule.shipped_margin, rule.placed_margin)
    assert start is not None  # A delivery is always estimated.
    return start.at


def due_time(start: datetime, rule: AskingRule, zone: ZoneInfo, draw: float = 0.5) -> datetime:
    """Return when to ask: the rule's delay after `start`, moved into the open hours of `zone`.

    Whole days of the delay are calendar days of that zone (same time of day), the rest is elapsed time.
    `draw`, from 0 to 1, places the moment within the rule's spread; it never comes before `start`.
    """
    whole_days = timedelta(0) if rule.in_hours else timedelta(days=rule.delay.days)
    at = start
    if whole_days:
        at = first_instant(start.astimezone(zone).replace(tzinfo=None) + whole_days, zone)
    at += rule.delay - whole_days + rule.spread * (2 * draw - 1)
    return opening(max(at, start), rule, zone)


def opening(at: datetime, rule: AskingRule, zone: ZoneInfo) -> datetime:
    """Return `at` if the rule lets somebody in `zone` be asked then, else the first moment after it that does."""
    return into_window(at, zone, rule.opens, rule.closes, rule.is_closed)


def open_always(_day: date) -> bool:
    """Tell of no day that it is closed."""
    return False


def into_window(
    at: datetime,
    zone: ZoneInfo,
    opens: int,
    closes: int,
    is_closed: Callable[[date], bool] = open_always,
) -> datetime:
    """Return `at` if it is within the local hours from `opens` until before `closes`, else the next opening.

    Days that are closed are passed over. Hours are 0 to 24 with opens < closes; anything else is
    a ValueError.
    """
    if not 0 <= opens < closes <= 24:
        raise ValueError(f"hours {opens} to {closes} are no window of a day")
    local = at.astimezone(zone)
    while not opens <= local.hour < closes or is_closed(local.date()):
        today = local.date()
        early = local.hour < opens and not is_closed(today)
        day = today if early else today + timedelta(days=1)
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
