"""Every check of a decision, as things stand."""

from datetime import timedelta

import pytest

from surveys.customers.holding import hold
from surveys.database import db
from surveys.invitations.explaining import explain
from surveys.invitations.planning import plan_new


def against(purchase, now):
    """Return the sentences that speak against asking."""
    return [
        check.phrase % check.values
        for row in explain(purchase, now)
        for check in row.checks
        if not check.is_fine
    ]


def test_nothing_speaks_against_an_order_that_will_be_asked_about(make, now):
    make.touchpoint()
    purchase = make.purchase(delivered_at=now)

    assert against(purchase, now) == []
    plan_new(now, 10)
    assert against(purchase, now) == []


def test_everything_that_speaks_against_is_named_at_once(make, now):
    make.touchpoint(conditions=[{"field": "country", "op": "one_of", "value": ["CH"]}])
    customer = make.customer(basis="none", email=None, reference="C-1")
    purchase = make.purchase(customer, delivered_at=now, refunded_at=now)
    hold(customer, "open_task", "task:1", now)
    db.session.commit()

    assert against(purchase, now) == [
        "The order was refunded.",
        "There is no permission or other legal basis to ask this customer.",
        "The customer has no e-mail address.",
        "The touchpoint asks others: one of its conditions is not met.",
        "Would wait for: the solution of the customer's problem.",
    ]


@pytest.mark.once
@pytest.mark.parametrize(("days", "waits"), [(22, True), (24, False)])
def test_a_rest_period_speaks_against_when_it_is_not_over_by_then(make, now, days, waits):
    make.touchpoint(name="Other", survey_key="csat", is_on=False)
    customer = make.customer()
    make.invitation(make.purchase(customer), touchpoint=make.touchpoint(), sent_at=now - timedelta(days=days))
    purchase = make.purchase(customer, delivered_at=now)  # due in 7 days; the rest is 30

    assert against(purchase, now) == (["Would wait for: the end of the rest period."] if waits else [])


def test_a_settled_decision_keeps_what_it_was_counted_from(make, now):
    make.touchpoint()
    purchase = make.purchase(cancelled_at=now)
    plan_new(now, 10)
    purchase.cancelled_at = None
    db.session.commit()

    (row,) = explain(purchase, now)
    assert [check.phrase for check in row.checks] == ["Counted from the delivery."]


def test_touchpoints_that_are_off_and_decided_nothing_are_left_out(make, now):
    make.touchpoint(is_on=False)

    assert explain(make.purchase(), now) == []
