"""What the demo's customers do in their year: they order, are asked, answer, or do not want to be asked."""

import heapq
import itertools
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from feedback.analysis.analysing import analyse
from feedback.analysis.readers import Reader
from feedback.demo.opinions import Opinion, Voices, answered_at
from feedback.demo.story import YEAR, Order, Shopper
from feedback.follow_up.opening import consider as consider_response
from surveys.brand.models import Brand
from surveys.customers.opting_out import object_to_asking
from surveys.customers.recording import record_purchase
from surveys.customers.records import CustomerRecord, ItemRecord, Money, PurchaseRecord
from surveys.invitations.judging import judge
from surveys.invitations.models import Invitation
from surveys.invitations.planning import consider as consider_purchase
from surveys.invitations.planning import refuse
from surveys.invitations.queries import locked_invitations
from surveys.invitations.sending import settle
from surveys.responses.answering import Given, response_to, save_partial, submit
from surveys.responses.queries import Asked

BATCH = 100  # events between two commits
SHIPPING = 490
READ_AFTER = timedelta(minutes=1)
# Hours before the end at which somebody answers in any case, so that the last days are alive.
LAST_ANSWERS = (30, 26, 21, 5, 2, 0.4)
Keep = Callable[[float], None]


class Year:
    """The year up to `now`, event by event."""

    def __init__(self, brands: dict[str, Brand], voices: Voices, reader: Reader, now: datetime, keep: Keep):
        self.brands = brands
        self.voices = voices
        self.chance = voices.chance
        self.reader = reader
        self.now = now
        self.keep = keep
        self.events: list[tuple[datetime, int, Callable[..., None], tuple[Any, ...]]] = []
        self.number = itertools.count()
        self.silent: list[tuple[Invitation, Order]] = []

    def run(self, orders: Iterable[Order]) -> None:
        """Let everything happen in the order of time; what lies after `now` does not happen."""
        for order in orders:
            moments = (order.delivered_at, order.shipped_at, order.placed_at)
            self.at(next(at for at in moments if at <= self.now), self.told, order)
        for done in itertools.count(1):
            if not self.events:
                break
            at, _, happen, facts = heapq.heappop(self.events)
            happen(at, *facts)
            if done % BATCH == 0:
                self.keep(1 - (self.now - at) / YEAR)
        self.answer_lately()
        self.keep(1)

    def at(self, at: datetime, happen: Callable[..., None], *facts: Any) -> None:
        """Let something happen then."""
        if at <= self.now:
            heapq.heappush(self.events, (at, next(self.number), happen, facts))

    def told(self, at: datetime, order: Order) -> None:
        """The shop tells of an order, with what has happened to it so far."""
        brand = self.brands[order.shopper.brand.key]
        purchase, _ = record_purchase(brand, record_of(order, at), at)
        purchase.customer.made_by_demo = True
        consider_purchase(purchase.id, at)
        for invitation in locked_invitations(purchase).values():
            if invitation.due_at is not None:
                self.at(invitation.due_at, self.due, invitation, order)

    def due(self, at: datetime, invitation: Invitation, order: Order) -> None:
        """An invitation is due: it leaves, waits, or is refused, as the house judges."""
        verdict = judge(invitation, at)
        if verdict.reason is not None:
            refuse(invitation, verdict.reason)
        elif verdict.later is not None:
            invitation.due_at = verdict.later
            self.at(verdict.later, self.due, invitation, order)
        else:
            settle(invitation, None, at)
            self.asked(at, invitation, order)

    def asked(self, at: datetime, invitation: Invitation, order: Order) -> None:
        """The customer has the mail: some answer, very few object to being asked."""
        opinion = self.voices.on_recommending(order)
        if opinion is not None:
            self.at(answered_at(at, opinion), self.answered, invitation, opinion)
        else:
            self.silent.append((invitation, order))
            if self.chance.random() < 0.006:
                self.at(at + timedelta(hours=self.chance.uniform(1, 40)), self.objected, invitation)

    def objected(self, at: datetime, invitation: Invitation) -> None:
        """The customer does not want to be asked again."""
        object_to_asking(invitation.customer, "one_click", at)

    def answered(self, at: datetime, invitation: Invitation, opinion: Opinion) -> None:
        """The customer answers; a few leave half-way."""
        given = Given(
            submission_id=f"demo-{invitation.id}",
            score=opinion.score,
            solved=None,
            comment=opinion.comment,
            contact_permission=opinion.contact_permission,
        )
        if self.chance.random() < 0.015:
            save_partial(asked_by(invitation), given, at)
        else:
            submit(asked_by(invitation), given, at)
        response = response_to(invitation.id)
        assert response is not None
        self.understand(response.id, at, opinion)

    def understand(self, response_id: int, at: datetime, opinion: Opinion) -> None:
        """The loop considers the answer at once, and again when its comment has been read."""
        consider_response(response_id, at)
        analyse(response_id, self.reader, at + READ_AFTER)
        if opinion.comment:
            consider_response(response_id, at + READ_AFTER)

    def answer_lately(self) -> None:
        """Let some people answer in the last hours, whatever chance has said."""
        for hours in LAST_ANSWERS:
            at = self.now - timedelta(hours=hours)
            waiting = [each for each in self.silent if each[0].sent_at and each[0].sent_at < at]
            if not waiting:
                continue
            invitation, order = waiting[-1 - self.chance.randrange(min(len(waiting), 30))]
            self.silent.remove((invitation, order))
            opinion = None
            while opinion is None:
                opinion = self.voices.on_recommending(order)
            self.answered(at, invitation, opinion)


