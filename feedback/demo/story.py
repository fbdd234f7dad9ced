"""The demo's year: who orders what, how it arrives, and how people judge it.

Everything is drawn from one `random.Random`, and every date hangs on `now`, so that the same seed
tells the same year whenever it is told.

The hidden story, which insights must find: the carrier Bergbote was as good as any in Austria and
in Switzerland. Seven months ago (spring, for a demo filled in autumn) its Austrian parcels turned
late; two months ago the shops replaced it there by Flinkpaket, and the scores came back.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from feedback.demo.catalogue import ALPINE, BRANDS, COUNTRIES, QUICK, Country, DemoBrand, Product
from feedback.demo.people import Person, person

YEAR = timedelta(days=365)
TURNED_LATE = timedelta(days=214)  # before now
REPLACED = timedelta(days=62)  # before now
STORY_COUNTRY, STORY_CARRIER, NEW_CARRIER = "AT", ALPINE, QUICK

LATE_USUALLY, LATE_IN_STORY = 0.05, 0.7
# Orders a day at the end of the year per order a day at its beginning: the shops are growing.
GROWTH = 3.0
# The weeks before the season sell three times as much; they end a week ago, so that their answers are here.
RUSH, RUSH_FROM, RUSH_TO = 3.0, timedelta(days=42), timedelta(days=9)
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Shopper:
    """A customer of one of the shops."""

    person: Person
    number: int
    brand: DemoBrand
    country: Country
    locale: str

    @property
    def language(self) -> str:
        """The language this customer reads and writes: en or de."""
        return self.locale[:2]


@dataclass(frozen=True)
class Order:
    """One purchase from placed to delivered; moments after `now` have not happened yet."""

    number: int
    shopper: Shopper
    lines: tuple[tuple[Product, int], ...]
    carrier: str
    placed_at: datetime
    promised_at: datetime
    shipped_at: datetime
    delivered_at: datetime
    in_story: bool
    cancelled: bool
    # When its customer writes that it broke; for one of the batch that breaks (see `batch`).
    broke_at: datetime | None = None

    @property
    def late(self) -> bool:
        """Whether it comes after the promised moment."""
        return self.delivered_at > self.promised_at


def shoppers(chance: random.Random, count: int) -> list[Shopper]:
    """Return `count` customers spread over brands, countries and languages."""
    found = []
    for number in range(1, count + 1):
        brand = pick(chance, [(each, each.share) for each in BRANDS])
        country = pick(chance, [(each, each.share) for each in COUNTRIES])
        locale = pick(chance, list(country.locales))
        found.append(Shopper(person(chance, locale[:2], number), number, brand, country, locale))
    return found


def orders(chance: random.Random, everybody: list[Shopper], now: datetime) -> list[Order]:
    """Return the orders of the year that ends `now`, the oldest first."""
    drafts: list[tuple[datetime, Shopper]] = []
    for shopper in everybody:
        for _ in range(pick(chance, [(1, 0.55), (2, 0.25), (3, 0.13), (4, 0.07)])):
            drafts.append((placed(chance, now), shopper))
    drafts.sort(key=lambda draft: (draft[0], draft[1].number))
    return [order(chance, number, *draft, now) for number, draft in enumerate(drafts, start=1)]


def placed(chance: random.Random, now: datetime) -> datetime:
    """Return a moment within the year; later days see more orders, evenings more than nights."""
    share = chance.random()
    while chance.random() * GROWTH * RUSH > busy(share):
        share = chance.random()
    day = now - YEAR + YEAR * share
    hour = pick(chance, [(h, weight) for h, weight in enumerate(HOURS)])
    at = day.replace(hour=hour, minute=chance.randrange(60), second=chance.randrange(60), microsecond=0)
    return at if at < now else at - timedelta(days=1)


def busy(share: float) -> float:
    """Return how many orders a day come in, after that share of the year; 1 at its beginning."""
    before_now = YEAR * (1 - share)
    rush = RUSH if RUSH_TO < before_now < RUSH_FROM else 1
    return (1 + (GROWTH - 1) * share) * rush


HOURS = (1, 1, 0.5, 0.5, 0.5, 1, 2, 4, 5, 6, 6, 6, 7, 6, 5, 5, 6, 8, 10, 12, 12, 9, 5, 2)


def order(chance: random.Random, number: int, placed_at: datetime, shopper: Shopper, now: datetime) -> Order:
    """Return one order with its way to the customer."""
    carrier = carrier_for(chance, shopper.country, placed_at, now)
    in_story = (
        shopper.country.code == STORY_COUNTRY
        and carrier == STORY_CARRIER
        and now - TURNED_LATE <= placed_at < now - REPLACED
    )
    promised_days = chance.choice((3, 4, 4, 5, 5))
    promised_at = end_of_day(placed_at + timedelta(days=promised_days))
    late = chance.random() < (LATE_IN_STORY if in_story else LATE_USUALLY)
    if late:
        extra = chance.choice((3, 4, 5, 6, 8)) if in_story else chance.choice((1, 1, 2, 3))
        delivered = promised_at + timedelta(days=extra)
    else:
        # Never before the day after next: what is shipped in the evening is not there in the morning.
        early = min(chance.choice((0, 1, 1, 2)), promised_days - 2)
        delivered = promised_at - timedelta(days=early)
    return Order(
        number=number,
        shopper=shopper,
        lines=lines(chance, shopper.brand),
        carrier=carrier,
        placed_at=placed_at,
        promised_at=promised_at,
        shipped_at=placed_at + timedelta(hours=chance.randrange(5, 22)),
        # Between eight in the morning and five in the afternoon, in UTC.
        delivered_at=delivered.replace(hour=chance.randrange(8, 17), minute=chance.randrange(60)),
        in_story=in_story,
        cancelled=chance.random() < 0.02,
    )


def carrier_for(chance: random.Random, country: Country, placed_at: datetime, now: datetime) -> str:
    """Return who carries an order of that day; in the story's country one was replaced."""
    carrier = pick(chance, list(country.carriers))
    replaced = country.code == STORY_COUNTRY and placed_at >= now - REPLACED
    return NEW_CARRIER if replaced and carrier == STORY_CARRIER else carrier


def lines(chance: random.Random, brand: DemoBrand) -> tuple[tuple[Product, int], ...]:
    """Return one to three products with their quantities."""
    chosen = chance.sample(brand.products, pick(chance, [(1, 0.6), (2, 0.3), (3, 0.1)]))
    return tuple((each, pick(chance, [(1, 0.85), (2, 0.12), (4, 0.03)])) for each in chosen)


def end_of_day(at: datetime) -> datetime:
    """Return 18:00 UTC of that day: by then the shops promise to deliver."""
    return at.replace(hour=18, minute=0, second=0, microsecond=0)


def pick(chance: random.Random, weighted: list[tuple[Thing, float]]) -> Thing:
    """Return one of the things, by weight."""
    things = [thing for thing, _ in weighted]
    return chance.choices(things, weights=[weight for _, weight in weighted])[0]


def every(start: datetime, end: datetime, step: timedelta) -> Iterator[datetime]:
    """Yield `start` and what follows in steps, up to and with `end`."""
    at = start
    while at < end:
        yield at
        at += step
    yield end
