"""The rows of a stretch, told apart by place."""

from datetime import timedelta

from feedback.insights.rollups.counting import (
    answers_in,
    first_answer_at,
    first_invitation_at,
    invitations_in,
)
from feedback.insights.rollups.cover import Piece


def test_answers_and_invitations_are_told_apart_by_where_they_come_from(make, now):
    nps, brand, hour = make.survey("nps"), make.brand(), timedelta(hours=1)
    customer = make.customer(country="AT")
    order = make.purchase(customer, ship_country="CH", carrier="Postbus")
    asked = make.invitation(order, sent_at=now - hour)
    make.response(3, customer=customer, purchase=order, invitation=asked, contact_permission=False)
    make.response(10, customer=customer)
    make.response(9, submitted_at=now - 2 * hour)
    make.invitation(make.purchase(), state="failed", planned_at=now - 2 * hour)
    last_hour = Piece(now - hour, now + hour)

    assert answers_in(last_hour) == {
        (nps.id, brand.id, "CH", "Postbus", "en"): [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1],
        (nps.id, brand.id, "AT", "-", "en"): [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0],
    }
    assert invitations_in(last_hour) == {(nps.id, brand.id, "CH", "Postbus", "en"): [1, 0, 0, 0]}
    assert first_answer_at() == first_invitation_at() == now - 2 * hour
