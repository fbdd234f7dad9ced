"""Who gets what by mail, and what of it is due."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from feedback.follow_up.models import Task
from feedback.follow_up.queries import IS_OPEN
from feedback.insights.listing import Wanted, restricted
from feedback.reports.models import ReportMail, ReportReader, SavedView
from surveys.customers.models import Customer
from surveys.database import db
from surveys.responses.models import Response
from surveys.staff.models import StaffMember
from surveys.work import not_set_aside


class Cases(NamedTuple):
    """The first open tasks of a view, and how many there are."""

    tasks: Sequence[Task]
    number: int


def readers(job: str) -> Sequence[ReportReader]:
    """Return everybody who gets something by mail, still works here and may still see it."""
    query = select(ReportReader).join(ReportReader.staff).outerjoin(ReportReader.view)
    sees = or_(
        ReportReader.view_id.is_(None), SavedView.is_shared, SavedView.owner_id == ReportReader.staff_id
    )
    query = query.where(StaffMember.is_active, sees, not_set_aside(job, ReportReader.id))
    at_hand = (contains_eager(ReportReader.staff), contains_eager(ReportReader.view))
    return db.session.scalars(query.options(*at_hand).order_by(ReportReader.id)).all()


def reader_for_update(reader_id: int) -> ReportReader | None:
    """Return a reader, for this process alone until the commit; None when they have ended it meanwhile."""
    query = select(ReportReader).where(ReportReader.id == reader_id).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


def reader_by(public_id: str | None) -> ReportReader | None:
    """Return the reader of a link that ends a mail; None when it has ended already."""
    return db.session.scalar(select(ReportReader).where(ReportReader.public_id == public_id))


def due_mails(now: datetime) -> int:
    """Count the mails that should have left by now."""
    return (
        db.session.scalar(select(func.count()).select_from(ReportMail).where(ReportMail.due_at <= now)) or 0
    )


def open_cases(wanted: Wanted, now: datetime, limit: int) -> Cases:
    """Return the open tasks of a view's answers, whenever they were given, the most urgent first."""
    ever = replace(wanted.selection, days=None, since=None, until=None)
    theirs = restricted(
        select(Response.id).select_from(Response), replace(wanted, selection=ever, is_counted=False), now
    )
    open_ones = (IS_OPEN, Task.response_id.in_(theirs))
    listed = select(Task).where(*open_ones).order_by(Task.priority, Task.due_at, Task.id).limit(limit)
    listed = listed.options(joinedload(Task.customer).joinedload(Customer.brand), joinedload(Task.response))
    number = db.session.scalar(select(func.count()).select_from(Task).where(*open_ones))
    return Cases(db.session.scalars(listed).all(), number or 0)
