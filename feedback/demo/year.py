"""The demo's year as a plan: which orders are told when, who is asked, who answers what.

It decides by the house's own rules of asking (`cadence`), so that planning and sending would have
come to the same rows; a test lets them look at the result and find nothing to do.
"""

import heapq
import itertools
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from feedback.demo.opinions import Opinion, Voices, answered_at
from feedback.demo.story import Order
from surveys.invitations.cadence import (
    AskingRule,
    clock_start,
    due_time,
    earliest_next,
    into_window,
    too_late,
    zone_of,
)
from surveys.scales import group_of, mood_of

RULE = AskingRule()
# Shares of delivered orders that are rated elsewhere and told by another system: the satisfaction
# after the delivery, and how easy it was to get help.
CSAT_SHARE, CES_SHARE = 0.14, 0.09
OBJECTS, HALF_WAY = 0.006, 0.015
# Hours before the end at which somebody answers in any case, so that the last days are alive, and
# what that somebody is unhappy about, so that even a small demo has fresh tasks in its inbox, also ones that press.
ANYTHING = "anything"
LAST_ANSWERS = ((30, None), (26, "PAYMENT"), (21, None), (5, ANYTHING), (2, None), (0.4, "SAFETY_LEGAL"))


@dataclass
class Asking:
    """The decision about one purchase, and what became of it."""

    order: Order
    planned_at: datetime
    state: str = "planned"
    reason: str | None = None
    first_due_at: datetime | None = None
    due_at: datetime | None = None
    sent_at: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """One response; without `asking` it was gathered elsewhere."""

    order: Order
    survey: str
    at: datetime
    opinion: Opinion
    asking: Asking | None = None
    half_way: bool = False


@dataclass
class Year:
    """What has happened up to `now`; `told` says when the shop told of an order."""

    now: datetime
    told: list[tuple[datetime, Order]] = field(default_factory=list)
    askings: list[Asking] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    objections: dict[int, datetime] = field(default_factory=dict)  # by the shopper's number


def tell(orders: Iterable[Order], voices: Voices, now: datetime) -> Year:
    """Let everything happen in the order of time; what lies after `now` does not happen."""
    telling = Telling(voices, now)
    for order in orders:
        moments = (order.delivered_at, order.shipped_at, order.placed_at)
        telling.at(next(at for at in moments if at <= now), telling.hear, order)
    telling.run()
    telling.answer_lately()
    year = telling.year
    year.answers.sort(key=lambda answer: (answer.at, answer.order.number, answer.survey))
    return year


