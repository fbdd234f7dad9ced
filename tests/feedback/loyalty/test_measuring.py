"""Who orders again, who lapses, what that is worth: from orders and answers, and never of so few that they are known."""

from datetime import timedelta

import pytest

from feedback.insights.selection import Selection
from feedback.loyalty.churn import Lapse
from feedback.loyalty.measuring import at_stake, repeat, staying
from feedback.loyalty.queries import Stake, cohort, lapse_of
from tests.factories import Make

DAY = timedelta(days=1)


def answers_then_orders(make: Make, score: int, people: int, again: int, **values) -> None:
    """Let so many people answer four months ago; some of them order 40 days later."""
    at = make.now - 120 * DAY
    with make.at_one_go():
        for number in range(people):
            customer = make.customer(f"C{score} {number}")
            make.response(score, customer=customer, submitted_at=at, saved_at=at, **values)
            if number < again:
                make.purchase(customer, placed_at=at + 40 * DAY)


@pytest.mark.once
def test_each_group_has_its_share_and_happy_answers_go_together_with_orders(make, now):
    answers_then_orders(make, 10, 40, 30)
    answers_then_orders(make, 7, 10, 4)
    answers_then_orders(make, 2, 40, 10)

    found = repeat(Selection(), now)

    assert found is not None
    shares = {name: (share.k, share.n) for name, share in found.groups.items()}
    assert shares == {"detractor": (10, 40), "passive": (4, 10), "promoter": (30, 40)}
    assert (found.everybody.k, found.everybody.n, found.hidden) == (44, 90, 0)
    difference, interval = found.difference or (None, None)
    assert difference == 0.5 and interval is not None and interval.low > 0.2


def test_what_does_not_count(make, now):
    answers_then_orders(make, 10, 6, 3)
    at = now - 120 * DAY
    late, back = make.customer("Late"), make.customer("Back")
    make.response(10, customer=late, submitted_at=at, saved_at=at)
    make.purchase(late, placed_at=at + 91 * DAY)
    make.purchase(late, placed_at=at - DAY)
    make.response(10, customer=back, submitted_at=at, saved_at=at)
    make.purchase(back, placed_at=at + 5 * DAY, cancelled_at=now)
    make.response(10, customer=back, submitted_at=at + DAY, saved_at=at + DAY)  # counted once
    make.response(10, submitted_at=now - 89 * DAY, saved_at=now - 89 * DAY)  # too early to say
    make.purchase(
        make.response(10, customer=None, excluded_at=now, excluded_reason="test", submitted_at=at).customer
    )

    found = repeat(Selection(survey="nps"), now)

    assert found is not None and (found.everybody.k, found.everybody.n) == (3, 8)


def test_groups_that_would_tell_on_single_people_are_left_out(make, now):
    answers_then_orders(make, 10, 40, 30)
    answers_then_orders(make, 7, 20, 4)
    answers_then_orders(make, 2, 3, 1)

    found = repeat(Selection(), now)

    assert found is not None and set(found.groups) == {"promoter"} and found.hidden == 2
    assert found.difference is None
    assert repeat(Selection(survey=make.anonymous("csat").key), now) is None


def history(
    make: Make, number: int, gaps, last_ago: int, amount: int = 1000, currency: str = "EUR", **values
):
    """Make a customer whose orders lay so many days apart, the last one so many days ago."""
    customer = make.customer(f"H{number}", **values)
    at = make.now - last_ago * DAY
    for gap in (*reversed(gaps), None):
        make.purchase(customer, placed_at=at, total_amount=amount, currency=currency)
        if gap:
            at -= gap * DAY
    return customer


@pytest.fixture
def shop(make):
    """Sixty customers: every gap is 30 days but for one of 60; ten stopped, and five are new."""
    with make.at_one_go():
        for number in range(45):
            history(make, number, (30, 30, 60 if number == 0 else 30, 30), last_ago=5)
        for number in range(45, 55):
            history(make, number, (30, 30), last_ago=100)
        for number in range(55, 60):
            history(make, number, (), last_ago=10)
    return make.brand()


@pytest.mark.once
def test_a_lapse_is_longer_than_nineteen_of_twenty_gaps(make, now, shop):
    assert lapse_of(shop, now) == Lapse(30, 200)
    twice = make.customer("Twice")
    for _ in range(300):
        make.purchase(twice, placed_at=now - 3 * DAY)  # on one day, so no gap at all
    assert lapse_of(shop, now) == Lapse(30, 200)
    assert lapse_of(make.brand("other"), now) is None


def test_of_those_who_were_active_three_months_ago_the_new_ones_are_in_neither_number(make, now, shop):
    lapse = Lapse(30, 200)
    start = now - 91 * DAY

    found = cohort(shop, lapse, start, now)

    assert (found.at_start, found.lost) == (55, 10)
    told = staying(shop, now, margin=0.5, discount=None)
    assert told.churn is not None and (told.churn.at_start, told.churn.lost) == (55, 10)
    [euro] = told.worths
    # 45 customers ordered 10.00 three or four times within the three months; their churn a month is 1 - (45/55)^(1/3).
    assert (
        euro.currency == "EUR" and euro.value is not None and euro.least is not None and euro.most is not None
    )
    monthly = 1 - (45 / 55) ** (1 / 3)
    assert euro.value.simple == pytest.approx(euro.revenue * 0.5 / monthly)
    assert euro.least < euro.value.simple < euro.most
    assert staying(shop, now, margin=None, discount=None).worths[0].value is None


def test_money_is_told_per_currency_and_where_nobody_lapsed_there_is_no_value(make, now):
    with make.at_one_go():
        for number in range(20):
            history(make, number, (30, 30, 30, 30), last_ago=5)
        for number in range(20, 30):
            history(make, number, (30, 30, 30, 30), last_ago=5, amount=500, currency="CHF")
        for number in range(30, 33):
            history(make, number, (30, 30, 30, 30), last_ago=5, amount=7, currency="USD")

    found = staying(make.brand(), now, margin=0.5, discount=0.01)

    assert found.churn is not None and found.churn.lost == 0
    # Three who pay in dollars are too few to tell.
    assert [(each.currency, each.churn.at_start, each.value) for each in found.worths] == [
        ("CHF", 10, None),
        ("EUR", 20, None),
    ]


def test_open_tasks_stand_for_what_their_customers_spent(make, now):
    other = make.brand("other", name="Other")
    with make.at_one_go():
        for number in range(6):
            customer = make.customer(f"E{number}")
            bought = make.purchase(customer, total_amount=1000)
            make.purchase(customer, total_amount=500, placed_at=now - 400 * DAY)  # more than a year ago
            make.purchase(customer, total_amount=9000, refunded_at=now)
            make.task(make.response(2, customer=customer, purchase=bought))
        swiss = make.customer("Swiss", brand=other)
        order = make.purchase(swiss, total_amount=700, currency="CHF")
        make.task(make.response(2, customer=swiss, purchase=order))
        done = make.response(2, customer=make.customer("Done"))
        make.purchase(done.customer, total_amount=4000)
        make.task(done, state="closed", closed_at=now, due_at=None, outcome="no_action")

    everything, seen = (at_stake(None, now, sees_everything=each) for each in (True, False))

    assert everything.tasks == 7
    assert everything.stakes == {"CHF": Stake(1, 700, 1, 700), "EUR": Stake(6, 6000, 6, 6000)}
    assert set(seen.stakes) == {"EUR"} and seen.hidden == 1
    assert at_stake("other", now, sees_everything=True).stakes == {"CHF": Stake(1, 700, 1, 700)}
