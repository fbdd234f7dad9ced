"""Choose how one wants to hear of news."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from feedback.notices.habits import DAY, WAYS, Habits
from feedback.notices.models import NoticeHabits
from surveys.brand.editing import checked_zone
from surveys.database import db
from surveys.errors import N_, Refusal, together
from surveys.staff.models import StaffMember

CHOSEN = ("P1", "P2", "P3", "P4")  # What is most urgent is always mailed at once.


def choose(
    staff: StaffMember,
    ways: Mapping[str, str],
    zone: str,
    quiet: tuple[int, int],
    digest_at: int,
    now: datetime,
) -> None:
    """Store the ways of P1 to P4, the zone, and the times as minutes after midnight.

    What waits already keeps its way. Raises Refusal naming p1 to p4, time_zone, quiet_from, quiet_until or digest_at.
    """
    refusals = list(wrong(ways, zone, quiet, digest_at))
    if refusals:
        raise together(refusals)
    row = db.session.get(NoticeHabits, staff.id, with_for_update=True) or NoticeHabits(staff_id=staff.id)
    for name in CHOSEN:
        setattr(row, name.lower(), ways[name])
    row.time_zone, row.changed_at = checked_zone(zone), now
    (row.quiet_from, row.quiet_until), row.digest_at = quiet, digest_at
    db.session.add(row)
    db.session.flush()


def wrong(ways: Mapping[str, str], zone: str, quiet: tuple[int, int], digest_at: int) -> Iterator[Refusal]:
    """Yield a refusal for each thing that cannot be chosen."""
    for name in CHOSEN:
        if ways.get(name) not in WAYS:
            yield Refusal(N_("Choose one of those in the list."), field=name.lower())
    try:
        checked_zone(zone)
    except Refusal as refusal:
        yield refusal
    times = {"quiet_from": quiet[0], "quiet_until": quiet[1], "digest_at": digest_at}
    amiss = [name for name, minute in times.items() if not 0 <= minute < DAY]
    for name in amiss:
        yield Refusal(N_("Write a time of day like 18:00."), field=name)
    if not amiss and Habits(ZoneInfo("UTC"), *quiet).covers(digest_at):
        yield Refusal(
            N_(
                "The digest would come in your quiet hours; choose a later time for it, or shorter quiet hours."
            ),
            field="digest_at",
        )
