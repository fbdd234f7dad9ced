"""What the demo asks the database."""

from sqlalchemy import func, select

from feedback.demo.models import DemoMarker
from feedback.demo.next_step import Asked, Story
from feedback.follow_up.models import Task
from surveys.brand.models import Brand
from surveys.customers.models import Purchase
from surveys.database import db
from surveys.invitations.models import Invitation
from surveys.links.models import Link
from surveys.responses.models import CONSIDERED, Response


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


def newest_story(shown: DemoMarker) -> Story | None:
    """Return how far the newest order has come that was placed since the demo was filled; None before the first."""
    order = db.session.scalar(select(Purchase).order_by(Purchase.id.desc()).limit(1))
    if order is None or order.delivered_at is None or order.delivered_at <= shown.filled_at:
        return None
    asked = select(Invitation).where(Invitation.purchase_id == order.id, Invitation.purpose == "survey")
    question = db.session.scalar(asked.order_by(Invitation.state == "refused", Invitation.id).limit(1))
    story = Story(order.public_id, order.customer.email or "", order.customer.display_name or order.reference)
    if question is None:
        return story
    story = story._replace(question=_asked(question))
    answer = db.session.scalar(select(Response).where(Response.invitation_id == question.id))
    task = db.session.scalar(select(Task).where(Task.response_id == answer.id)) if answer else None
    # An anonymous answer names no invitation, so nobody finds it again and there is no task to wait for.
    is_read = answer is None or answer.follow_up_stage == CONSIDERED
    story = story._replace(is_read=is_read)
    if task is None:
        return story
    check_back = _asked(task.verification) if task.verification else None
    return story._replace(task=task.public_id, task_state=task.state, check_back=check_back)


def _asked(invitation: Invitation) -> Asked:
    return Asked(invitation.state, invitation.due_at, invitation.answered_at, invitation.expires_at)
