"""The dry run comes to what planning and sending come to."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from surveys.customers.models import Objection
from surveys.database import db
from surveys.invitations.models import Invitation
from surveys.invitations.planning import plan_new
from surveys.invitations.rehearsing import dry_run
from surveys.invitations.sending import send_due

DAY = timedelta(days=1)


@pytest.fixture
def orders(make, now):
    """Return a touchpoint and orders of all kinds, delivered within an hour of each other."""
    brand = make.brand()
    touchpoint = make.touchpoint(
        brand=brand,
        conditions=[
            {"field": "country", "op": "none_of", "value": ["CH"]},
            {"field": "orders", "op": "at_most", "value": ["2"]},
        ],
    )
    regular = make.customer("Reg", email="reg@example.test")
    with make.at_one_go():
        make.keep(Objection(brand_id=brand.id, email="pat@example.test", objected_at=now, source="page"))
        for hours, customer, values in (
            (1, make.customer(), {}),
            (2, make.customer(country="CH"), {}),
            (3, make.customer(basis="none"), {}),
            (4, make.customer("Pat", email="pat@example.test"), {}),
            (5, make.customer(email=None, reference="C-1"), {}),
            (6, regular, {}),
            (7, regular, {}),
            (8, regular, {}),
            (9, make.customer(), {"refunded_at": now}),
            (10, make.customer(), {"returned_at": now}),
        ):
            at = now - DAY + timedelta(hours=hours) / 10
            make.purchase(customer, placed_at=at, delivered_at=at, **values)
    return touchpoint


@pytest.mark.thorough
def test_it_comes_to_what_the_house_then_does(make, now, orders, channels, post):
    found = dry_run(orders.brand, [orders], now - 2 * DAY, now, 1000)
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0
    plan_new(now, 100)
    for hours in range(24 * 6, 24 * 10):
        send_due(now + timedelta(hours=hours), 100, channels, post)
    rows = db.session.execute(
        select(func.coalesce(Invitation.reason, "asked"), func.count()).group_by(Invitation.reason)
    )
    counts = dict(found.outcomes[orders.public_id].counts)

    assert counts == dict(rows.tuples().all())
    assert counts == {
        "asked": 2,
        "conditions": 2,
        "no_permission": 1,
        "objected": 1,
        "no_address": 1,
        "rest_period": 1,
        "refunded": 1,
        "open_return": 1,
    }
    assert (found.asked, found.orders) == (2, 10)


def test_only_the_newest_are_looked_at_when_there_are_too_many(orders, now):
    assert dry_run(orders.brand, [orders], now - 2 * DAY, now, 3).orders == 3


@pytest.mark.once
def test_the_command_says_it(app, make_today):
    make_today.touchpoint(is_on=False)
    make_today.purchase()
    runner = app.test_cli_runner()

    assert "--all" in runner.invoke(args=["asking", "dry-run"]).output
    said = runner.invoke(args=["asking", "dry-run", "--all"]).output
    assert "1 of 1 would have been asked" in said
    assert "no brand with the key" in runner.invoke(args=["asking", "dry-run", "--brand", "x"]).output


@pytest.mark.once
def test_the_page_says_it(make_today, signed_in):
    olga = signed_in(make_today.staff("Olga", role="admin"))
    brand = make_today.brand()
    assert "Add a touchpoint first" in olga.get(f"/settings/dry-run/{brand.key}").text
    touchpoint = make_today.touchpoint()
    off = make_today.touchpoint(name="Off", is_on=False, survey_key="csat", trigger="returned")
    make_today.purchase(reference="A-7001")
    page = olga.get(f"/settings/dry-run/{brand.key}").text

    assert "1 of 1 orders would have led to a question." in page
    assert "A-7001" in page
    both = f"?days=30&touchpoint={touchpoint.public_id}&touchpoint={off.public_id}"
    assert (
        "What the touchpoint waits for was not reported."
        in olga.get(f"/settings/dry-run/{brand.key}{both}").text
    )
    assert olga.get(f"/settings/dry-run/{brand.key}?days=0").status_code == 422
    assert olga.get("/settings/dry-run/nothing").status_code == 404


def test_those_who_stay_away_are_the_same_in_the_dry_run_and_in_the_house(make, now, channels, post):
    touchpoint = make.touchpoint(trigger="lapsed", delay=20 * DAY, rest=timedelta(0))
    pat = {"email": "pat@example.test"}
    one, other = (make.customer("Pat", reference=reference, **pat) for reference in ("C-1", "C-2"))
    for customer, days, values in (
        (one, 15, {}),
        (other, 3, {}),
        (make.customer(email=None, reference="C-3"), 2, {}),
        (make.customer(), 2, {}),
        (called_off := make.customer(), 2, {}),
        (called_off, 1, {"cancelled_at": now - DAY}),
    ):
        make.purchase(customer, placed_at=now - days * DAY, **values)
    found = dry_run(touchpoint.brand, [touchpoint], now - 30 * DAY, now, 1000)
    plan_new(now, 100)
    for days in range(30):
        send_due(now + days * DAY, 100, channels, post)
    by_reason = select(func.coalesce(Invitation.reason, "asked"), func.count()).group_by(Invitation.reason)

    counts = dict(found.outcomes[touchpoint.public_id].counts)
    assert counts == dict(db.session.execute(by_reason).tuples().all())
    assert counts == {"asked": 3, "bought_again": 1, "cancelled": 1, "no_address": 1}


@pytest.mark.once
def test_stages_are_the_same_in_the_dry_run_and_in_the_house(make, now, channels, post):
    brand = make.brand(active_days=5, lapsed_days=20)
    newcomers = [{"field": "stage", "op": "one_of", "value": ["new"]}]
    touchpoint = make.touchpoint(
        brand=brand, trigger="placed", delay=4 * DAY, rest=timedelta(0), conditions=newcomers
    )
    regular, back = make.customer(), make.customer()
    for customer, days in ((make.customer(), 1), (regular, 1), (regular, 3), (back, 1), (back, 30)):
        make.purchase(customer, placed_at=now - days * DAY)
    found = dry_run(brand, [touchpoint], now - 5 * DAY, now, 1000)
    plan_new(now, 100)
    for days in range(6):
        send_due(now + days * DAY, 100, channels, post)
    by_reason = select(func.coalesce(Invitation.reason, "asked"), func.count()).group_by(Invitation.reason)

    counts = dict(db.session.execute(by_reason).tuples().all())
    assert counts == {"asked": 1, "conditions": 3, "too_late": 1}
    assert dict(found.outcomes[touchpoint.public_id].counts) == {"asked": 1, "conditions": 3}
