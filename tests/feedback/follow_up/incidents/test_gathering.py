"""Many tasks from one cause are gathered and told once; where many are usual, nobody is told of anything."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from feedback.analysis.models import Analysis, Mention
from feedback.follow_up.incidents.gathering import MANY, MANY_OF_A_SHOP, gather_by_theme, stay
from feedback.follow_up.incidents.models import Incident
from feedback.follow_up.incidents.queries import running_now
from feedback.follow_up.models import Task
from feedback.follow_up.opening import open_tasks
from feedback.notices.collecting import collect
from feedback.notices.models import Notice
from surveys.database import db

DAY = timedelta(days=1)


def complaints(make, many, carrier, **values):
    """That many customers are unhappy, each about an order of their own that this carrier brought."""
    with make.at_one_go():
        for number in range(many):
            order = make.purchase(make.customer(f"{carrier} {number}"), carrier=carrier, items=[])
            make.response(2, customer=order.customer, purchase=order, **values)


def told(kind):
    rows = db.session.scalars(select(Notice).join(Notice.event))
    return sorted((row.staff.name, row.by_mail) for row in rows if row.event.kind == kind)


def gathered():
    return db.session.scalar(select(func.count(Task.id)).where(Task.incident_id.is_not(None)))


def test_ten_tasks_about_one_carrier_are_one_notice_and_stay_ten_tasks(make, now):
    make.staff("Olga", role="owner")
    complaints(make, MANY + 3, "DHL")
    complaints(make, 2, "UPS")

    open_tasks(now, 100)

    (found,) = running_now(None, now - DAY)
    assert (found.incident.sign, found.incident.title, found.open) == ("carrier", "DHL", MANY + 3)
    assert db.session.scalar(select(func.count(Task.id))) == MANY + 5
    collect(now, 100)
    assert told("gathered") == [("Olga", True)]
    # Nobody owns the two others, which an owner hears of each; of the many only once.
    assert len(told("opened")) == 2


def test_a_later_one_joins_for_a_day_and_danger_is_told_all_the_same(make, now):
    make.staff("Olga", role="owner")
    complaints(make, MANY, "DHL")
    open_tasks(now, 100)
    later = now + 0.9 * DAY
    complaints(make, 1, "DHL", submitted_at=later, saved_at=later)
    open_tasks(later, 100)
    assert gathered() == MANY + 1

    urgent = db.session.scalar(select(Task).order_by(Task.id.desc()).limit(1))
    urgent.priority = "P0"
    db.session.commit()
    collect(later, 100)
    assert told("opened") == [("Olga", True)]

    over = later + 1.1 * DAY
    complaints(make, 1, "DHL", submitted_at=over, saved_at=over)
    open_tasks(over, 100)
    assert gathered() == MANY + 1


def test_where_ten_a_day_are_the_rule_ten_are_no_news(make, now):
    with make.at_one_go():
        for number in range(4 * 28):
            order = make.purchase(carrier="DHL", items=[])
            earlier = now - (1 + number / 4) * DAY - timedelta(hours=1)
            make.task(make.response(2, purchase=order, customer=order.customer), opened_at=earlier)
    complaints(make, MANY, "DHL")

    open_tasks(now, 100)

    assert db.session.scalar(select(func.count(Incident.id))) == 0


@pytest.mark.once
def test_what_says_more_of_the_cause_wins_over_the_shop(make, now):
    with make.at_one_go():
        for number in range(MANY_OF_A_SHOP):
            make.response(1, customer=make.customer(f"Anybody {number}"))
    open_tasks(now, 100)
    complaints(make, MANY, "DHL")
    open_tasks(now, 100)
    with make.at_one_go():
        for _number in range(MANY):
            order = make.purchase()  # a mug, by no carrier
            make.response(2, customer=order.customer, purchase=order)
    open_tasks(now, 100)

    found = [(each.incident.sign, each.open) for each in running_now(make.brand(), now - DAY)]
    assert found == [("article", MANY), ("carrier", MANY), ("shop", MANY_OF_A_SHOP)]


def test_what_is_split_off_stays_where_its_own_answer_shows_the_sign(make, now):
    tasks = [
        make.task(make.response(2, customer=order.customer, purchase=order))
        for order in (make.purchase(make.customer(each), carrier=each, items=[]) for each in ("DHL", "UPS"))
    ]
    brand = tasks[0].customer.brand
    incident = Incident(
        brand=brand, sign="carrier", named="DHL", title="DHL", usual=0, began_at=now, last_at=now
    )
    for task in tasks:
        stay(task, incident)
    assert [task.incident for task in tasks] == [incident, None]


def speaks_of(make, many, reason, **values):
    """That many open tasks about a theme; nothing else is common to them."""
    with make.at_one_go():
        return [make.task(make.response(2), reason=reason, **values) for _number in range(many)]


def test_where_two_were_opened_at_once_and_each_saw_nine_the_next_one_begins(make, now):
    with make.at_one_go():
        for _number in range(MANY):
            order = make.purchase(make.customer(), carrier="DHL", items=[])
            make.task(make.response(2, customer=order.customer, purchase=order))
    complaints(make, 1, "DHL")

    open_tasks(now, 100)

    assert gathered() == MANY + 1


def test_many_that_speak_of_one_theme_are_gathered_when_their_comments_have_been_read(make, now):
    make.staff("Olga", role="owner")
    tasks = speaks_of(make, MANY - 1, "WEBSITE.LOGIN")
    response = make.response(2, "I cannot sign in")
    open_tasks(now, 100)
    assert gathered() == 0

    read = Analysis(response=response, label="negative", polarity=-0.8, analyzer="test", analysed_at=now)
    read.mentions = [Mention(kind="theme", code="WEBSITE", start=2, end=16, polarity=-0.8)]
    make.keep(read)
    response.analysed_at = now
    db.session.commit()
    open_tasks(now, 100)

    (found,) = running_now(None, now - DAY)
    assert (found.incident.sign, found.incident.named, found.open) == ("theme", "WEBSITE", MANY)
    assert {task.incident for task in tasks} == {found.incident}
    collect(now, 100)
    assert told("gathered") == [("Olga", True)]


def test_a_theme_takes_tasks_over_from_the_shop_and_leaves_those_of_a_carrier(make, now):
    with make.at_one_go():
        kept = make.task(make.response(2), reason="DELIVERY")
    shop, carrier = (
        Incident(
            brand=kept.customer.brand, sign=sign, named=name, title=name, usual=0, began_at=now, last_at=now
        )
        for sign, name in (("shop", ""), ("carrier", "DHL"))
    )
    kept.incident = carrier
    of_shop = speaks_of(make, MANY - 1, "DELIVERY", incident=shop)
    last = speaks_of(make, 1, None)[0]

    last.reason = "DELIVERY"
    gather_by_theme(last, now, may_begin=True)
    gather_by_theme(kept, now, may_begin=True)

    assert {task.incident.sign for task in (*of_shop, last)} == {"theme"} and kept.incident is carrier


@pytest.mark.once
def test_what_is_usual_of_a_theme_and_what_says_nothing_is_no_incident(make, now):
    for day in range(1, 29):
        speaks_of(make, 4, "DELIVERY", opened_at=now - day * DAY - timedelta(hours=1))
    for reason in ("DELIVERY", "OTHER"):
        last = speaks_of(make, MANY, reason)[-1]
        gather_by_theme(last, now, may_begin=True)
        assert last.incident is None
