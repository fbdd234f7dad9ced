"""Goodwill written down with a task."""

import pytest
from sqlalchemy import func, select

from feedback.follow_up import triaging
from feedback.follow_up.closing.editing import set_limits
from feedback.follow_up.closing.giving import give
from feedback.follow_up.closing.goodwill import AboveLimit, Money
from feedback.follow_up.closing.models import Goodwill
from feedback.follow_up.closing.queries import currency_of, given_with
from feedback.follow_up.triaging import Ending
from surveys.database import db
from tests.plans import plans


@pytest.fixture
def task(make):
    return make.task()


def test_gifts_add_up_and_stand_in_the_history(task, make, now):
    ben = make.staff("Ben")
    give(task, Money(1000, "EUR"), now, actor=ben)
    give(task, Money(500, "EUR"), now, actor=ben)
    give(task, Money(300, "CHF"), now, actor=ben)
    assert [tuple(each) for each in given_with(task.id)] == [(300, "CHF"), (1500, "EUR")]
    first = task.history[0]
    assert (first.kind, first.before, first.after, first.actor) == ("gave", "EUR", "1000", ben)


def test_nobody_gives_more_than_the_role_may_and_an_owner_may_give_anything(task, make, now):
    ben, olga = make.staff("Ben"), make.staff("Olga", role="owner")
    set_limits(agent=20, admin=100)
    give(task, Money(1500, "EUR"), now, actor=ben)
    db.session.commit()
    with pytest.raises(AboveLimit):
        give(task, Money(600, "EUR"), now, actor=ben)
    db.session.rollback()
    assert [tuple(each) for each in given_with(task.id)] == [(1500, "EUR")]
    give(task, Money(500_000, "EUR"), now, actor=olga)
    with pytest.raises(AboveLimit):
        give(task, Money(100, "EUR"), now, actor=None)


def test_a_refused_gift_leaves_the_task_unresolved(task, make, now):
    ben = make.staff("Ben")
    db.session.commit()
    with pytest.raises(AboveLimit):
        triaging.resolve(
            task, "goodwill", "carrier", now, actor=ben, ending=Ending(goodwill=Money(5001, "EUR"))
        )
    db.session.rollback()
    assert task.state == "new"
    assert db.session.scalar(select(func.count()).select_from(Goodwill)) == 0


def test_taking_the_task_up_again_takes_back_what_was_found_but_not_what_was_given(task, make, now):
    ben = make.staff("Ben")
    ending = Ending(detail="carrier.late", reason="DELIVERY.LATE", goodwill=Money(500, "EUR"))
    triaging.resolve(task, "goodwill", "carrier", now, actor=ben, ending=ending)
    assert (task.cause_detail, task.reason) == ("carrier.late", "DELIVERY.LATE")
    triaging.reopen(task, "It was not", now, actor=ben)
    assert (task.cause, task.cause_detail) == (None, None)
    assert [tuple(each) for each in given_with(task.id)] == [(500, "EUR")]


def test_the_currency_is_the_orders_else_that_of_the_shops_last_order(make):
    order = make.purchase(total_amount=5000, currency="CHF")
    of_order = make.task(make.response(2, customer=order.customer, purchase=order))
    other = make.task(make.response(1))
    assert currency_of(of_order) == currency_of(other) == "CHF"


def test_the_shops_last_order_with_money_is_found_without_reading_the_others(task):
    with plans("purchase") as found:
        currency_of(task)
    assert "ix_purchase_priced" in found[0]


def test_a_shop_without_orders_gives_euros(task):
    assert currency_of(task) == "EUR"
