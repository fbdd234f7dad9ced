from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from feedback.demo.moving import UnknownStep, Wish, enter_as, move_clock, place_purchase, zone_at_noon
from feedback.demo.peopling import hire, open_shops
from surveys.clock import ClockOffset
from surveys.database import db
from surveys.errors import Missing, Refusal
from surveys.invitations.models import Invitation
from surveys.invitations.planning import plan_new
from surveys.invitations.post import Post
from surveys.invitations.sending import send_due
from surveys.staff.models import StaffSession

WISH = Wish(email="", language="de", country="AT", carrier="Bergbote", late=False)


@pytest.fixture
def shops(app, now):
    brands = open_shops(now - timedelta(days=30))
    db.session.commit()
    return brands


@pytest.mark.parametrize("hour", range(24))
def test_the_customer_lives_where_it_is_noon(hour):
    now = datetime(2026, 11, 21, hour, 29, tzinfo=UTC)

    local = now.astimezone(ZoneInfo(zone_at_noon(now)))

    assert local.hour in (11, 12)


@pytest.mark.once
@pytest.mark.parametrize("hour", [0, 3, 9, 14, 23])
def test_seven_days_after_the_purchase_the_mail_leaves(shops, channels, kept, hour):
    now = datetime(2026, 11, 21, hour, 5, tzinfo=UTC)
    place_purchase(WISH, now)
    db.session.commit()
    plan_new(now + timedelta(seconds=2), 10)
    post = Post("http://127.0.0.1:8000", "survey@shop.test", "a secret of this test, long enough")
    assert send_due(now + timedelta(days=7, seconds=-10), 10, channels, post) == 0

    send_due(now + timedelta(days=7), 10, channels, post)

    assert db.session.scalars(select(Invitation.state)).one() == "sent"
    assert len(kept.messages) == 1


def test_an_invented_customer_is_the_demos_and_a_typed_address_is_not(shops, now):
    invented = place_purchase(WISH, now)
    typed = place_purchase(Wish("me@shop.test", "en", "GB", "Leichtpost", late=True), now)
    db.session.commit()

    assert invented.customer.made_by_demo
    assert not typed.customer.made_by_demo
    assert typed.customer.email == "me@shop.test"
    assert (invented.is_late, typed.is_late) == (False, True)
    assert typed.placed_at < typed.shipped_at < typed.delivered_at


def test_an_address_that_is_none_is_refused(shops, now):
    with pytest.raises(Refusal):
        place_purchase(Wish("not an address", "en", "GB", "Leichtpost", late=False), now)


def test_the_clock_moves_by_an_hour_a_day_or_a_week(app):
    for hours in ("1", "24", "168"):
        move_clock(hours)
    db.session.commit()

    assert db.session.get(ClockOffset, 1).seconds == 193 * 3600
    with pytest.raises(UnknownStep):
        move_clock("-1")


def test_only_the_demos_own_people_can_be_entered_as(make, now):
    make.staff("Olga", "owner")
    with pytest.raises(Missing):
        enter_as("owner", now)

    hire(now)
    enter_as("owner", now)
    db.session.commit()

    session = db.session.scalars(select(StaffSession)).one()
    assert session.staff.made_by_demo
