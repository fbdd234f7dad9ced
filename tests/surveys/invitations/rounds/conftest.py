"""Programmes that are ready to be planned."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.database import db
from surveys.invitations.models import Invitation

LONG_AGO = timedelta(days=400)


@pytest.fixture
def old(make):
    """Return a maker of customers known for longer than a year."""

    def make_old(name="Dora Detractor", **values):
        customer = make.customer(name, **values)
        customer.created_at = make.now - LONG_AGO
        db.session.commit()
        return customer

    return make_old


@pytest.fixture
def rolling(make):
    """Return a maker of rolling programmes."""

    def make_rolling(**values):
        values = {
            "name": "Relationship",
            "trigger": "rolling",
            "every_days": 30,
            "delay": timedelta(0),
        } | values
        return make.touchpoint(**values)

    return make_rolling


@pytest.fixture
def once(make):
    """Return a maker of one-time sends that nobody has started."""

    def make_once(**values):
        return make.touchpoint(**{"name": "News", "trigger": "once", "is_on": False} | values)

    return make_once


def turns():
    """Return all turns that were given, in the order of their customers."""
    given = select(Invitation).where(Invitation.round_id.is_not(None))
    return list(db.session.scalars(given.order_by(Invitation.round_id, Invitation.customer_id)))
