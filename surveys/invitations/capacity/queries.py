"""What is asked about capacity: what is set, and how many questions are out."""

from datetime import datetime

from sqlalchemy import and_, func, or_, select

from surveys.customers.models import Customer
from surveys.database import db
from surveys.invitations.models import Allowance, Invitation
from surveys.work import not_set_aside

IS_REAL = and_(Invitation.purpose == "survey", ~Invitation.is_test)


def allowance_of(brand_id: int, *, locked: bool = False) -> Allowance | None:
    """Return what the brand may still ask, read anew, or None when nothing limits it."""
    wanted = select(Allowance).where(Allowance.brand_id == brand_id)
    wanted = wanted.with_for_update() if locked else wanted
    return db.session.scalar(wanted, execution_options={"populate_existing": True})


def limited_brands(job: str) -> list[int]:
    """Return the brands that may not ask as much as they like, without those set aside."""
    wanted = select(Allowance.brand_id).where(not_set_aside(job, Allowance.brand_id))
    return list(db.session.scalars(wanted.order_by(Allowance.brand_id)))


def brands_held_back() -> set[int]:
    """Return the brands that may not ask anything more for now."""
    return set(db.session.scalars(select(Allowance.brand_id).where(Allowance.left == 0)))


def questions_asked(brand_id: int, since: datetime) -> int:
    """Count the brand's questions that left since then, answered or not; check-backs and tests do not count."""
    asked = (Customer.brand_id == brand_id, IS_REAL, Invitation.sent_at >= since)
    wanted = select(func.count()).select_from(Invitation).join(Invitation.customer)
    return db.session.scalar(wanted.where(*asked)) or 0


def questions_out(brand_id: int, since: datetime) -> int:
    """Count the brand's questions without an answer that left since then or are leaving at this moment.

    Check-backs do not count, nor do tests: their answers bring no cases.
    """
    left = and_(Invitation.sent_at >= since, Invitation.answered_at.is_(None))
    is_out = or_(left, Invitation.begun_at.is_not(None))
    asked = (Customer.brand_id == brand_id, IS_REAL, is_out)
    wanted = select(func.count()).select_from(Invitation).join(Invitation.customer)
    return db.session.scalar(wanted.where(*asked)) or 0
