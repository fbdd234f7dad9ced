"""The rows of a stretch, told apart by place."""

from datetime import UTC, timedelta

from feedback.insights.rollups.counting import (
    answers_of,
    first_answer_at,
    first_invitation_at,
    invitations_of,
)
from feedback.insights.rollups.cover import Stretch
from surveys.database import db


def test_answers_and_invitations_are_told_apart_by_where_they_come_from(make, now):
    nps, brand, hour = make.survey("nps"), make.brand(), timedelta(hours=1)
    customer = make.customer(country="AT")
    order = make.purchase(customer, ship_country="CH", carrier="Postbus")
    asked = make.invitation(order, sent_at=now - hour)
    make.response(3, customer=customer, purchase=order, invitation=asked, contact_permission=False)
    make.response(10, customer=customer)
    make.response(9, submitted_at=now - 2 * hour)
    make.invitation(make.purchase(), state="failed", planned_at=now - 2 * hour)
    today, zone = now.date(), UTC
    yesterday = today - timedelta(days=1)
    make.response(9, submitted_at=now - timedelta(days=1))
    two_days = Stretch(yesterday, today + timedelta(days=1))

    assert {tuple(row) for row in db.session.execute(answers_of(two_days, zone))} == {
        (today, nps.id, brand.id, "CH", "Postbus", "en", *(0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1)),
        (today, nps.id, brand.id, "AT", "-", "en", *(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0)),
        (today, nps.id, brand.id, "DE", "-", "en", *(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0)),
        (yesterday, nps.id, brand.id, "DE", "-", "en", *(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0)),
    }
    assert {tuple(row) for row in db.session.execute(invitations_of(two_days, zone))} == {
        (today, nps.id, brand.id, "CH", "Postbus", "en", *(1, 0, 0, 0)),
        (today, nps.id, brand.id, "DE", "-", "en", *(0, 0, 0, 1)),
    }
    assert first_answer_at() == now - timedelta(days=1)
    assert first_invitation_at() == now - 2 * hour
