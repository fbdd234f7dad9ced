"""Remove the demo: its shops with everything in them, its people, its marker, its clock."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, delete, exists, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from feedback.analysis.models import Analysis
from feedback.demo.models import DemoMarker
from feedback.demo.peopling import ask_plainly
from feedback.follow_up.conversation.models import Letter, Reply
from feedback.follow_up.deciding.models import SpendingScale
from feedback.follow_up.incidents.models import Incident
from feedback.follow_up.models import Signal, Task, TaskEvent
from feedback.follow_up.praise.models import Testimonial, ThankYou
from feedback.improving.models import Improvement, ImprovementLetter
from feedback.notices.models import HistoryCursor
from surveys import clock
from surveys.audit.models import AuditEvent
from surveys.brand.models import Brand, ShopConnection
from surveys.customers.models import (
    Customer,
    Objection,
    OrderEvent,
    PermissionEvent,
    PrivacyRequest,
    Purchase,
)
from surveys.database import Base, db
from surveys.invitations.founding import found_shop
from surveys.invitations.models import Allowance, CarrierTime, Invitation, Touchpoint
from surveys.links.models import Link
from surveys.permission.models import Bounce, ConsentRequest, PermissionSource, Suppression
from surveys.post_box.models import IncomingMail
from surveys.responses.models import Response
from surveys.segments.models import Segment
from surveys.staff.models import StaffMember
from surveys.staff.queries import an_owner_signs_in
from surveys.staff.signing_in import issue_link


class Afresh(NamedTuple):
    """What is left to tell: how many purchases went, and the link's secret for the first owner if there is none."""

    purchases: int
    first_owner: str | None


def start_afresh(now: datetime) -> Afresh:
    """Remove the demo and leave an installation that somebody can go on with: a shop, and a way in."""
    purchases = clear()
    ask_plainly(now)
    found_shop(now)
    return Afresh(purchases, None if an_owner_signs_in() else issue_link(None, now))


def clear() -> int:
    """Remove everything the demo has made or was given; return how many purchases that were.

    A shop made by the demo goes with all its rows, whoever sent them. What belongs to other
    shops stays; a demo agent who wrote to one of their customers stays as a name, switched off.
    """
    brands = select(Brand.id).where(Brand.made_by_demo)
    responses = select(Response.id).where(Response.brand_id.in_(brands))
    tasks = select(Task.id).where(Task.response_id.in_(responses))
    customers = select(Customer.id).where(Customer.brand_id.in_(brands))
    hold_still(brands, customers, responses, tasks)
    remove(IncomingMail, IncomingMail.customer_id.in_(customers))
    for part in (Letter, Reply, TaskEvent, Signal):
        remove(part, part.task_id.in_(tasks))
    remove(Task, Task.response_id.in_(responses))
    remove_improvements(brands, customers)
    for said in (ThankYou, Testimonial, Analysis):
        remove(said, said.response_id.in_(responses))
    remove(Response, Response.brand_id.in_(brands))
    remove(Invitation, Invitation.customer_id.in_(customers))
    # Touchpoints go with their rounds and lists.
    for model in (Touchpoint, Allowance, CarrierTime, Segment, Link, SpendingScale, Incident):
        remove(model, model.brand_id.in_(brands))
    remove(ConsentRequest, ConsentRequest.customer_id.in_(customers))
    remove(PermissionEvent, PermissionEvent.customer_id.in_(customers))
    remove(PermissionSource, PermissionSource.brand_id.in_(brands))
    remove(Suppression, Suppression.brand_id.in_(brands))
    remove(Bounce, Bounce.brand_id.in_(brands))
    remove(PrivacyRequest, PrivacyRequest.brand_id.in_(brands))
    purchases = remove(Purchase, Purchase.brand_id.in_(brands))
    remove(Customer, Customer.brand_id.in_(brands))
    remove(Objection, Objection.brand_id.in_(brands))
    remove(OrderEvent, OrderEvent.brand_id.in_(brands))
    remove(ShopConnection, ShopConnection.brand_id.in_(brands))
    remove(Brand, Brand.made_by_demo)
    let_go()
    step_back()
    remove(DemoMarker, DemoMarker.id == 1)
    clock.reset()
    return purchases


def remove_improvements(brands: Select[tuple[int]], customers: Select[tuple[int]]) -> None:
    """Remove what was changed in the demo's shops or by its people, and what its customers were told of it."""
    ours = select(StaffMember.id).where(StaffMember.made_by_demo)
    remove(ImprovementLetter, ImprovementLetter.customer_id.in_(customers))
    remove(Improvement, Improvement.brand_id.in_(brands) | Improvement.made_by_id.in_(ours))


def hold_still(
    brands: Select[tuple[int]],
    customers: Select[tuple[int]],
    responses: Select[tuple[int]],
    tasks: Select[tuple[int]],
) -> None:
    """Let all who work in the demo at this moment finish, and nobody begin: who writes there needs one of these rows.

    Orders and invitations come before customers, as the loop locks them.
    """
    purchases = select(Purchase.id).where(Purchase.brand_id.in_(brands))
    invitations = select(Invitation.id).where(Invitation.customer_id.in_(customers))
    for rows in (brands, purchases, invitations, customers, responses, tasks):
        db.session.execute(rows.with_for_update())


def step_back() -> None:
    """Let readers of the history go on behind its last row: a database may give removed numbers to new rows.

    What they have not read yet of other shops stays before them.
    """
    last = select(func.coalesce(func.max(TaskEvent.id), 0)).scalar_subquery()
    too_far = update(HistoryCursor).where(HistoryCursor.event_id > last).values(event_id=last)
    db.session.execute(too_far, execution_options={"synchronize_session": False})


def let_go() -> None:
    """Remove the demo's people; who is named in what stays is switched off instead."""
    ours: Select[tuple[int]] = select(StaffMember.id).where(StaffMember.made_by_demo)
    changes = {"synchronize_session": False}
    remove(AuditEvent, AuditEvent.actor_id.in_(ours))
    db.session.execute(
        update(Task).where(Task.assignee_id.in_(ours)).values(assignee_id=None), execution_options=changes
    )
    named = (
        exists(select(Reply.id).where(Reply.author_id == StaffMember.id))
        | exists(select(ThankYou.id).where(ThankYou.author_id == StaffMember.id))
        | exists(select(TaskEvent.id).where(TaskEvent.actor_id == StaffMember.id))
    )
    staying = update(StaffMember).where(StaffMember.made_by_demo, named)
    db.session.execute(staying.values(is_active=False, made_by_demo=False), execution_options=changes)
    remove(StaffMember, StaffMember.made_by_demo)


def remove(model: type[Base], *conditions: ColumnElement[bool] | InstrumentedAttribute[bool]) -> int:
    """Delete the rows of `model` that meet the conditions; return how many."""
    gone = db.session.execute(
        delete(model).where(*conditions), execution_options={"synchronize_session": False}
    )
    return gone.rowcount  # type: ignore[attr-defined, no-any-return]
