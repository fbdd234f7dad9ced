"""What thanking and quoting ask: who is in the urn, what was done today, and which words may be quoted."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import joinedload

from feedback.analysis.models import Analysis, is_current
from feedback.follow_up.models import Task
from feedback.follow_up.praise.lots import Happy
from feedback.follow_up.praise.models import Testimonial, ThankYou
from feedback.follow_up.queries import IS_OPEN
from surveys.brand.models import Brand
from surveys.cursor import Page, decode, page_of
from surveys.customers.models import Customer, Purchase
from surveys.customers.queries import brand_for
from surveys.database import db
from surveys.errors import N_, Missing
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response
from surveys.responses.queries import is_included
from surveys.scales import SCALES, groups_in

URN_HOLDS = timedelta(days=7)
THANKED_LATELY = timedelta(days=180)


def urn(brand: Brand, day_began: datetime) -> list[Happy]:
    """Return the happy answers of the week before the day began, from customers who may be thanked.

    They have praised something in words and allowed contact, have an address, no open task, and were not thanked in
    half a year before that day.
    """
    lately = ThankYou.written_at.between(day_began - THANKED_LATELY, day_began - timedelta(microseconds=1))
    query = (
        select(Response.id, Response.public_id, Response.customer_id)
        .join(Response.customer)
        .join(Response.survey)
        .join(Analysis, is_current())
        .where(
            Response.brand_id == brand.id,
            Response.submitted_at >= day_began - URN_HOLDS,
            Response.submitted_at < day_began,
            Response.group.in_(groups_in("happy")),
            Response.comment.is_not(None),
            Response.contact_permission.is_(True),
            ~Response.is_partial,
            is_included(),
            Survey.kind.in_(SCALES),
            Analysis.label == "positive",
            Customer.email.is_not(None),
            Customer.objected_at.is_(None),
            ~exists().where(ThankYou.customer_id == Customer.id, lately),
            ~exists().where(Task.customer_id == Customer.id, IS_OPEN),
        )
    )
    return [
        Happy(number, public_id, customer_id)
        for number, public_id, customer_id in db.session.execute(query).tuples()
        if customer_id is not None
    ]


def responses_called(ids: Sequence[int]) -> dict[int, Response]:
    """Return responses by number, with what a letter needs."""
    whole = (
        joinedload(Response.customer),
        joinedload(Response.survey),
        joinedload(Response.brand),
        joinedload(Response.purchase).selectinload(Purchase.items),
    )
    wanted = select(Response).where(Response.id.in_(ids)).options(*whole)
    return {each.id: each for each in db.session.scalars(wanted)}


def readings_of(ids: Sequence[int]) -> dict[int, Analysis]:
    """Return the readings of responses by the number of the response."""
    wanted = select(Analysis).where(Analysis.response_id.in_(ids))
    return {each.response_id: each for each in db.session.scalars(wanted)}


def thank_yous_of(ids: Sequence[int]) -> dict[int, ThankYou]:
    """Return what was done with responses, by their number."""
    wanted = select(ThankYou).where(ThankYou.response_id.in_(ids)).options(joinedload(ThankYou.author))
    return {each.response_id: each for each in db.session.scalars(wanted)}


def due_thank_yous(now: datetime) -> int:
    """Return how many thank-yous should have left."""
    return db.session.scalar(select(func.count()).where(ThankYou.due_at <= now)) or 0


def testimonial_of(response_id: int, *, locked: bool = False) -> Testimonial | None:
    """Return what a customer said about quoting one answer, also when they took it back."""
    wanted = select(Testimonial).where(Testimonial.response_id == response_id)
    return db.session.scalar(wanted.with_for_update() if locked else wanted)


def testimonials(limit: int, cursor: str | None = None, *, brand: str | None = None) -> Page[Testimonial]:
    """Return what may be quoted now, the last allowed first: not taken back, not corrected since, not excluded."""
    wanted = (
        select(Testimonial)
        .join(Testimonial.response)
        .where(Testimonial.revoked_at.is_(None), Testimonial.text == Response.comment, is_included())
        .options(
            joinedload(Testimonial.customer),
            joinedload(Testimonial.response).options(joinedload(Response.survey), joinedload(Response.brand)),
        )
    )
    if brand is not None:
        wanted = wanted.where(Response.brand_id == brand_for(brand).id)
    if cursor is not None:
        at, number = decode(cursor, datetime, int)
        older = (Testimonial.granted_at == at) & (Testimonial.id < number)
        wanted = wanted.where(or_(Testimonial.granted_at < at, older))
    newest = wanted.order_by(Testimonial.granted_at.desc(), Testimonial.id.desc()).limit(limit + 1)
    return page_of(list(db.session.scalars(newest)), limit, lambda each: (each.granted_at, each.id))


class NotDrawn(Missing):
    """The answer is not among today's."""

    phrase = N_("This answer is not among those drawn for today. The list shows who is.")
