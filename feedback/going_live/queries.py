"""What the checklist of going live asks the database."""

from sqlalchemy import func, select

from feedback.demo.queries import marker
from feedback.going_live.facts import BrandFacts, Facts
from feedback.going_live.models import TickedStep
from surveys.brand.models import Brand
from surveys.channels.registry import OUTBOX, Channels
from surveys.customers.models import Purchase
from surveys.database import db
from surveys.invitations.models import Touchpoint
from surveys.permission.models import PermissionSource
from surveys.staff.models import StaffMember
from surveys.upkeep.holds import links_that_lead_nowhere
from surveys.upkeep.queries import reasons_to_hold


def facts(channels: Channels, base_url: str, mail_from: str | None) -> Facts:
    """Return what the checklist is judged from; `mail_from` is the sender of shops without their own."""
    real = select(Brand).where(~Brand.made_by_demo).order_by(Brand.name)
    people = (StaffMember.is_active, ~StaffMember.made_by_demo)
    return Facts(
        has_demo=marker() is not None,
        base_url=base_url,
        is_reachable=not links_that_lead_nowhere(base_url),
        mail_leaves=channels.way != OUTBOX,
        brands=[facts_of(brand, mail_from) for brand in db.session.scalars(real)],
        people=db.session.scalar(select(func.count()).select_from(StaffMember).where(*people)) or 0,
        ticked={step.key: step.ticked_at for step in db.session.scalars(select(TickedStep))},
        holds=len(reasons_to_hold(channels, base_url)),
    )


def facts_of(brand: Brand, mail_from: str | None) -> BrandFacts:
    """Return what is known of one shop."""
    lives = (PermissionSource.brand_id == brand.id, PermissionSource.withdrawn_at.is_(None))
    declared = select(func.count()).select_from(PermissionSource).where(*lives)
    told = select(Purchase.id).where(Purchase.brand_id == brand.id).limit(1)
    asking = (Touchpoint.brand_id == brand.id, Touchpoint.is_on)
    on = select(func.count()).select_from(Touchpoint).where(*asking)
    return BrandFacts(
        key=brand.key,
        name=brand.name,
        sender=brand.sender_email or mail_from,
        reply_to=brand.reply_to,
        postal_address=brand.postal_address,
        privacy_url=brand.privacy_url,
        default_basis=brand.default_basis,
        declared=db.session.scalar(declared) or 0,
        has_purchases=db.session.scalar(told) is not None,
        touchpoints_on=db.session.scalar(on) or 0,
    )
