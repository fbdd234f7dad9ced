"""The calendar of absences, and how much of which work a colleague takes."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.locales import CUSTOMER_LANGUAGES
from surveys.staff.models import StaffAbsence, StaffMember
from surveys.staff.queries import absences_of

LONGEST = timedelta(days=731)
MOST_AHEAD = timedelta(days=3660)
MOST_PLANNED = 50
# The least is what one task of the highest priority weighs, so that everybody can take one.
LEAST_CAPACITY, MOST_CAPACITY = 8, 9999


def zone_named(name: str) -> ZoneInfo:
    """Return the time zone of this name; refuse unknown ones."""
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        phrase = N_("There is no time zone of this name; write it as Europe/Berlin.")
        raise Refusal(phrase, field="time_zone") from None


def plan_absence(
    staff: StaffMember, first: date | None, last: date | None, zone: str, now: datetime
) -> StaffAbsence:
    """Note that somebody is not there from the beginning of `first` to the end of `last` in `zone`, which they keep.

    Refuses days that are missing, in the wrong order, over, too many or too far ahead.
    """
    where = zone_named(zone)
    if first is None or last is None:
        field = "first_day" if first is None else "last_day"
        raise Refusal(N_("Give the first and the last day of the absence."), field=field)
    if last < first:
        raise Refusal(N_("The last day lies before the first. Swap them."), field="last_day")
    today = now.astimezone(where).date()
    if last < today:
        raise Refusal(N_("These days are over. Give days from today on."), field="last_day")
    if last - first >= LONGEST or last > today + MOST_AHEAD or today - first >= LONGEST:
        raise Refusal(N_("An absence lasts at most two years. Check the days."), field="last_day")
    if len(absences_of(staff, now)) >= MOST_PLANNED:
        raise Refusal(N_("There are 50 absences already. Remove some first."), field="first_day")
    staff.time_zone = where.key
    begins_at, ends_at = moments_of(first, last, where)
    absence = StaffAbsence(
        staff_id=staff.id, first_day=first, last_day=last, begins_at=begins_at, ends_at=ends_at
    )
    db.session.add(absence)
    db.session.flush()
    return absence


def moments_of(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the midnight at which the first day begins in the zone, and the one at which the last day ends."""
    return datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)


def drop_absence(absence: StaffAbsence) -> None:
    """Take an absence out of the calendar; whoever is absent by it is back at once."""
    db.session.delete(absence)
    db.session.flush()


def set_work(staff: StaffMember, capacity: int | None, languages: Iterable[str]) -> None:
    """Say how many points of open tasks somebody is given at most (None: no limit), and in which languages (none: all).

    Refuses a capacity outside 8 to 9999 and a language that customers are not written to in.
    """
    if capacity is not None and not LEAST_CAPACITY <= capacity <= MOST_CAPACITY:
        raise Refusal(N_("Give 8 to 9999 points, or nothing for no limit."), field="capacity")
    chosen = set(languages)
    if not chosen <= set(CUSTOMER_LANGUAGES):
        raise Refusal(N_("Choose languages of the list."), field="languages")
    staff.capacity = capacity
    staff.languages = [tag for tag in CUSTOMER_LANGUAGES if tag in chosen]
    db.session.flush()
