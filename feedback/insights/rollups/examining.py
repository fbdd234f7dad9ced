"""The doctor's look at the counts that are kept added up."""

from datetime import timedelta

from feedback.insights.rollups import building
from feedback.insights.rollups.covering import calendars_of
from feedback.insights.rollups.laying import missing_from
from surveys.database import db
from surveys.upkeep.checks import Finding, Surroundings

REMEMBERED = timedelta(days=7)
MANY_DAYS = 7  # so many days may wait to be added up


def look_at_counts(at: Surroundings) -> list[Finding]:
    """Look whether changes are marked, whether counts differed from the rows lately, and whether days wait."""
    missing = missing_from(db.session.connection())
    if missing:
        said = f"changes of answers are not marked, so Insights may count wrongly: {', '.join(missing)} is missing"
        return [Finding("FAIL", said, "Run: flask insights recount")]
    found = []
    for subject in building.SUBJECTS:
        for calendar in calendars_of(subject.name):
            if calendar.differed_at is not None and at.business - calendar.differed_at < REMEMBERED:
                said = (
                    f"counts of {subject.name} differed from the rows on {calendar.differed_at:%Y-%m-%d} and were"
                    f" mended; {calendar.differed_days} days in all"
                )
                found.append(Finding("warn", said, "The log of the loop names the days; please report it."))
        behind = building.days_behind(subject, at.business)
        if behind > MANY_DAYS:
            said = f"{behind} days of {subject.name} wait to be added up: Insights is slower meanwhile"
            found.append(Finding("warn", said, "The loop does it; flask insights recount does it now."))
    return found or [Finding("ok", "all counts are added up")]
