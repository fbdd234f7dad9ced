"""What the demo asks the database."""

from sqlalchemy import func, select

from feedback.demo.models import DemoMarker
from feedback.follow_up.models import Task
from surveys.brand.models import Brand
from surveys.customers.models import Purchase
from surveys.database import db
from surveys.links.models import Link
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


def demo_brand() -> Brand | None:
    """Return the first of the demo's shops, None when all were removed."""
    return db.session.scalar(select(Brand).where(Brand.made_by_demo).order_by(Brand.id).limit(1))


def embedded_link() -> Link | None:
    """Return the link that the demo shop's own page shows, None before anybody visited it."""
    ours = select(Link).join(Link.brand).where(Brand.made_by_demo, Link.channel == "embed", Link.is_on)
    return db.session.scalar(ours.order_by(Link.id).limit(1))


def order_to_confirm(link: Link) -> str | None:
    """Return the number of the newest order of the shop that was not yet answered by the link."""
    answered = select(Response.purchase_id).where(
        Response.link_id == link.id, Response.purchase_id.is_not(None)
    )
    wanted = select(Purchase.reference).where(Purchase.brand_id == link.brand_id)
    newest = wanted.where(Purchase.id.not_in(answered)).order_by(
        Purchase.placed_at.desc(), Purchase.id.desc()
    )
    return db.session.scalar(newest.limit(1))
