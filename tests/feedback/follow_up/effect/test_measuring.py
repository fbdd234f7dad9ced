"""The figures of the page, from real rows: the agreed cohort, and what counts where."""

from datetime import date

import pytest

from feedback.follow_up.effect.measuring import effect, orders, parts_of, persons, recovered_from
from feedback.follow_up.effect.queries import Ordered
from feedback.follow_up.effect.regression_to_the_mean import ENOUGH_PAIRS
from feedback.follow_up.models import TaskEvent
from feedback.follow_up.opening import open_tasks
from feedback.insights.selection import Days, Selection, over
from surveys.database import db
from surveys.scales import SCALES
from tests.feedback.follow_up.effect.cohorts import DAY, HOUR, case

ALL = Selection()


def of(now, selection=ALL):
    return effect(selection, now)


def percent(share):
    return round(100 * share.value, 2)


@pytest.mark.once
def test_at_45_a_cohort_of_two_hundred(make, now):
    customer = make.customer()
    kinds = (
        (10, {"outcome": "no_permission"}),
        (27, {"contacted": HOUR, "resolved": DAY, "said": "yes", "outcome": "recovered"}),
        (33, {"contacted": HOUR, "resolved": DAY, "said": "no", "outcome": "not_recovered"}),
        (60, {"contacted": HOUR, "resolved": DAY, "outcome": "unverified"}),
        (13, {"contacted": HOUR}),
        (27, {"contacted": 9 * HOUR}),
        (30, {}),
    )
    with make.at_one_go():
        for n, values in kinds:
            for _ in range(n):
                case(make, now, customer=customer, **values)

    parts = parts_of(of(now))

    in_time = parts["in_time"]
    assert (percent(in_time), in_time.n) == (70.00, 190)
    assert (in_time.interval.low, in_time.interval.high) == pytest.approx((0.6314, 0.7607), abs=5e-5)
    assert (percent(parts["contacted"]), percent(parts["resolved"])) == (84.21, 63.16)
    assert percent(parts["answered"]) == 50
    assert (percent(parts["recovered"]), percent(parts["recovered_of_all"])) == (45.00, 14.21)
    recovered = parts["recovered"].interval
    assert (recovered.low, recovered.high) == pytest.approx((0.3309, 0.5751), abs=5e-5)


def test_a_contact_that_may_still_be_made_in_time_is_not_counted_as_late(make, now):
    case(make, now, age=HOUR)
    case(make, now, age=9 * HOUR)
    case(make, now, age=9 * HOUR, contacted=HOUR)

    assert parts_of(of(now))["in_time"] == (1, 2)


def test_open_tasks_are_watched_until_now_and_closed_ones_until_they_were_closed(make, now):
    case(make, now, age=2 * DAY, contacted=3 * HOUR, resolved=DAY)
    case(make, now, age=2 * DAY)
    case(make, now, age=20 * DAY, outcome="no_action")

    found = of(now)

    assert (found.contact.n, found.contact.events, found.contact.last) == (3, 1, 9 * 24 * 60)
    assert [(step.time, step.at_risk) for step in found.contact.steps] == [(180, 3)]
    assert [(step.time, step.at_risk) for step in found.solution.steps] == [(24 * 60, 3)]


def test_a_task_that_was_taken_up_again_waits_on_and_counts_as_reopened(make, now):
    task = case(make, now, contacted=HOUR, resolved=DAY, said="no")
    task.state, task.resolved_at, task.reopened = "in_progress", None, 1
    db.session.commit()

    found = of(now)

    assert (found.solution.events, parts_of(found)["reopened"], found.tally.recovered) == (0, (1, 1), 0)


def test_the_last_word_of_a_customer_counts(make, now):
    task = case(make, now, contacted=HOUR, resolved=DAY, said="no")
    make.keep(TaskEvent(task=task, at=now, kind="answered", after="yes"))

    assert parts_of(of(now))["recovered"] == (1, 1)


@pytest.mark.once
def test_unhappy_answers_are_covered_by_tasks_and_those_that_must_not_be_are_told(make, now):
    case(make, now, contacted=HOUR)
    case(make, now)
    make.response(2, contact_permission=False)
    make.response(9)
    make.response(1, excluded_at=now, excluded_reason="bot")
    make.response(None, survey_key="check-back", answers={"solved": "no"})

    found = of(now)

    assert found.coverage == (3, 2, 1, 1)
    assert parts_of(found)["reached"] == (1, 3)


@pytest.mark.once
def test_an_answer_that_joined_an_open_task_is_covered_by_it(make, now):
    order = make.purchase()
    for score in (1, 3):
        make.response(score, customer=order.customer, purchase=order, submitted_at=now)
    open_tasks(now, 10)
    db.session.commit()

    assert of(now).coverage == (2, 2, 0, 0)


def test_only_tasks_opened_in_the_period_of_the_brand_count(make, now):
    case(make, now, age=5 * DAY)
    case(make, now, age=200 * DAY)
    other = make.brand("other", name="Other")
    case(make, now, age=5 * DAY, customer=make.customer(brand=other))

    last = over(Selection(), Days.until(now.date(), 30))

    assert of(now).tally.n == 3
    assert of(now, last).tally.n == 2
    assert of(now, over(Selection(brand="other"), Days.until(now.date(), 30))).tally.n == 1


