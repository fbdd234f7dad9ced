"""What pages, verbs and other rooms ask about touchpoints and invitations."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from surveys.customers.models import Customer, Objection, Purchase
from surveys.database import db
from surveys.errors import Missing
from surveys.invitations.clocks import PROGRAMMES, Usual
from surveys.invitations.models import CarrierTime, Invitation, Touchpoint
from surveys.questionnaires.models import Survey, SurveyVersion
from surveys.segments.models import Segment
from surveys.staff.models import StaffMember
from surveys.work import not_set_aside

PLANNING = "planning"  # the name of the job that considers purchases
# What surveys are told of their mails; see `questionnaires.queries`. One that has begun may have left.
MAILS = (
    select(SurveyVersion.survey_id)
    .join(Invitation, Invitation.version_id == SurveyVersion.id)
    .where(or_(Invitation.sent_at.is_not(None), Invitation.begun_at.is_not(None)))
)


class Decision(NamedTuple):
    """A purchase and what was decided about asking, one invitation for each touchpoint."""

    purchase: Purchase
    invitations: list[Invitation]


def unconsidered_purchases(limit: int) -> list[int]:
    """Return ids of purchases nobody has decided about, oldest first, without those set aside."""
    waiting = (Purchase.considered_at.is_(None), not_set_aside(PLANNING, Purchase.id))
    return list(db.session.scalars(select(Purchase.id).where(*waiting).order_by(Purchase.id).limit(limit)))


def locked_unconsidered(purchase_ids: Sequence[int]) -> list[Purchase]:
    """Return the purchases with their customers, themselves locked, but those that were considered meanwhile.

    One that somebody else holds is left for the next time: two who wait for each other would never end.
    """
    waiting = (Purchase.id.in_(purchase_ids), Purchase.considered_at.is_(None))
    customer = joinedload(Purchase.customer, innerjoin=True)
    wanted = select(Purchase).where(*waiting).order_by(Purchase.id).options(customer)
    return list(db.session.scalars(wanted.with_for_update(of=Purchase, skip_locked=True)))


def locked_invitations(purchase_ids: Sequence[int]) -> dict[int, dict[int, Invitation]]:
    """Return the invitations of each purchase by the id of their touchpoint, locked."""
    of_purchases = (Invitation.purchase_id.in_(purchase_ids), Invitation.touchpoint_id.is_not(None))
    found: dict[int, dict[int, Invitation]] = {purchase_id: {} for purchase_id in purchase_ids}
    wanted = select(Invitation).where(*of_purchases).order_by(Invitation.id).with_for_update()
    for row in db.session.scalars(wanted):
        if row.purchase_id is not None and row.touchpoint_id is not None:
            found[row.purchase_id][row.touchpoint_id] = row
    return found


def locked_whole(invitation: Invitation) -> None:
    """Read the invitation anew, locked, with all that it takes to judge it and to write its mail."""
    at_hand = (
        joinedload(Invitation.customer, innerjoin=True).joinedload(Customer.brand, innerjoin=True),
        joinedload(Invitation.purchase).joinedload(Purchase.items),
        joinedload(Invitation.touchpoint),
        joinedload(Invitation.version, innerjoin=True),
    )
    wanted = select(Invitation).where(Invitation.id == invitation.id).options(*at_hand)
    wanted = wanted.with_for_update(of=Invitation).execution_options(populate_existing=True)
    db.session.scalars(wanted).unique().one()


def invitations_about(purchase: Purchase) -> dict[int, Invitation]:
    """Return the purchase's invitations by the id of their touchpoint."""
    of_purchase = (Invitation.purchase_id == purchase.id, Invitation.touchpoint_id.is_not(None))
    rows = db.session.scalars(select(Invitation).where(*of_purchase))
    return {row.touchpoint_id: row for row in rows if row.touchpoint_id is not None}


def touchpoints_of(brand_id: int) -> list[Touchpoint]:
    """Return a brand's touchpoints that wait for an order, on or off, with their surveys, the oldest first."""
    survey = joinedload(Touchpoint.survey, innerjoin=True).joinedload(Survey.versions)
    of_brand = select(Touchpoint).where(
        Touchpoint.brand_id == brand_id, Touchpoint.trigger.not_in(PROGRAMMES)
    )
    return list(db.session.scalars(of_brand.order_by(Touchpoint.id).options(survey)).unique())


def all_touchpoints() -> list[Touchpoint]:
    """Return every touchpoint with its brand and survey, by brand."""
    order = (Touchpoint.brand_id, Touchpoint.id)
    wanted = select(Touchpoint).options(joinedload(Touchpoint.brand), joinedload(Touchpoint.survey))
    return list(db.session.scalars(wanted.order_by(*order)))


def touchpoint_or_missing(public_id: str) -> Touchpoint:
    """Return one touchpoint by public id; refuse as missing."""
    touchpoint = db.session.scalar(select(Touchpoint).where(Touchpoint.public_id == public_id))
    if touchpoint is None:
        raise Missing()
    return touchpoint


def name_is_taken(brand_id: int | None, name: str, but: int | None) -> bool:
    """Return whether a touchpoint of the brand, other than `but`, has this name."""
    same = (Touchpoint.brand_id == brand_id, Touchpoint.name == name)
    others = select(Touchpoint.id).where(*same)
    if but is not None:
        others = others.where(Touchpoint.id != but)
    return db.session.scalar(others.limit(1)) is not None


def has_decided(touchpoint: Touchpoint) -> bool:
    """Return whether the touchpoint has decided about any purchase."""
    decided = select(Invitation.id).where(Invitation.touchpoint_id == touchpoint.id)
    return db.session.scalar(decided.limit(1)) is not None


