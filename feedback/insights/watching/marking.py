"""Mark on the calendar what may move figures, or take such a mark away."""

from datetime import date, datetime

from feedback.insights.selection import FIRST_YEAR, LAST_YEAR
from feedback.insights.watching.models import KINDS, EventMark
from surveys.brand.models import Brand
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.staff.models import StaffMember

LONGEST = 80


def mark(
    day: date, text: str, kind: str, brand: Brand | None, staff: StaffMember, now: datetime
) -> EventMark:
    """Mark what happens on a day, of one shop or of all; refuses an unknown kind, no or too many words, far days."""
    words = " ".join(text.split())
    if not 1 <= len(words) <= LONGEST:
        raise Refusal(N_("Say in up to %(most)s letters what happens."), field="text", most=LONGEST)
    if kind not in KINDS:
        raise Refusal(N_("Choose what kind of event it is."), field="kind")
    if not FIRST_YEAR < day.year < LAST_YEAR:
        raise Refusal(N_("Choose a day nearer to today."), field="day")
    made = EventMark(day=day, text=words, kind=kind, brand=brand, made_at=now, made_by=staff)
    db.session.add(made)
    db.session.flush()
    return made


def unmark(event: EventMark) -> None:
    """Take a mark off the calendar."""
    db.session.delete(event)
    db.session.flush()
