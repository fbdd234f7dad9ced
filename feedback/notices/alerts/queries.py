"""What telling of alerts asks: which are untold, who watches, what somebody was told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from feedback.insights.watching.course import OF_ANSWERS
from feedback.insights.watching.models import SeriesAlert, SeriesReader, WatchedSeries
from feedback.notices.alerts.models import AlertNotice
from feedback.notices.queries import active_staff, told_lately
from surveys.database import db
from surveys.staff.models import StaffMember
from surveys.work import not_set_aside


def untold(job: str, limit: int) -> list[int]:
    """Return alerts nobody was told of yet, the first first."""
    query = select(SeriesAlert.id).where(SeriesAlert.told_at.is_(None), not_set_aside(job, SeriesAlert.id))
    return list(db.session.scalars(query.order_by(SeriesAlert.id).limit(limit)))


def alert_for_update(alert_id: int) -> SeriesAlert | None:
    """Return one alert, for this process alone until the commit."""
    return db.session.get(SeriesAlert, alert_id, with_for_update={"of": SeriesAlert}, populate_existing=True)


def audience(alert: SeriesAlert) -> list[StaffMember]:
    """Return who watches the series and did so before the alert's stretch was over; of volumes owners and admins, too."""
    theirs = (
        SeriesReader.series_id == alert.series_id,
        SeriesReader.since < alert.until,
        StaffMember.is_active,
    )
    readers = select(StaffMember).join(SeriesReader, SeriesReader.staff_id == StaffMember.id).where(*theirs)
    told = {person.id: person for person in db.session.scalars(readers.order_by(StaffMember.id))}
    if alert.series.metric not in OF_ANSWERS and alert.series.made_at < alert.until:
        told |= {person.id: person for person in active_staff("owner", "admin")}
    return list(told.values())


def alert_news(staff_id: int, now: datetime) -> Sequence[AlertNotice]:
    """Return what somebody was told of alerts lately, the newest first."""
    series = joinedload(AlertNotice.alert).joinedload(SeriesAlert.series)
    along = (series.joinedload(WatchedSeries.survey), series.joinedload(WatchedSeries.brand))
    return told_lately(AlertNotice, staff_id, now, along)


def due_alert_mails(now: datetime) -> int:
    """Count mails about alerts that should have left by now."""
    due = select(func.count()).select_from(AlertNotice).where(AlertNotice.due_at <= now)
    return db.session.scalar(due) or 0
