"""The cast and their things: plain functions with honest defaults; everything made is committed."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache, wraps
from typing import Any

from sqlalchemy import func, select

from feedback.follow_up.clocks.timing import calendar_of
from feedback.follow_up.models import Task
from feedback.follow_up.service_levels import due_times
from surveys.brand.models import Brand
from surveys.customers.models import Customer, Purchase, PurchaseItem
from surveys.database import db, public_id
from surveys.invitations.models import AskingRound, Invitation, Touchpoint
from surveys.links.editing import new_key
from surveys.links.models import Link
from surveys.permission.models import PermissionSource
from surveys.questionnaires.definition import Wording, wording
from surveys.questionnaires.metric_wordings import WORDINGS
from surveys.questionnaires.models import Survey
from surveys.questionnaires.placeholders import put_in, values_for
from surveys.questionnaires.promising import promise
from surveys.questionnaires.publishing import publish, publish_starters
from surveys.responses.models import Response
from surveys.scales import SCALES, group_of
from surveys.staff.models import StaffMember
from surveys.staff.passwords import hashed

# The key of a survey on each scale: three are ready-made, the others come into being when a test asks for them.
KEY_OF = {kind: kind for kind in SCALES} | {"ces7": "ces", "ces": "ces5"}
NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)  # a Tuesday, noon in Berlin


@cache
def hash_of(password: str) -> str:
    """Hash a password that many tests use, once: that takes as long as it is meant to."""
    return hashed(password)


def words_for(kind: str, language: str, shop: str = "Demo Shop") -> Wording:
    """What a survey of this kind asks when nobody has written another wording."""
    return wording(WORDINGS[kind], language).filled(lambda text: put_in(text, values_for(shop)))


def committed_once(maker: Callable[..., Any]) -> Callable[..., Any]:
    """Let a maker that makes other things too commit all of them once."""

    @wraps(maker)
    def make(self: "Make", *args: Any, **values: Any) -> Any:
        with self.at_one_go():
            return maker(self, *args, **values)

    return make


class Make:
    """Makes things for tests; `now` is when they come into being unless a test says otherwise."""

    def __init__(self, now: datetime = NOON):
        self.now = now
        self.count = itertools.count(1)
        self.depth = 0
        self.is_bulk = False

    @contextmanager
    def at_one_go(self) -> Iterator[None]:
        """Commit once, when the outermost is done: what is made inside is only flushed."""
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1
        self.settle()

    @contextmanager
    def in_bulk(self) -> Iterator[None]:
        """Store many rows of a kind together at the end: the shop and the survey are there, nothing else has an id."""
        with self.at_one_go(), db.session.no_autoflush:
            self.is_bulk = True
            try:
                yield
            finally:
                self.is_bulk = False

    def settle(self) -> None:
        if self.is_bulk:
            return
        if self.depth:
            db.session.flush()
        else:
            db.session.commit()

    def keep(self, thing: Any) -> Any:
        db.session.add(thing)
        self.settle()
        return thing

    def staff(self, name: str = "Ben", role: str = "agent", **values: Any) -> StaffMember:
        values.setdefault("email", f"{name.lower()}{next(self.count)}@shop.test")
        return self.keep(StaffMember(name=name, role=role, created_at=self.now, **values))

    def brand(self, key: str = "demo", **values: Any) -> Brand:
        found = db.session.scalar(select(Brand).where(Brand.key == key))
        if found is not None:
            return found
        defaults = {
            "name": "Demo Shop",
            "sender_email": "hello@shop.test",
            "reply_to": "care@shop.test",
            "default_basis": "existing_customer",
            "created_at": self.now,
            "changed_at": self.now,
        }
        is_declared = values.pop("declared", True)
        brand = Brand(key=key, **(defaults | values))
        if is_declared and brand.default_basis == "existing_customer":
            self.declaration(brand)
        return self.keep(brand)

    def declaration(self, brand: Brand, **values: Any) -> PermissionSource:
        """What the checkout tells every customer, for longer than any test lasts."""
        defaults = {
            "source": "any",
            "basis": "existing_customer",
            "evidence": "The checkout says: we may ask how it was; you can object at any time.",
            "since": self.now - timedelta(days=9000),
            "declared_at": self.now,
        }
        return self.keep(PermissionSource(brand=brand, **(defaults | values)))

    def survey(self, key: str = "nps") -> Survey:
        wanted = select(Survey).where(Survey.key == key)
        found = db.session.scalar(wanted)
        if found is None:
            publish_starters(self.now)
            self.settle()
            found = db.session.scalar(wanted)
        if found is None:
            kind = next(kind for kind, known in KEY_OF.items() if known == key)
            found = self.keep(Survey(key=key, name=key, kind=kind, created_at=self.now))
            publish(found, WORDINGS[kind], self.now)
            self.settle()
        return found

    @committed_once
    def customer(self, name: str = "Dora Detractor", **values: Any) -> Customer:
        values.setdefault("brand", self.brand())
        values.setdefault("email", f"{name.split(maxsplit=1)[0].lower()}{next(self.count)}@example.test")
        values.setdefault("locale", "en")
        values.setdefault("country", "DE")
        return self.keep(Customer(name=name, created_at=self.now, **values))

    @committed_once
    def purchase(self, customer: Customer | None = None, **values: Any) -> Purchase:
        customer = customer or self.customer()
        defaults = {
            "reference": f"A-{next(self.count)}",
            "placed_at": self.now - timedelta(days=10),
            "delivered_at": self.now - timedelta(days=7),
            "total_amount": 1998,
            "currency": "EUR",
            "created_at": self.now,
            "changed_at": self.now,
            "items": [PurchaseItem(position=1, sku="MUG-1", name="Mug", quantity=2)],
        }
        return self.keep(Purchase(customer=customer, brand=customer.brand, **(defaults | values)))

    @committed_once
    def touchpoint(self, **values: Any) -> Touchpoint:
        values.setdefault("brand", self.brand())
        values.setdefault("survey", self.survey(values.pop("survey_key", "nps")))
        values.setdefault("name", "After delivery")
        found = db.session.scalar(
            select(Touchpoint).where(
                Touchpoint.brand_id == values["brand"].id, Touchpoint.name == values["name"]
            )
        )
        return found or self.keep(Touchpoint(created_at=self.now, changed_at=self.now, **values))

    @committed_once
    def invitation(self, purchase: Purchase | None = None, state: str = "sent", **values: Any) -> Invitation:
        purchase = purchase or self.purchase()
        touchpoint = values.pop("touchpoint", None) or self.touchpoint(brand=purchase.brand)
        sent = {"sent_at": self.now, "expires_at": self.now + timedelta(days=90)} if state == "sent" else {}
        defaults = {
            "touchpoint": touchpoint,
            "purchase": purchase,
            "customer": purchase.customer,
            "version": touchpoint.survey.current,
            "locale": purchase.customer.locale or "en",
            "state": state,
            "due_at": self.now if state == "planned" else None,
            "planned_at": self.now,
        }
        return self.keep(Invitation(**(defaults | sent | values)))

    @committed_once
    def anonymous(self, key: str = "nps") -> Survey:
        """Return a survey whose answers lead to nobody."""
        survey = self.survey(key)
        promise(survey, True)
        return survey

    @committed_once
    def turn(self, customer: Customer | None = None, state: str = "sent", **values: Any) -> Invitation:
        """Make a turn in the next round of a rolling programme; the round is over at `ended_at`, if given."""
        customer = customer or self.customer()
        ended_at = values.pop("ended_at", self.now + timedelta(days=90))
        programme = self.touchpoint(name="Relationship", trigger="rolling", brand=customer.brand)
        rounds = select(func.count()).where(AskingRound.touchpoint_id == programme.id)
        begun_at = ended_at - timedelta(days=180)
        round_ = AskingRound(
            touchpoint=programme,
            number=(db.session.scalar(rounds) or 0) + 1,
            starts_at=begun_at,
            ends_at=ended_at,
            created_at=begun_at,
        )
        defaults = {
            "version": programme.survey.current,
            "locale": customer.locale or "en",
            "facts": {"clock": "rolling", "round": round_.number},
            "planned_at": self.now,
        }
        if state == "sent":
            defaults |= {"sent_at": self.now, "expires_at": self.now + timedelta(days=90)}
        if state == "planned":
            defaults |= {"due_at": self.now, "first_due_at": self.now}
        asked = {"touchpoint": programme, "round": round_, "customer": customer, "state": state}
        return self.keep(Invitation(**(asked | defaults | values)))

    @committed_once
    def link(self, **values: Any) -> Link:
        values.setdefault("brand", self.brand())
        values.setdefault("survey", self.survey(values.pop("survey_key", "nps")))
        defaults = {"key": new_key(), "name": "On the parcel", "channel": "link", "created_at": self.now}
        return self.keep(Link(**(defaults | values)))

    @committed_once
    def response(self, score: int | None = 3, comment: str | None = None, **values: Any) -> Response:
        survey = self.survey(values.pop("survey_key", "nps"))
        by_link = values.get("link")  # of somebody whom nobody knows
        customer = values.pop("customer", None) or (
            None if by_link or survey.is_anonymous else self.customer()
        )
        defaults = {
            "survey": survey,
            "version": survey.current,
            "is_anonymous": survey.is_anonymous,
            "brand": customer.brand if customer else by_link.brand if by_link else self.brand(),
            "customer": customer,
            "submission_id": None if survey.is_anonymous else public_id(),
            "channel": "email",
            "locale": "en",
            "score": score,
            "group": None if score is None else group_of(survey.kind, score),
            "comment": comment,
            "contact_permission": None if survey.is_anonymous else True,
            "saved_at": self.now,
            "submitted_at": self.now,
        }
        return self.keep(Response(**(defaults | values)))

    @committed_once
    def responses(self, scores: Iterable[int], customer: Customer | None = None, **values: Any) -> None:
        """One response of each score, all by one customer."""
        customer = customer or self.customer()
        for score in scores:
            self.response(score, customer=customer, **values)

    @committed_once
    def task(self, response: Response | None = None, **values: Any) -> Task:
        """A new P2 task with the promises of its priority, owned by nobody unless said otherwise."""
        response = response or self.response(3, "Too late")
        priority = values.get("priority", "P2")
        due = due_times(priority, self.now, calendar_of(response.brand))
        defaults = {
            "response": response,
            "customer": response.customer,
            "priority": priority,
            "rule": "low_score",
            "contact_due_at": due.first_contact,
            "resolution_due_at": due.resolution,
            "due_at": due.first_contact,
            "opened_at": self.now,
            "changed_at": self.now,
        }
        return self.keep(Task(**(defaults | values)))