@pytest.mark.once
def test_contact_is_compared_with_the_period_before(make, now):
    with make.at_one_go():
        for place in range(12):
            case(make, now, age=40 * DAY, contacted=(20 + place) * HOUR)
            case(make, now, age=5 * DAY, contacted=(1 + place) * HOUR / 4)

    found = of(now, over(Selection(), Days(date(2026, 2, 9), now.date())))

    assert found.contact.n == 12 and found.before.p < 0.001
    assert found.median_before > found.contact.quantile().time
    assert of(now).before is None  # all of time has nothing before it


@pytest.mark.once
def test_an_order_counts_once_per_customer_within_ninety_days_and_not_when_called_off(make, now):
    def ordered(after, contacted=None, **values):
        task = case(make, now, age=120 * DAY, contacted=contacted)
        make.purchase(task.customer, placed_at=task.opened_at + after, **values)
        return task

    ordered(20 * DAY, contacted=HOUR)
    late = ordered(91 * DAY, contacted=HOUR)
    case(make, now, age=110 * DAY, customer=late.customer)
    ordered(20 * DAY, contacted=20 * DAY)  # contacted too late to count as contacted
    ordered(20 * DAY, cancelled_at=now)
    ordered(-1 * DAY)
    young = case(make, now, age=80 * DAY)
    make.purchase(young.customer, placed_at=young.opened_at + DAY)

    found = of(now).orders

    assert (found.contacted, found.others, found.everybody) == ((1, 2), (1, 3), (2, 5))
    assert found.uplift is None  # so few could be told apart


def test_at_47_who_was_contacted_against_who_was_not():
    found = orders({True: Ordered(70, 56), False: Ordered(80, 48)})

    assert 100 * found.uplift.difference == pytest.approx(20)
    assert found.uplift.needed == pytest.approx(5)
    assert orders({True: Ordered(70, 56)}).uplift is None
    assert orders({True: Ordered(70, 56), False: Ordered(4, 4)}).uplift is None


def test_what_low_scores_do_by_themselves_is_told_beside_what_they_did(make, now):
    with make.at_one_go():
        make.responses([8, 8, 9, 9, 10, 10, 7, 9, 8, 10], submitted_at=now - 200 * DAY)
        for later in (9, 9, 3):
            task = case(make, now, contacted=HOUR, score=3)
            make.response(later, customer=task.customer, submitted_at=now - 10 * DAY)
        case(make, now, score=5)

    found = of(now).by_itself

    assert (found.survey.key, found.recovers_at, found.first, found.first_mean) == ("nps", 7, (4, 4), 3.5)
    assert found.again == (2, 3)
    assert found.stability.is_assumed and found.stability.rho == 0.6
    assert 0 < found.expected.share < 0.6 and not found.is_more
    assert found.expected.mean == pytest.approx(found.everybody.mean + 0.6 * (3.5 - found.everybody.mean))
    assert not found.is_told and not found.is_judged  # so few say nothing


@pytest.mark.once
def test_how_much_lasts_is_learnt_from_customers_nobody_wrote_to_in_between(make, now):
    with make.at_one_go():
        for place in range(ENOUGH_PAIRS):
            customer, first = make.customer(), place % 10
            make.response(first, customer=customer, submitted_at=now - 50 * DAY)
            make.response(first, customer=customer, submitted_at=now - 10 * DAY)
        written_to = case(make, now, contacted=HOUR, score=0)
        make.response(10, customer=written_to.customer, submitted_at=now - 10 * DAY)

    found = of(now).by_itself.stability

    assert (found.n, found.rho, found.is_assumed) == (ENOUGH_PAIRS, 1, False)


@pytest.mark.once
def test_small_priorities_are_left_out_and_none_can_be_worked_out(make, now):
    customer = make.customer()
    with make.at_one_go():
        for priority, n in (("P1", 2), ("P2", 12), ("P3", 7)):
            for _ in range(n):
                case(make, now, customer=customer, priority=priority)

    found = of(now)

    assert [(row.priority, row.tally.n) for row in found.rows] == [("P2", 12)]
    assert found.hidden == 2 and found.tally.n == 21


def test_a_person_is_told_from_thirty_tasks_on(make, now):
    ben, kim, customer = make.staff("Ben"), make.staff("Kim"), make.customer()
    with make.at_one_go():
        for place in range(30):
            case(make, now, customer=customer, assignee=ben, contacted=HOUR if place else 9 * HOUR)
        for _ in range(29):
            case(make, now, customer=customer, assignee=kim)
        case(make, now, customer=customer)

    ((staff_id, tally),) = persons(ALL, now)

    assert (staff_id, tally.n, tally.in_time, tally.due) == (ben.id, 30, 29, 30)


def test_nothing_at_all_is_no_error(make, now):
    found = of(now)

    assert found.tally.n == 0 and found.by_itself is None and found.orders.uplift is None
    assert parts_of(found)["in_time"].value is None


@pytest.mark.parametrize(("kind", "least"), [("nps", 7), ("csat", 4), ("ces7", 5), ("stars_five", 4)])
def test_from_which_score_somebody_is_recovered(kind, least):
    assert recovered_from(SCALES[kind]) == least
