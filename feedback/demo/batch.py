"""The demo's other story, of today: a batch of teapots whose handle comes off after some days of use.

A dozen customers ordered one in the same days, were asked in the usual time, and write about it on the last day:
so the inbox finds that many tasks have one cause.
"""

import random
from datetime import datetime, timedelta

from feedback.demo.catalogue import BRANDS, COUNTRIES
from feedback.demo.people import person
from feedback.demo.story import Order, Shopper, carrier_for, end_of_day, pick

SHOP = BRANDS[0]
ARTICLE = next(product for product in SHOP.products if product.sku == "KI-104")
BUYERS = 13
# Before now: the first was placed, and the last day on which they write. A week passes between parcel and question.
ORDERED, WRITES = timedelta(days=18), timedelta(hours=15)
BETWEEN_ORDERS, BETWEEN_ANSWERS = timedelta(hours=3), timedelta(minutes=66)
ON_THE_WAY = 4  # days


def orders_of_the_batch(chance: random.Random, first_number: int, now: datetime) -> list[Order]:
    """Return the orders of the batch, each by a customer of its own; both are numbered from `first_number` on."""
    return [order_of_the_batch(chance, first_number, place, now) for place in range(BUYERS)]


def order_of_the_batch(chance: random.Random, first_number: int, place: int, now: datetime) -> Order:
    """Return the order at that place of the batch; it came in time."""
    placed_at = (now - ORDERED + place * BETWEEN_ORDERS).replace(second=chance.randrange(60), microsecond=0)
    country = pick(chance, [(each, each.share) for each in COUNTRIES])
    locale = pick(chance, list(country.locales))
    number = first_number + place
    delivered_at = placed_at + timedelta(days=ON_THE_WAY)
    return Order(
        number=number,
        shopper=Shopper(person(chance, locale[:2], number), number, SHOP, country, locale),
        lines=((ARTICLE, 1),),
        carrier=carrier_for(chance, country, placed_at, now),
        placed_at=placed_at,
        promised_at=end_of_day(placed_at + timedelta(days=ON_THE_WAY + 1)),
        shipped_at=placed_at + timedelta(hours=chance.randrange(5, 22)),
        delivered_at=delivered_at.replace(hour=chance.randrange(8, 17), minute=chance.randrange(60)),
        in_story=False,
        cancelled=False,
        broke_at=now - WRITES + place * BETWEEN_ANSWERS,
    )
