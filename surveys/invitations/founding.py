"""Found the first shop of an empty installation, so that the first purchase finds everything ready."""

from datetime import datetime

from sqlalchemy import select

from surveys.brand.models import Brand
from surveys.database import db
from surveys.errors import N_
from surveys.invitations.models import Touchpoint
from surveys.questionnaires.publishing import publish_starters
from surveys.questionnaires.queries import survey_by_key

AFTER_DELIVERY = N_("After delivery")


def found_shop(now: datetime) -> Brand | None:
    """Make the brand `shop`, asking after delivery, unless there is a brand; return it, or None.

    The ready-made surveys are published where they are missing. Nobody is asked before somebody
    has set a legal basis: the brand's default is `none`.
    """
    publish_starters(now)
    if db.session.scalar(select(Brand.id).limit(1)) is not None:
        return None
    brand = Brand(key="shop", name="Shop", default_basis="none", created_at=now, changed_at=now)
    db.session.add(brand)
    ask_after_delivery(brand, now)
    return brand


def ask_after_delivery(brand: Brand, now: datetime) -> Touchpoint:
    """Let a new brand ask the recommendation question seven days after delivery, never on a day of rest."""
    touchpoint = Touchpoint(
        brand=brand,
        survey=survey_by_key("nps"),
        name=AFTER_DELIVERY,
        skip_sundays=True,
        skip_holidays=True,
        created_at=now,
        changed_at=now,
    )
    db.session.add(touchpoint)
    db.session.flush()
    return touchpoint


def touchpoint_of(brand: Brand) -> Touchpoint:
    """Return the touchpoint that `ask_after_delivery` made for the brand."""
    ready_made = (Touchpoint.brand_id == brand.id, Touchpoint.name == AFTER_DELIVERY)
    return db.session.scalars(select(Touchpoint).where(*ready_made)).one()
