"""What telling of alerts asks: which are untold, who watches, what somebody was told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload

from feedback.insights.watching.course import OF_ANSWERS
from feedback.insights.watching.models import SeriesAlert, SeriesReader, WatchedSeries
from feedback.notices.alerts.models import AlertNotice
from feedback.notices.queries import STAYS_NEWS, active_staff
from surveys.database import db
from surveys.staff.models import StaffMember
from surveys.work import not_set_aside

LISTED = 50


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
    """Return what somebody was told of alerts in the last 14 days, the newest first."""
    theirs = (AlertNotice.staff_id == staff_id, AlertNotice.made_at > now - STAYS_NEWS)
    series = joinedload(AlertNotice.alert).joinedload(SeriesAlert.series)
    query = (
        select(AlertNotice)
        .where(*theirs)
        .options(series.joinedload(WatchedSeries.survey), series.joinedload(WatchedSeries.brand))
    )
    return db.session.scalars(
        query.order_by(AlertNotice.made_at.desc(), AlertNotice.id.desc()).limit(LISTED)
    ).all()


def unread_alerts(staff_id: int, now: datetime) -> int:
    """Count the alerts somebody has not read yet."""
    new = (
        AlertNotice.staff_id == staff_id,
        AlertNotice.read_at.is_(None),
        AlertNotice.made_at > now - STAYS_NEWS,
    )
    return db.session.scalar(select(func.count()).select_from(AlertNotice).where(*new)) or 0


def mark_alerts_read(staff_id: int, numbers: Sequence[int], now: datetime) -> None:
    """Note that somebody has read these notices of their own."""
    theirs = (AlertNotice.staff_id == staff_id, AlertNotice.id.in_(numbers), AlertNotice.read_at.is_(None))
    db.session.execute(update(AlertNotice).where(*theirs).values(read_at=now))


def due_alert_mails(now: datetime) -> int:
    """Count mails about alerts that should have left by now."""
    due = select(func.count()).select_from(AlertNotice).where(AlertNotice.due_at <= now)
    return db.session.scalar(due) or 0
