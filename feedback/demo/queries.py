"""What the demo asks the database."""

from sqlalchemy import func, select

from feedback.demo.models import DemoMarker
from feedback.follow_up.models import Task
from surveys.customers.models import Purchase
from surveys.database import db


def marker() -> DemoMarker | None:
    """Return the row that says that this installation shows the demo, or None."""
    return db.session.get(DemoMarker, 1)


def purchase_count() -> int:
    """Return how many purchases there are."""
    return db.session.scalar(select(func.count()).select_from(Purchase)) or 0


def task_ids() -> list[int]:
    """Return every task, the one opened first first."""
    return list(db.session.scalars(select(Task.id).order_by(Task.opened_at, Task.id)))
