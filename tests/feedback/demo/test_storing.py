from datetime import timedelta

import pytest
from sqlalchemy import func, select

from feedback.analysis.models import Analysis
from feedback.follow_up.opening import open_tasks
from surveys.brand.models import Brand
from surveys.customers.models import Customer, Purchase
from surveys.database import db
from surveys.invitations.cadence import AskingRule, clock_start, due_time, zone_of
from surveys.invitations.models import Invitation
from surveys.invitations.planning import consider
from surveys.invitations.queries import unconsidered_purchases
from surveys.responses.models import Response

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("looked_at")]


def test_the_house_finds_nothing_to_do_in_a_fresh_demo(looked_at):
    now = looked_at

    assert unconsidered_purchases(10) == []
    assert db.session.scalars(select(Invitation).where(Invitation.due_at <= now)).all() == []
    assert open_tasks(now, 100) == 0
    assert db.session.scalars(select(Response).where(Response.analysed_at.is_(None))).all() == []


def test_the_planning_of_the_house_would_have_come_to_the_same_times(looked_at):
    planned = db.session.scalars(select(Invitation).where(Invitation.touchpoint_id.is_not(None))).all()

    for invitation in planned:
        purchase = invitation.purchase
        start = clock_start(purchase.placed_at, purchase.shipped_at, purchase.delivered_at, AskingRule())
        if invitation.reason != "cancelled":
            zone = zone_of(purchase.customer.time_zone, purchase.brand.time_zone)
            assert invitation.first_due_at == due_time(start, AskingRule(), zone)
    waiting = next(each for each in planned if each.state == "planned")
    before = waiting.due_at
    waiting.purchase.considered_at = None
    db.session.flush()
    consider([waiting.purchase_id], waiting.planned_at)
    assert waiting.due_at == before


def test_every_reading_belongs_to_a_comment_and_the_other_way_round(looked_at):
    commented = select(func.count()).select_from(Response).where(Response.comment.is_not(None))
    verifications = select(func.count()).select_from(Response).where(Response.answers["solved"].is_not(None))
    assert db.session.scalar(select(func.count()).select_from(Analysis)) > 0
    check_backs = set(
        db.session.scalars(
            select(Response.id).join(Response.invitation).where(Invitation.purpose == "verification")
        )
    )
    read = set(db.session.scalars(select(Analysis.response_id)))
    written = set(db.session.scalars(select(Response.id).where(Response.comment.is_not(None))))
    assert read == written - check_backs
    assert db.session.scalar(commented) >= len(read)
    assert verifications is not None


@pytest.mark.once
def test_customers_are_the_demos_own_and_have_bought_something(looked_at):
    now = looked_at

    customers = db.session.scalars(select(Customer)).all()
    assert all(customer.made_by_demo and customer.email.endswith("@example.test") for customer in customers)
    assert {customer.locale[:2] for customer in customers} == {"en", "de"}
    assert len({customer.country for customer in customers}) >= 4
    for purchase in db.session.scalars(select(Purchase)):
        assert purchase.items
        assert purchase.customer.brand_id == purchase.brand_id
        assert purchase.placed_at >= now - timedelta(days=367)
    assert db.session.scalar(select(func.count()).select_from(Brand)) == 2