def changed_by(touchpoint: Touchpoint) -> StaffMember | None:
    """Return who changed the touchpoint last, or None when nobody did or they are gone."""
    if touchpoint.changed_by_id is None:
        return None
    return db.session.get(StaffMember, touchpoint.changed_by_id)


def invitation_or_missing(public_id: str) -> Invitation:
    """Return one invitation by public id; refuse as missing."""
    invitation = db.session.scalar(select(Invitation).where(Invitation.public_id == public_id))
    if invitation is None:
        raise Missing()
    return invitation


def same_person(customer: Customer, *, locked: bool = True) -> list[int]:
    """Return the ids of the brand's customers who get their mail at the same address, and lock them.

    The lock makes two invitations to one address wait for each other, so that the rest period
    holds whoever sends.
    """
    theirs = Customer.id == customer.id
    if customer.email is not None:
        theirs = or_(theirs, (Customer.brand_id == customer.brand_id) & (Customer.email == customer.email))
    query = select(Customer.id).where(theirs).order_by(Customer.id)
    return list(db.session.scalars(query.with_for_update(key_share=True) if locked else query))


class Asking(NamedTuple):
    """A question to a person: when it left, was answered, is due, and begins to leave at this moment; its touchpoint."""

    id: int
    sent_at: datetime | None
    answered_at: datetime | None
    due_at: datetime | None
    begun_at: datetime | None
    rank: int
    is_on: bool


def askings_of(customer_ids: list[int], until: datetime) -> list[Asking]:
    """Return the customers' questions that were asked, are leaving or are due by `until`, the last asked at the end.

    All are read in one look: a mail that is on its way in one and settled in the next would be seen in
    neither. Check-backs are no questions.
    """
    columns = (
        Invitation.id,
        Invitation.sent_at,
        Invitation.answered_at,
        Invitation.due_at,
        Invitation.begun_at,
    )
    theirs = (Invitation.customer_id.in_(customer_ids), Invitation.purpose == "survey")
    told = (Invitation.sent_at, Invitation.answered_at, Invitation.begun_at)
    counts = or_(Invitation.due_at <= until, *(moment.is_not(None) for moment in told))
    wanted = select(*columns, Touchpoint.rank, Touchpoint.is_on).join(Invitation.touchpoint)
    rows = db.session.execute(wanted.where(*theirs, counts).order_by(Invitation.sent_at))
    return [Asking(*row) for row in rows]


def objections_of(brand_id: int) -> frozenset[str]:
    """Return every address for which somebody objected to the brand."""
    return frozenset(db.session.scalars(select(Objection.email).where(Objection.brand_id == brand_id)))


def usual_times(brand_id: int) -> dict[tuple[str, str], Usual]:
    """Return how long carriers usually take, by carrier and country."""
    wanted = select(CarrierTime).where(CarrierTime.brand_id == brand_id)
    return {(row.carrier, row.country): Usual(row.span, row.parcels) for row in db.session.scalars(wanted)}


def spans_by_carrier(since: datetime) -> Iterator[tuple[tuple[int, str, str], list[timedelta]]]:
    """Yield (brand, carrier, country) with the times its parcels took that arrived since then."""
    country = func.coalesce(Purchase.ship_country, Customer.country)
    key = (Purchase.brand_id, Purchase.carrier, country)
    arrived = (Purchase.delivered_at >= since, Purchase.shipped_at <= Purchase.delivered_at)
    told = (Purchase.carrier.is_not(None), country.is_not(None))
    parcels = select(*key, Purchase.shipped_at, Purchase.delivered_at).join(Purchase.customer)
    rows = db.session.execute(
        parcels.where(*arrived, *told).order_by(*key), execution_options={"yield_per": 5000}
    )
    for found, group in groupby(rows, key=lambda row: tuple(row[:3])):
        yield found, [delivered - shipped for *_key, shipped, delivered in group]


def recent_decisions(limit: int, before: str | None = None, words: str = "") -> list[Decision]:
    """Return the newest purchases with the decisions about them, the one recorded last first.

    `before` is the public id of the last purchase of the page before; `words` must be the whole
    reference of a purchase or the whole address of a customer, empty for all.
    """
    wanted = select(Purchase).options(
        joinedload(Purchase.customer), joinedload(Purchase.brand), selectinload(Purchase.items)
    )
    if before:
        last = select(Purchase.id).where(Purchase.public_id == before).scalar_subquery()
        wanted = wanted.where(Purchase.id < last)
    if words:
        address = Customer.email == words.lower()
        wanted = wanted.join(Purchase.customer).where(or_(Purchase.reference == words, address))
    purchases = list(db.session.scalars(wanted.order_by(Purchase.id.desc()).limit(limit)))
    decided = defaultdict(list)
    theirs = Invitation.purchase_id.in_([purchase.id for purchase in purchases])
    of_touchpoints = (theirs, Invitation.purpose == "survey")
    found = select(Invitation).where(*of_touchpoints).options(joinedload(Invitation.touchpoint))
    for invitation in db.session.scalars(found.order_by(Invitation.id)):
        decided[invitation.purchase_id].append(invitation)
    return [Decision(purchase, decided[purchase.id]) for purchase in purchases]


def purchase_to_ask(public_id: str) -> Purchase:
    """Return one purchase by public id, locked; refuse as missing."""
    purchase = db.session.scalar(select(Purchase).where(Purchase.public_id == public_id).with_for_update())
    if purchase is None:
        raise Missing()
    return purchase


def touchpoints_naming(segment: Segment) -> list[Touchpoint]:
    """Return the touchpoints whose conditions name the segment."""
    return [
        row
        for row in all_touchpoints()
        if any(each["field"] == "segment" and segment.public_id in each["value"] for each in row.conditions)
    ]
