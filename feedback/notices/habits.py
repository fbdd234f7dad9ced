"""How one person wants to hear: which priority by which way, when mail keeps quiet, and when the digest comes.

Times of day are minutes after midnight on the clock of the person's zone; across a clock change they follow the clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from surveys.errors import N_
from surveys.invitations.cadence import first_instant

MAIL, DIGEST, APP = "mail", "digest", "app"
WAYS = {MAIL: N_("by mail at once"), DIGEST: N_("in the daily digest"), APP: N_("only here, under “New”")}
USUAL_WAYS = {"P0": MAIL, "P1": MAIL, "P2": MAIL, "P3": DIGEST, "P4": DIGEST}
URGENT = "P0"  # The one priority that is always mailed at once, in quiet hours too.
DAY = 24 * 60


@dataclass(frozen=True)
class Habits:
    """What one person has chosen, or what holds until they do.

    Quiet hours go from `quiet_from` to `quiet_until`, over midnight when the first is the later one; both alike are none.
    """

    zone: ZoneInfo
    quiet_from: int
    quiet_until: int
    ways: Mapping[str, str] = field(default_factory=lambda: USUAL_WAYS)
    digest_at: int = 8 * 60

    def way(self, priority: str, is_low: bool) -> str:
        """Return the way for a piece of news; a low one never goes by mail at once."""
        chosen = self.ways[priority]
        return DIGEST if is_low and chosen == MAIL else chosen

    def is_quiet(self, at: datetime) -> bool:
        """Tell whether the person wants no mail at that moment, but for what is most urgent."""
        local = at.astimezone(self.zone)
        return self.covers(local.hour * 60 + local.minute)

    def awake(self, now: datetime) -> datetime:
        """Return the first moment from now on at which the person may get a mail: now, or when quiet hours end."""
        if not self.is_quiet(now):
            return now
        today = now.astimezone(self.zone).date()
        ends = (on_the_clock(today + timedelta(days=n), self.quiet_until, self.zone) for n in (0, 1))
        return next(end for end in ends if end > now)

    def covers(self, minute: int) -> bool:
        """Tell whether a minute of the day (0 to 1439) lies in the quiet hours."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= minute < self.quiet_until
        return minute >= self.quiet_from or minute < self.quiet_until

    def digest_of(self, now: datetime) -> tuple[date, datetime]:
        """Return the day of the last digest that should have come by `now`, and the moment it was due."""
        day = now.astimezone(self.zone).date()
        due = on_the_clock(day, self.digest_at, self.zone)
        if due > now:
            day -= timedelta(days=1)
            due = on_the_clock(day, self.digest_at, self.zone)
        return day, due


def on_the_clock(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return when the clock of `zone` first shows that minute of the day, in UTC; skipped ones lie at the gap."""
    wall = datetime.combine(day, time(minute // 60, minute % 60))
    return first_instant(wall, zone).astimezone(UTC)