class Telling:
    """Goes through the year event by event."""

    def __init__(self, voices: Voices, now: datetime):
        self.voices = voices
        self.chance: random.Random = voices.chance
        self.year = Year(now)
        self.events: list[tuple[datetime, int, Callable[..., None], tuple[Any, ...]]] = []
        self.number = itertools.count()
        self.last_asked: dict[int, datetime] = {}
        self.silent: list[Asking] = []

    def at(self, at: datetime, happen: Callable[..., None], *facts: Any) -> None:
        """Let something happen then, if that is not after `now`."""
        if at <= self.year.now:
            heapq.heappush(self.events, (at, next(self.number), happen, facts))

    def run(self) -> None:
        """Let all events happen."""
        while self.events:
            at, _, happen, facts = heapq.heappop(self.events)
            happen(at, *facts)

    def hear(self, at: datetime, order: Order) -> None:
        """The shop tells of an order, and the house decides when to ask."""
        self.year.told.append((at, order))
        asking = Asking(order, planned_at=at)
        self.year.askings.append(asking)
        start = clock_start(order.placed_at, known(order.shipped_at, at), known(order.delivered_at, at), RULE)
        zone = zone_of(order.shopper.country.time_zone, None)
        asking.first_due_at = asking.due_at = due_time(start, RULE, zone)
        if order.cancelled:
            refuse(asking, "cancelled")
            return
        self.at(asking.due_at, self.judge, asking)
        if known(order.delivered_at, at) and order.broke_at is None:
            self.rate_elsewhere(order)

    def rate_elsewhere(self, order: Order) -> None:
        """Another system asks some customers how satisfied they are, or how easy it was to get help."""
        after = order.delivered_at + timedelta(days=self.chance.uniform(0.2, 9))
        if self.chance.random() < CSAT_SHARE:
            self.at(after, self.answer, order, "csat", self.voices.on_satisfaction(order))
        if self.chance.random() < CES_SHARE * (2 if order.late else 1):
            later = after + timedelta(days=1)
            self.at(later, self.answer, order, "ces", self.voices.on_getting_help(order))

    def judge(self, at: datetime, asking: Asking) -> None:
        """A question is due: it leaves, waits until the customer has rested, or comes to nothing."""
        shopper = asking.order.shopper
        if shopper.number in self.year.objections:
            refuse(asking, "objected")
            return
        rested = earliest_next(self.last_asked.get(shopper.number), RULE.rest)
        if rested is not None and rested > at and asking.first_due_at is not None:
            later = into_window(rested, zone_of(shopper.country.time_zone, None), RULE.opens, RULE.closes)
            if too_late(asking.first_due_at, later, RULE.latest):
                refuse(asking, "rest_period")
            else:
                asking.due_at = later
                self.at(later, self.judge, asking)
            return
        asking.state, asking.sent_at, asking.due_at = "sent", at, None
        self.last_asked[shopper.number] = at
        self.reach(at, asking)

    def reach(self, at: datetime, asking: Asking) -> None:
        """The customer has the mail: some answer, very few object to being asked."""
        if asking.order.broke_at is not None:
            broken = self.voices.on_breaking(asking.order)
            self.at(asking.order.broke_at, self.answer, asking.order, "nps", broken, asking)
            return
        opinion = self.voices.on_recommending(asking.order)
        if opinion is not None:
            self.at(answered_at(at, opinion), self.answer, asking.order, "nps", opinion, asking)
            return
        self.silent.append(asking)
        if self.chance.random() < OBJECTS:
            self.at(at + timedelta(hours=self.chance.uniform(1, 40)), self.object, asking)

    def object(self, at: datetime, asking: Asking) -> None:
        """The customer does not want to be asked again."""
        self.year.objections.setdefault(asking.order.shopper.number, at)

    def answer(
        self, at: datetime, order: Order, survey: str, opinion: Opinion, asking: Asking | None = None
    ) -> None:
        """The customer answers; a few leave the page half-way."""
        may_leave = asking is not None and order.broke_at is None
        half_way = may_leave and self.chance.random() < HALF_WAY
        if asking is not None and not half_way:
            asking.answered_at = at
        self.year.answers.append(Answer(order, survey, at, opinion, asking, half_way))

    def answer_lately(self) -> None:
        """Let some people answer in the last hours, whatever chance has said."""
        for hours, about in LAST_ANSWERS:
            at = self.year.now - timedelta(hours=hours)
            waiting = [each for each in self.silent if each.sent_at is not None and each.sent_at < at]
            if not waiting:
                continue
            asking = waiting[-1 - self.chance.randrange(min(len(waiting), 30))]
            self.silent.remove(asking)
            opinion = None
            if about not in (None, ANYTHING):
                opinion = self.voices.angry_about(asking.order, about)
            while opinion is None or (about and mood_of(group_of("nps", opinion.score)) != "unhappy"):
                opinion = self.voices.on_recommending(asking.order)
            self.answer(at, asking.order, "nps", opinion, asking)


def known(moment: datetime, at: datetime) -> datetime | None:
    """Return a moment that is not later than `at`, else None: nobody knows it yet."""
    return moment if moment <= at else None


def refuse(asking: Asking, reason: str) -> None:
    """Settle the decision as a *no*."""
    asking.state, asking.reason, asking.due_at = "refused", reason, None
