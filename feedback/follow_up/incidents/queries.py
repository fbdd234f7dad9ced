"""What is asked about many tasks from one cause: which run, how many tasks share a sign, who works on them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import joinedload

from feedback.follow_up.incidents.models import Incident
from feedback.follow_up.models import Task
from surveys.brand.models import Brand
from surveys.customers.models import Purchase, PurchaseItem
from surveys.database import db
from surveys.responses.models import Response
from surveys.staff.models import StaffMember

# What says less of the cause than an article, a carrier, the shop.
WIDER: dict[str, tuple[str, ...]] = {"article": ("carrier", "shop"), "carrier": ("shop",), "shop": ()}


class Sign(NamedTuple):
    """What tasks may have in common; see `Incident`."""

    sign: str
    named: str
    title: str


class Running(NamedTuple):
    """An incident with how many of its tasks are open."""

    incident: Incident
    open: int


def lock_brand(brand_id: int) -> None:
    """Let nobody else begin an incident of this brand until the commit; others may still refer to the brand."""
    db.session.execute(select(Brand.id).where(Brand.id == brand_id).with_for_update(key_share=True))


def running(brand_id: int, sign: Sign, since: datetime) -> Incident | None:
    """Return the incident of a brand with this sign whose last task came since then."""
    same = (Incident.brand_id == brand_id, Incident.sign == sign.sign, Incident.named == sign.named)
    query = select(Incident).where(*same, Incident.last_at >= since)
    return db.session.scalar(query.order_by(Incident.id.desc()).limit(1))


def shares(sign: Sign) -> ColumnElement[bool]:
    """Return the condition that a task has the sign."""
    about = select(Response.id).join(Response.purchase)
    if sign.sign == "carrier":
        return Task.response_id.in_(about.where(Purchase.carrier == sign.named))
    if sign.sign == "article":
        with_it = select(PurchaseItem.purchase_id).where(PurchaseItem.sku == sign.named)
        return Task.response_id.in_(about.where(Purchase.id.in_(with_it)))
    return Task.id.is_not(None)


def opened(brand_id: int, sign: Sign, since: datetime, until: datetime) -> int:
    """Count the tasks of a brand with the sign that were opened after `since` and at `until` at the latest."""
    then = (Task.brand_id == brand_id, Task.opened_at > since, Task.opened_at <= until)
    return db.session.scalar(select(func.count(Task.id)).where(*then, shares(sign))) or 0


def free_since(brand_id: int, sign: Sign, since: datetime) -> int:
    """Count the tasks of a brand with the sign that were opened after `since` and belong to no incident as narrow."""
    then = (Task.brand_id == brand_id, Task.opened_at > since, is_free(sign))
    return db.session.scalar(select(func.count(Task.id)).where(*then, shares(sign))) or 0


def is_free(sign: Sign) -> ColumnElement[bool]:
    """Return the condition that a task belongs to no incident, or to one that says less of the cause than the sign."""
    wider = select(Incident.id).where(Incident.sign.in_(WIDER[sign.sign]))
    return or_(Task.incident_id.is_(None), Task.incident_id.in_(wider))


def take_in(incident: Incident, sign: Sign, since: datetime) -> None:
    """Make the brand's free tasks with the sign opened after `since` part of an incident.

    That changes nothing a person works on, so it is no new version of these tasks.
    """
    which = (Task.brand_id == incident.brand_id, Task.opened_at > since, is_free(sign))
    changed = update(Task).where(*which, shares(sign)).values(incident_id=incident.id)
    db.session.execute(changed, execution_options={"synchronize_session": "fetch"})


def running_now(brand: Brand | None, since: datetime) -> list[Running]:
    """Return what ran since then and has open tasks, of one brand or of all, the newest first."""
    its = (Task.incident_id == Incident.id, Task.standing.is_not(None))
    count = select(func.count(Task.id)).where(*its).scalar_subquery()
    query = select(Incident, count).where(Incident.last_at >= since).options(joinedload(Incident.brand))
    if brand is not None:
        query = query.where(Incident.brand_id == brand.id)
    rows = db.session.execute(query.order_by(Incident.id.desc())).tuples()
    return [Running(*row) for row in rows if row[1]]


def owners_of(incident: Incident) -> Sequence[StaffMember]:
    """Return the active people who own a task of it."""
    theirs = select(Task.assignee_id).where(Task.incident_id == incident.id, Task.assignee_id.is_not(None))
    wanted = (StaffMember.id.in_(theirs), StaffMember.is_active)
    return db.session.scalars(select(StaffMember).where(*wanted).order_by(StaffMember.id)).all()
