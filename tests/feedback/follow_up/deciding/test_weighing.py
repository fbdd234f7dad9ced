"""Answers and their tasks: one open task for a customer and order, more urgent by itself, less only by a person."""

import contextvars
import threading
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from feedback.analysis.models import INTENT, Analysis, Mention
from feedback.follow_up import triaging
from feedback.follow_up.deciding.queries import signal_of
from feedback.follow_up.deciding.weighing import ReasonMissing, set_priority
from feedback.follow_up.models import Signal, Task
from feedback.follow_up.opening import consider, open_tasks, why_no_task
from surveys.database import db
from surveys.responses.models import CONSIDERED, NEW

HOUR = timedelta(hours=1)


def tasks():
    return list(db.session.scalars(select(Task).order_by(Task.id)))


def read(make, response, label="negative", polarity=-0.8, intents=()):
    finds = [Mention(kind=INTENT, code=code, start=start, end=end) for code, start, end in intents]
    chances = {"p_negative": 0.9, "p_neutral": 0.05, "p_positive": 0.05}
    make.keep(
        Analysis(
            response=response,
            label=label,
            polarity=polarity,
            analyzer="test",
            analysed_at=make.now,
            mentions=finds,
            **chances,
        )
    )
    response.analysed_at = make.now
    db.session.commit()


def of_order(make, order, score=3, comment=None, **values):
    return make.response(score, comment, customer=order.customer, purchase=order, **values)


def kinds(task):
    return [event.kind for event in task.history]


@pytest.mark.once
def test_the_answer_that_opens_a_task_is_kept_with_its_rule_points_and_words(make, now):
    response = make.response(1, "It caught fire. I want my money back.", customer=make.purchase().customer)
    read(make, response, intents=[("safety", 3, 14), ("refund", 23, 36)])
    open_tasks(now, 10)

    (task,) = tasks()
    (signal,) = task.signals
    assert (task.priority, task.rule, task.rule_version) == ("P0", "intent", 1)
    assert (signal.why, signal.further) == ("safety", ["low_score", "negative_comment"])
    assert signal.finds == [["safety", 3, 14], ["refund", 23, 36]]
    assert signal.parts["severity"] == pytest.approx(6 / 7) and signal.parts["intent"] == 1
    assert task.points == signal.points > 0


def test_a_second_answer_about_the_order_joins_the_open_task_and_may_raise_it(make, now):
    order = make.purchase()
    first = of_order(make, order)
    open_tasks(now, 10)
    second = of_order(make, order, 2, "Horrible", survey_key="csat")
    read(make, second)
    open_tasks(now + HOUR, 10)

    (task,) = tasks()
    assert [signal.response_id for signal in task.signals] == [first.id, second.id]
    assert kinds(task)[-2:] == ["joined", "raised"] and task.priority == "P2"
    assert task.history[-1].text == "negative_words"
    assert task.points == max(signal.points for signal in task.signals)
    assert (why_no_task(second, None), second.follow_up_stage) == ("joined", CONSIDERED)


@pytest.mark.once
def test_an_answer_without_an_order_joins_the_customers_newest_open_task(make, now):
    order = make.purchase()
    of_order(make, order)
    open_tasks(now, 10)
    make.response(None, "Still waiting", customer=order.customer, answers={"by": "mail"}, channel="api")
    open_tasks(now, 10)

    (task,) = tasks()
    assert [signal.rule for signal in task.signals] == ["low_score", "wrote_back"]


@pytest.mark.once
def test_another_order_another_customer_and_a_settled_task_open_their_own(make, now):
    order = make.purchase()
    of_order(make, order)
    of_order(make, make.purchase(order.customer))
    make.response(3)
    open_tasks(now, 10)
    assert len(tasks()) == 3

    triaging.close(tasks()[0], "no_action", now, actor=make.staff())
    db.session.commit()
    of_order(make, order)
    open_tasks(now, 10)
    # Unhappy again about an order that was thought to be settled.
    assert (tasks()[-1].priority, tasks()[-1].signals[0].why) == ("P1", "same_order")


@pytest.mark.once
def test_a_happy_answer_and_one_that_refuses_contact_join_nothing(make, now):
    order = make.purchase()
    of_order(make, order)
    of_order(make, order, 10, survey_key="nps")
    of_order(make, order, 1, contact_permission=False)
    open_tasks(now, 10)

    assert len(tasks()[0].signals) == 1


def test_a_customer_who_answers_wakes_the_task_that_waits_for_them(make, now):
    order, ben = make.purchase(), make.staff()
    of_order(make, order)
    open_tasks(now, 10)
    (task,) = tasks()
    triaging.take(task, ben, now)
    triaging.wait_for_customer(task, now + 48 * HOUR, now, actor=ben)
    db.session.commit()
    of_order(make, order, submitted_at=now + HOUR, saved_at=now + HOUR)
    open_tasks(now + HOUR, 10)

    assert task.state == "in_progress" and task.history[-1].text == "customer_reacted"


def test_only_a_person_lowers_and_says_why_and_the_same_answer_does_not_raise_it_again(make, now):
    response = make.response(9, "My lawyer says so")
    read(make, response, "neutral", 0.0, intents=[("legal", 3, 9)])
    open_tasks(now, 10)
    (task,) = tasks()
    with pytest.raises(ReasonMissing):
        set_priority(task, "P3", "  ", now, actor=make.staff())
    set_priority(task, "P3", "Her husband is one.", now + HOUR, actor=make.staff())
    event = task.history[-1]
    assert (event.kind, event.before, event.after, event.text) == (
        "lowered",
        "P0",
        "P3",
        "Her husband is one.",
    )
    assert task.due_at == task.contact_due_at > now + 16 * HOUR

    response.follow_up_stage = NEW
    db.session.commit()
    consider(response.id, now + HOUR)
    assert (task.priority, task.signals[0].priority) == ("P3", "P0")

    set_priority(task, "P1", "He called.", now + HOUR, actor=None)
    assert task.history[-1].kind == "raised"


def test_a_reading_that_asks_for_less_lowers_nothing(make, now):
    response = make.response(3, "Great, but late")
    open_tasks(now, 10)
    read(make, response, "positive", 0.8)
    open_tasks(now, 10)

    (task,) = tasks()
    assert (task.priority, signal_of(response.id).why) == ("P2", "low_with_comment")


@pytest.mark.crash
@pytest.mark.usefixtures("race")
def test_several_schedulers_never_open_two_tasks_for_one_order(application, make, now):
    with make.at_one_go():
        for _ in range(6):
            order = make.purchase()
            for score in (1, 2, 3, 4):
                of_order(make, order, score)
    db.session.rollback()
    start, failures = threading.Barrier(3), []

    def loop():
        with application.app_context():
            start.wait()
            try:
                while open_tasks(now, 3):
                    pass
            except Exception as error:
                failures.append(error)
            db.session.remove()

    threads = [threading.Thread(target=contextvars.Context().run, args=(loop,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert failures == []
    per_task = db.session.execute(select(Signal.task_id, func.count()).group_by(Signal.task_id)).tuples()
    assert Counter(number for _, number in per_task) == {4: 6}
    assert db.session.scalar(select(func.count()).select_from(Task)) == 6
