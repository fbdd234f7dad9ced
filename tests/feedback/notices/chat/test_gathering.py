"""What a team hears of in its chat: what presses, bundled, each rung once, by night only what is most urgent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.follow_up.moving import record
from feedback.notices.chat.gathering import backlog
from feedback.notices.chat.models import ChatPost
from feedback.notices.chat.setting_up import set_hook, try_out
from feedback.notices.collecting import collect
from surveys.database import db

URL = "https://chat.test/hooks/x"


@pytest.fixture
def ben(make, now):
    set_hook(make.brand(), URL, True, "P2", make.staff("Olga", role="owner"), now)
    db.session.commit()
    return make.staff("Ben")


def happened(task, kind, now, **values):
    record(task, kind, now, **values)
    db.session.commit()
    collect(now, 100)


def posts():
    return list(db.session.scalars(select(ChatPost).order_by(ChatPost.id)))


@pytest.mark.once
def test_a_quarter_of_an_hour_is_one_post(make, now, ben):
    for minutes in (0, 7):
        task = make.task(assignee=ben)
        happened(task, "assigned", now + timedelta(minutes=minutes), after=ben.public_id)
    collect(now + timedelta(minutes=14), 10)
    assert not posts()
    assert backlog(now + timedelta(minutes=15)) == 1
    for minutes in (15, 16, 40):
        collect(now + timedelta(minutes=minutes), 10)
    (post,) = posts()
    assert len(post.news) == 2 and post.due_at == now + timedelta(minutes=15)


def test_only_what_the_team_wants_is_told_and_each_rung_once(make, now, ben):
    task = make.task(assignee=ben)
    happened(make.task(assignee=ben, priority="P3"), "assigned", now, after=ben.public_id)
    happened(task, "reminded", now, after="50", clock="contact")
    for clock in ("contact", "resolution"):
        happened(task, "escalated", now, after="1", text="admin", clock=clock)
    collect(now + timedelta(minutes=20), 10)
    assert [[each.event.kind for each in post.news] for post in posts()] == [["escalated"]]


def test_nothing_is_gathered_while_it_is_off_or_for_other_shops(make, now, ben):
    other = make.brand(key="other", name="Other")
    away = make.response(2, customer=make.customer(brand=other))
    happened(make.task(away, assignee=ben), "assigned", now, after=ben.public_id)
    set_hook(make.brand(), "", False, "P2", ben, now)
    happened(make.task(assignee=ben), "assigned", now, after=ben.public_id)
    collect(now + timedelta(hours=1), 10)
    assert not posts()


def test_by_night_only_the_most_urgent_is_told(make, now, ben):
    night = now.replace(hour=22)
    for priority in ("P1", "P0"):
        happened(make.task(assignee=ben, priority=priority), "assigned", night, after=ben.public_id)
    collect(night + timedelta(minutes=1), 10)
    (post,) = posts()
    assert [each.event.task.priority for each in post.news] == ["P0"]
    post.state, post.due_at = "sent", None
    db.session.commit()
    collect(night + timedelta(hours=4), 10)
    assert len(posts()) == 1
    collect((now + timedelta(days=1)).replace(hour=8), 10)
    assert [each.event.task.priority for each in posts()[1].news] == ["P1"]


def test_while_a_post_waits_for_its_next_try_news_waits_with_it(make, now, ben):
    try_out(make.brand(), now)
    happened(make.task(assignee=ben), "assigned", now, after=ben.public_id)
    collect(now + timedelta(hours=1), 10)
    assert [post.news for post in posts()] == [[]]
    (tried,) = posts()
    tried.state, tried.due_at = "failed", None
    db.session.commit()
    collect(now + timedelta(hours=2), 10)
    assert len(posts()) == 2


@pytest.mark.crash
def test_four_at_once_make_one_post(app, make, now, ben, race):
    happened(make.task(assignee=ben), "assigned", now, after=ben.public_id)

    def run(_number):
        with app.app_context():
            collect(now + timedelta(minutes=20), 10)
            db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    assert [len(post.news) for post in posts()] == [1]