def record_of(order: Order, at: datetime) -> PurchaseRecord:
    """Return what the shop knows of an order at that moment."""
    shopper, brand = order.shopper, order.shopper.brand
    currency = shopper.country.currency
    reference = f"{brand.key[0].upper()}-{10_000 + order.number}"
    total = sum(product.price * quantity for product, quantity in order.lines) + SHIPPING
    gone = order.cancelled
    track = f"https://{order.carrier.lower()}.example/track/{90_000_000 + order.number}"
    return PurchaseRecord(
        reference=reference,
        customer=customer_of(shopper),
        placed_at=order.placed_at,
        items=tuple(
            ItemRecord(
                sku=product.sku,
                name=product.title(shopper.language),
                category=product.category(shopper.language),
                quantity=quantity,
                price=Money(product.price, currency),
            )
            for product, quantity in order.lines
        ),
        total=Money(total, currency),
        ship_country=shopper.country.code,
        carrier=order.carrier,
        order_url=f"https://{brand.domain}/admin/orders/{reference}",
        tracking_url=None if gone else track,
        promised_at=order.promised_at,
        shipped_at=order.shipped_at if order.shipped_at <= at and not gone else None,
        delivered_at=order.delivered_at if order.delivered_at <= at and not gone else None,
        cancelled_at=min(at, order.placed_at + timedelta(hours=3)) if gone else None,
    )


def customer_of(shopper: Shopper) -> CustomerRecord:
    """Return what the shop knows of a customer."""
    return CustomerRecord(
        reference=f"C-{shopper.number}",
        email=shopper.person.email,
        name=shopper.person.name,
        locale=shopper.locale,
        time_zone=shopper.country.time_zone,
        country=shopper.country.code,
    )


def asked_by(invitation: Invitation) -> Asked:
    """Return what an invitation asks, as the customer's page would know it."""
    customer, version = invitation.customer, invitation.version
    brand = customer.brand
    return Asked(
        invitation_id=invitation.id,
        purpose=invitation.purpose,
        locale=invitation.locale,
        customer_id=customer.id,
        purchase_id=invitation.purchase_id,
        expires_at=invitation.expires_at,
        answered_at=invitation.answered_at,
        version_id=version.id,
        survey_id=version.survey_id,
        kind=version.survey.kind,
        definition="",
        brand_id=brand.id,
        brand_key=brand.key,
        brand_name=brand.name,
        colour=brand.colour,
        privacy_url=brand.privacy_url,
        ahead=0,
    )
