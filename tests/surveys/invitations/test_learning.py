"""Carriers' times are learned from a brand's own parcels."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.database import db
from surveys.invitations.learning import learn_carrier_times
from surveys.invitations.models import CarrierTime

DAY = timedelta(days=1)


def parcels(make, count, carrier="DHL", arrived=None, **values):
    customer = make.customer()
    with make.at_one_go():
        for number in range(count):
            at = (arrived or make.now) - timedelta(hours=number)
            make.purchase(
                customer, carrier=carrier, delivered_at=at, shipped_at=at - (number % 10 + 1) * DAY, **values
            )


def known():
    wanted = select(CarrierTime).order_by(CarrierTime.carrier, CarrierTime.country)
    return [(row.carrier, row.country, row.span, row.parcels) for row in db.session.scalars(wanted)]


@pytest.mark.thorough
def test_thirty_parcels_to_a_country_say_how_long_nine_of_ten_take(make, now):
    parcels(make, 30)
    parcels(make, 40, ship_country="AT")
    parcels(make, 29, carrier="GLS")
    parcels(make, 40, carrier="UPS", arrived=now - 200 * DAY)

    # Each span of 1 to 10 days occurs equally often: nine of ten arrive within 9 days.
    assert learn_carrier_times(now) == 2
    assert known() == [("DHL", "AT", 9 * DAY, 40), ("DHL", "DE", 9 * DAY, 30)]


def test_what_is_learned_anew_replaces_what_was_known(make, now):
    parcels(make, 30)
    for later in (now, now + DAY):
        learn_carrier_times(later)
        db.session.commit()

    assert len(known()) == 1
    assert learn_carrier_times(now + 300 * DAY) == 0
    assert known() == []
