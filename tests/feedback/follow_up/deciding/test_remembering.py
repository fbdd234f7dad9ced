"""What is known of a customer when an answer is judged."""

from datetime import timedelta

import pytest

from feedback.follow_up.deciding.book import STANDARD, Book, Rule
from feedback.follow_up.deciding.remembering import past_for_rules, past_of, submission_of
from feedback.follow_up.deciding.signs import NOTHING
from feedback.follow_up.deciding.valuing import reckon_brand
from surveys.segments.models import Segment

DAY = timedelta(days=1)


def past(response, book=STANDARD):
    return past_of(response, submission_of(response), None, book)


@pytest.fixture
def regular(make):
    """Somebody with five orders, the last one a large one."""
    customer = make.customer()
    for _ in range(4):
        make.purchase(customer, placed_at=make.now - 60 * DAY)
    return make.purchase(customer, total_amount=25_000)


@pytest.mark.once
def test_a_regular_with_a_large_order_is_a_vip(make, regular):
    order = make.response(7, customer=regular.customer, purchase=regular)
    without_order = make.response(7, customer=regular.customer)
    somebody = make.response(7)

    assert past(order).is_vip and past(without_order).is_vip
    assert not past(somebody).is_vip
    assert past_for_rules(order, STANDARD).is_vip


def test_a_rule_can_say_who_is_a_vip(make, now):
    segment = make.keep(
        Segment(
            brand=make.brand(),
            name="Gold",
            conditions=[{"field": "attribute", "op": "one_of", "value": ["gold"], "name": "tier"}],
            created_at=now,
            changed_at=now,
        )
    )
    gold = make.purchase(attributes={"tier": "gold"})
    response = make.response(7, customer=gold.customer, purchase=gold)
    book = Book(2, (Rule("vip", "vip", segment=segment.public_id),))

    assert past(response, book).is_vip and past(response, book).segments == {segment.public_id}
    assert not past(make.response(7), book).is_vip


def test_an_earlier_unhappy_answer_counts_for_half_a_year(make, now):
    customer = make.customer()
    make.response(2, customer=customer, submitted_at=now - 100 * DAY)
    make.response(9, customer=customer, submitted_at=now - 50 * DAY)
    again = past(make.response(3, customer=customer))

    assert (again.unhappy_lately, again.unhappy_before) == (True, False)
    late = past(make.response(3, customer=customer, submitted_at=now + 100 * DAY))
    assert (late.unhappy_lately, late.unhappy_before) == (True, True)  # the answer of today
    other = make.customer()
    make.response(2, customer=other, submitted_at=now - 181 * DAY)
    assert not past(make.response(3, customer=other)).unhappy_lately


@pytest.mark.once
def test_another_case_counts_for_thirty_days_and_a_settled_one_of_the_order_for_ever(make, now):
    order = make.purchase()
    first = make.response(3, customer=order.customer, purchase=order)
    make.task(first, state="closed", outcome="no_action", closed_at=now, opened_at=now - 31 * DAY)
    second = make.response(3, customer=order.customer, purchase=order)

    assert (past(second).case_lately, past(second).same_order) == (False, True)
    assert (past(first).case_lately, past(first).same_order) == (False, False)
    make.task(make.response(3, customer=order.customer))
    assert past(second).case_lately


@pytest.mark.once
def test_the_value_is_the_place_among_the_shops_customers(make, now):
    with make.at_one_go():
        for number in range(1, 21):
            make.purchase(total_amount=100 * number)
        order = make.purchase(total_amount=1000)
        response = make.response(3, customer=order.customer, purchase=order)
    assert past(response).value == 0.5  # nobody has reckoned yet
    reckon_brand(make.brand().id, now)

    assert past(response).value == pytest.approx(11 / 21)
    assert past(make.response(3)).value == 0


def test_who_cannot_be_meant_is_not_looked_up(make, regular):
    happy = make.response(10, customer=regular.customer, purchase=regular)

    assert past(happy) is NOTHING


def test_an_order_is_undelivered_when_its_time_is_over_and_the_shop_reports_deliveries(make, now):
    def is_late(**values):
        order = make.purchase(**({"placed_at": now - 11 * DAY, "delivered_at": None} | values))
        return past(make.response(3, customer=order.customer, purchase=order)).undelivered

    assert not is_late()  # nobody knows: no delivery of any order is reported here
    make.purchase()
    assert is_late()
    assert not is_late(placed_at=now - 9 * DAY)
    assert not is_late(promised_at=now + DAY)
    assert not is_late(cancelled_at=now - DAY)
    assert not is_late(delivered_at=now - DAY)
