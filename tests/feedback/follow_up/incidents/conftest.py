"""An incident with tasks, for the stories of this room."""

import pytest

from feedback.follow_up.incidents.models import Incident
from surveys.database import db


@pytest.fixture
def incident(make_today):
    """A carrier from which many tasks come."""
    now = make_today.now
    found = Incident(
        brand=make_today.brand(),
        sign="carrier",
        named="DHL",
        title="DHL",
        usual=0.4,
        began_at=now,
        last_at=now,
    )
    db.session.add(found)
    db.session.commit()
    return found


@pytest.fixture
def part(make_today, incident):
    """Make a task of the incident, of a customer of its own who answered in `locale`."""

    def make(name="Dora", locale="en", priority="P3", **values):
        customer = values.pop("customer", None) or make_today.customer(name)
        given = values.pop("response", None) or make_today.response(2, customer=customer, locale=locale)
        return make_today.task(given, priority=priority, incident=incident, **values)

    return make


@pytest.fixture
def ben(make_today):
    return make_today.staff("Ben", email="ben@shop.test")
