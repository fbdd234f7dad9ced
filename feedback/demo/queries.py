"""What the demo asks the database."""

from sqlalchemy import func, select

from feedback.demo.models import DemoMarker
from feedback.follow_up.models import Task
from surveys.customers.models import Purchase
from surveys.database import db
from surveys.responses.models import Response


def marker() -> DemoMarker | None:
    """Return the row that says that this installation shows the demo, or None."""
    return db.session.get(DemoMarker, 1)


def purchase_count() -> int:
    """Return how many purchases there are."""
    return db.session.scalar(select(func.count()).select_from(Purchase)) or 0


def task_ids() -> list[int]:
    """Return every task, the one opened first first."""
    return list(db.session.scalars(select(Task.id).order_by(Task.opened_at, Task.id)))


def response_to(invitation_id: int) -> Response:
    """Return the response to an invitation that has one."""
    return db.session.scalars(select(Response).where(Response.invitation_id == invitation_id)).one()
