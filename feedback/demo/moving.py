"""What the demo bar does: place a purchase and let it be delivered, sign somebody in, move the clock."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from feedback.demo.catalogue import BRANDS, SHIPPING
from feedback.demo.next_step import HOURS
from feedback.demo.people import person
from surveys import clock
from surveys.brand.models import Brand
from surveys.customers.models import Purchase
from surveys.customers.recording import record_purchase
from surveys.customers.records import CustomerRecord, ItemRecord, Money, PurchaseRecord
from surveys.database import db, public_id
from surveys.errors import N_, Missing, Refusal
from surveys.staff.models import StaffMember
from surveys.staff.signing_in import start_session

STEPS = {str(hours): timedelta(hours=hours) for hours in HOURS}
NOON = 12
SHOP = BRANDS[0]


class UnknownStep(Refusal):
    """The clock moves by an hour, a day or a week."""

    phrase = N_("The demo's clock moves by 1, 24 or 168 hours.")


@dataclass(frozen=True)
class Wish:
    """What was filled in; without an address the customer is invented and never mailed for real."""

    email: str
    language: str
    country: str
    carrier: str
    late: bool


def move_clock(hours: str) -> None:
    """Set the demo's clock forward; refuses with UnknownStep. The loop does what has become due."""
    if hours not in STEPS:
        raise UnknownStep(field="hours")
    clock.set_forward(STEPS[hours])


def enter_as(role: str, now: datetime, language: str = "") -> str:
    """Sign the demo's person of that role in; return the secret of the session. `now` is real time.

    From then on this person reads in `language`, that of the page on which the button was pressed, if one is given.
    """
    ours = (StaffMember.role == role, StaffMember.made_by_demo, StaffMember.is_active)
    member = db.session.scalar(select(StaffMember).where(*ours).limit(1))
    if member is None:
        raise Missing()
    member.locale = language or member.locale
    return start_session(member, now)


def place_purchase(wish: Wish, now: datetime) -> Purchase:
    """Record a purchase of the demo's first shop that is delivered `now`; return it.

    The customer lives where it is noon now, so that the question leaves exactly seven days
    later. Raises Refusal for an address that cannot be one.
    """
    brand = db.session.scalars(select(Brand).where(Brand.key == SHOP.key)).one()
    purchase, _ = record_purchase(brand, record_of(wish, public_id()[:6].upper(), now), now)
    purchase.customer.made_by_demo = not wish.email
    db.session.flush()
    return purchase


def record_of(wish: Wish, reference: str, now: datetime) -> PurchaseRecord:
    """Return what the shop would tell; who buys what is drawn by the reference."""
    chance = random.Random(reference)
    somebody = person(chance, wish.language, int(now.timestamp()))
    product = chance.choice(SHOP.products)
    item = ItemRecord(
        sku=product.sku,
        name=product.title(wish.language),
        category=product.category(wish.language),
        price=Money(product.price, "EUR"),
    )
    return PurchaseRecord(
        reference=f"{SHOP.key[0].upper()}-{reference}",
        customer=CustomerRecord(
            email=wish.email or somebody.email,
            name=somebody.name,
            locale=wish.language,
            time_zone=zone_at_noon(now),
            country=wish.country,
        ),
        placed_at=now - timedelta(days=6 if wish.late else 3),
        shipped_at=now - timedelta(days=2),
        promised_at=now - timedelta(days=2) if wish.late else now + timedelta(hours=2),
        delivered_at=now,
        items=(item,),
        total=Money(product.price + SHIPPING, "EUR"),
        ship_country=wish.country,
        carrier=wish.carrier,
        order_url=f"https://{SHOP.domain}/admin/orders/{reference}",
    )


def zone_at_noon(now: datetime) -> str:
    """Return a zone without summer time in which it is between 11:30 and 12:30 now."""
    utc = now.astimezone(ZoneInfo("UTC"))
    ahead = round(NOON - utc.hour - utc.minute / 60)
    # The names of these zones count the other way: Etc/GMT-3 is three hours ahead of UTC.
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/UTC"
