"""Everybody who raised it, each with something of their own."""

from datetime import timedelta

import pytest

from feedback.improving.telling.writing import write
from surveys.customers.models import CustomerHold
from surveys.database import db
from surveys.permission.suppressing import suppress
from tests.feedback.improving.raising import answered, in_effect, raised

DAY = timedelta(days=1)
TEXTS = {
    "en": ("Parcels came late.", "We changed the carrier."),
    "de": ("Pakete kamen zu spät.", "Wir haben den Versanddienst gewechselt."),
}


@pytest.fixture
def cast(make, now):
    """Everybody who raised it, each with something of their own, and some who did not."""
    at = now - 40 * DAY
    with make.at_one_go():
        people = {
            name: make.customer(name.title(), **values)
            for name, values in {
                "dora": {"email": "dora@example.test", "reference": "C-1"},
                "emil": {"locale": "de"},
                "fleur": {"locale": "fr"},
                "twin": {"email": "dora@example.test", "reference": "C-2"},
                "silent": {},
                "objector": {"objected_at": now},
                "listed": {"email": "listed@example.test"},
                "nobody": {"email": None, "reference": "C-3"},
                "busy": {},
                "paused": {"paused_until": now + 9 * DAY},
            }.items()
        }
        for place, (name, customer) in enumerate(people.items()):
            raised(
                make,
                at - timedelta(minutes=place),
                customer=customer,
                locale=customer.locale,
                contact_permission=name != "silent",
            )
        raised(make, at - DAY, customer=people["dora"])
        raised(make, at, link=make.link())
        for name, values in {
            "happy": {"polarity": 0.8},
            "other": {"code": "PRICE.TOO_EXPENSIVE"},
            "early": {},
        }.items():
            day = now - 90 * DAY if name == "early" else at
            raised(make, day, customer=make.customer(name.title()), **values)
        make.keep(CustomerHold(customer_id=people["busy"].id, key="task:1", reason="open_task", held_at=now))
        suppress("listed@example.test", "manual", now, brand=make.brand())
        answered(make, at, 20)
    return people


@pytest.fixture
def found(cast, now):
    made = in_effect(now)
    write(made, TEXTS, now, actor=None)
    db.session.commit()
    return made


def cast_name(cast, customer_id):
    return next(name for name, customer in cast.items() if customer.id == customer_id)
