"""What is asked about many tasks from one cause: which run, how many tasks share a sign, who works on them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import joinedload

from feedback.follow_up.incidents.models import Incident
from feedback.follow_up.models import Task
from surveys.brand.models import Brand
from surveys.cursor import Page, decode, page_of
from surveys.customers.models import Purchase, PurchaseItem
from surveys.database import db
from surveys.errors import N_, Missing, Refusal
from surveys.masking import quoted
from surveys.responses.models import Response
from surveys.staff.models import StaffMember

# What says less of the cause than an article, a carrier, a theme, the shop.
WIDER: dict[str, tuple[str, ...]] = {
    "article": ("carrier", "theme", "shop"),
    "carrier": ("theme", "shop"),
    "theme": ("shop",),
    "shop": (),
}
LONGEST = 200  # characters of what tasks share
MOST = 500  # incidents of a day


class NoIncident(Missing):
    """There is no such incident."""

    phrase = N_("There are no such tasks from one cause. The inbox shows those of today.")


class UnknownIncident(Refusal):
    """An input names an incident that there is not."""

    phrase = N_("There is no incident %(name)s. Give the id of one; the list of incidents has them.")


class Sign(NamedTuple):
    """What tasks may have in common; see `Incident`."""

    sign: str
    named: str
    title: str

    @property
    def key(self) -> tuple[str, str]:
        """The kind of sign and what it names, as incidents keep it."""
        return self.sign, self.named[:LONGEST]


class Running(NamedTuple):
    """An incident with how many of its tasks are open."""

    incident: Incident
    open: int


def lock_brand(brand_id: int) -> None:
    """Let nobody else begin an incident of this brand until the commit; others may still refer to the brand."""
    db.session.execute(select(Brand.id).where(Brand.id == brand_id).with_for_update(key_share=True))


def all_running(brand_id: int, since: datetime) -> dict[tuple[str, str], Incident]:
    """Return the incidents of a brand whose last task came since then by sign and name, of two alike the newer."""
    query = select(Incident).where(Incident.brand_id == brand_id, Incident.last_at >= since)
    return {(each.sign, each.named): each for each in db.session.scalars(query.order_by(Incident.id))}


def has_opened(brand_id: int, since: datetime, many: int) -> bool:
    """Tell whether at least so many tasks of a brand were opened after `since`."""
    then = select(Task.id).where(Task.brand_id == brand_id, Task.opened_at > since).limit(many).subquery()
    return db.session.scalar(select(func.count()).select_from(then)) == many


def shares(sign: Sign) -> ColumnElement[bool]:
    """Return the condition that a task has the sign."""
    about = select(Response.id).join(Response.purchase)
    if sign.sign == "carrier":
        return Task.response_id.in_(about.where(Purchase.carrier == sign.named))
    if sign.sign == "article":
        with_it = select(PurchaseItem.purchase_id).where(PurchaseItem.sku == sign.named)
        return Task.response_id.in_(about.where(Purchase.id.in_(with_it)))
    if sign.sign == "theme":
        return or_(Task.reason == sign.named, Task.reason.startswith(f"{sign.named}."))
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
    """Return what ran since then and has more than one open task, of one brand or of all, the newest first."""
    return [each for each in page_of_incidents(brand, since, MOST, None).items if each.open > 1]


def page_of_incidents(
    brand: Brand | None, since: datetime | None, limit: int, cursor: str | None
) -> Page[Running]:
    """Return up to `limit` incidents with how many of their tasks are open, the newest first.

    `since` leaves those whose last task came since then.
    """
    its = (Task.incident_id == Incident.id, Task.standing.is_not(None))
    count = select(func.count(Task.id)).where(*its).scalar_subquery()
    query = select(Incident, count).options(joinedload(Incident.brand))
    if brand is not None:
        query = query.where(Incident.brand_id == brand.id)
    if since is not None:
        query = query.where(Incident.last_at >= since)
    if cursor is not None:
        query = query.where(Incident.id < decode(cursor, int)[0])
    rows = db.session.execute(query.order_by(Incident.id.desc()).limit(limit + 1)).tuples()
    return page_of([Running(*row) for row in rows], limit, lambda each: (each.incident.id,))


def incident_or_missing(public_id: str) -> Incident:
    """Return an incident, whether it still runs or not; refuse with NoIncident."""
    query = select(Incident).where(Incident.public_id == public_id).options(joinedload(Incident.brand))
    found = db.session.scalar(query)
    if found is None:
        raise NoIncident()
    return found


def incident_named(public_id: str) -> Incident:
    """Return an incident that an input names; refuse with UnknownIncident."""
    try:
        return incident_or_missing(public_id)
    except Missing:
        raise UnknownIncident(field="incident", name=quoted(public_id)) from None


def owners_of(incident: Incident) -> Sequence[StaffMember]:
    """Return the active people who own a task of it."""
    theirs = select(Task.assignee_id).where(Task.incident_id == incident.id, Task.assignee_id.is_not(None))
    wanted = (StaffMember.id.in_(theirs), StaffMember.is_active)
    return db.session.scalars(select(StaffMember).where(*wanted).order_by(StaffMember.id)).all()
