"""Which notices there were, and what people did after them."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from feedback.follow_up.clocks.timing import calendar_of
from feedback.follow_up.models import Task, TaskEvent
from feedback.follow_up.service_levels import Calendar
from feedback.notices.models import Notice
from feedback.notices.precision.figures import Told
from surveys.brand.models import Brand
from surveys.customers.models import Customer
from surveys.database import db

MOST = 20_000  # the newest notices of the time that is looked at; enough for a share


def notices_since(oldest: datetime) -> list[Told]:
    """Return each thing that somebody was told of since then, once for all who were, the newest first; at most 20,000."""
    deed = aliased(TaskEvent)
    after = (deed.task_id == TaskEvent.task_id, deed.id > TaskEvent.id, deed.actor_id.is_not(None))
    acted_at = select(func.min(deed.at)).where(*after).correlate(TaskEvent).scalar_subquery()
    query = (
        select(Task.rule, Task.priority, TaskEvent.at, Customer.brand_id, acted_at)
        .select_from(TaskEvent)
        .join(Task, Task.id == TaskEvent.task_id)
        .join(Customer, Customer.id == Task.customer_id)
        .where(select(Notice.id).where(Notice.event_id == TaskEvent.id).exists(), TaskEvent.at > oldest)
        .order_by(TaskEvent.id.desc())
        .limit(MOST)
    )
    return [Told(*row) for row in db.session.execute(query).tuples()]


def calendars() -> dict[int, Calendar]:
    """Return when each brand works, by its number."""
    return {brand.id: calendar_of(brand) for brand in db.session.scalars(select(Brand))}
