"""The day of an answer that must not tell its hour."""

from datetime import datetime, time
from zoneinfo import ZoneInfo


def start_of_day(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment of the day in `zone` that `moment` lies in; no number by day, week or month notices."""
    return datetime.combine(moment.astimezone(zone).date(), time.min, zone)
