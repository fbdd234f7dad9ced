"""What is new for me: the number in the head of every page, and the list."""

import re
from datetime import timedelta

import pytest

from feedback.follow_up import triaging
from feedback.follow_up.moving import record
from feedback.notices.collecting import collect
from feedback.notices.queries import habits_of
from surveys.database import db

pytestmark = pytest.mark.once


@pytest.fixture
def ben(make_today):
    return make_today.staff("Ben")


@pytest.fixture
def browser(signed_in, ben):
    return signed_in(ben)


def late(make, ben, number=1, **values):
    tasks = [make.task(assignee=ben, **values) for _ in range(number)]
    for task in tasks:
        record(task, "escalated", make.now, before="0", after="1", text="admin", clock="contact")
    db.session.commit()
    collect(make.now, 1000)
    return tasks


def number_in_the_head(page):
    found = re.search(r'masthead__count">(\d+)<', page.text)
    return int(found[1]) if found else 0


def notices_of(page):
    return re.findall(r'name="notice" value="(\d+)"', page.text)


def test_news_is_counted_listed_and_read(browser, make_today, ben):
    assert "Nothing is new" in browser.get("/news").text
    (task,) = late(make_today, ben)
    page = browser.get("/news")
    assert number_in_the_head(page) == number_in_the_head(browser.get("/inbox")) == 1
    assert "The promised time has passed (First contact)" in page.text
    assert f"/tasks/{task.public_id}" in page.text
    answer = browser.post("/news/read", data={"notice": notices_of(page)})
    assert answer.status_code == 303
    page = browser.get("/news")
    assert number_in_the_head(page) == 0 and notices_of(page) == [] and task.public_id in page.text


def test_a_flood_is_one_entry(browser, make_today, ben):
    late(make_today, ben, 12)
    page = browser.get("/news")
    assert number_in_the_head(page) == 12
    assert page.text.count('class="news__entry') == 1
    assert "12 promised times have passed or are running out" in page.text


def test_what_one_has_done_something_about_counts_as_read(browser, make_today, ben):
    task, other = late(make_today, ben, 2)
    triaging.note(task, "Called", make_today.now, actor=ben, contacted=True)
    triaging.note(other, "Looked", make_today.now, actor=make_today.staff("Nadia"))
    db.session.commit()
    assert number_in_the_head(browser.get("/inbox")) == 1


def test_everybody_reads_their_own(browser, signed_in, make_today, ben):
    late(make_today, ben)
    numbers = notices_of(browser.get("/news"))
    nadia = signed_in(make_today.staff("Nadia"))
    assert number_in_the_head(nadia.get("/news")) == 0
    no_numbers = ["x", "-1", "²", "9" * 30, "9" * 5000]
    assert nadia.post("/news/read", data={"notice": [*numbers, *no_numbers]}).status_code == 303
    assert number_in_the_head(browser.get("/news")) == 1


def test_old_news_is_none_and_analysts_hear_of_no_tasks(browser, signed_in, make_today, ben):
    make_today.now -= timedelta(days=15)
    late(make_today, ben)
    assert number_in_the_head(browser.get("/news")) == 0
    make_today.now += timedelta(days=15)
    late(make_today, ben)
    assert number_in_the_head(browser.get("/news")) == 1
    ben.role = "analyst"
    db.session.commit()
    assert number_in_the_head(browser.get("/news")) == 0 and "/tasks/" not in browser.get("/news").text


def test_everybody_chooses_how_news_reaches_them(browser, ben):
    assert "/account/news" in browser.get("/account").text
    page = browser.get("/account/news")
    assert 'value="18:00"' not in page.text and "How news reaches me" in page.text
    fields = {"p1": "mail", "p2": "digest", "p3": "app", "p4": "app", "time_zone": "Europe/Berlin"}
    times = {"quiet_from": "18:00", "quiet_until": "07:30", "digest_at": "08:00"}
    assert browser.post("/account/news", data=fields | times).status_code == 303
    assert habits_of(ben.id).quiet_from == 18 * 60
    refused = browser.post("/account/news", data=fields | times | {"digest_at": "06:00", "p2": "pigeon"})
    assert refused.status_code == 422 and "The digest would come in your quiet hours" in refused.text
    for bad in ({"quiet_from": "25:99"}, {"quiet_from": ""}, {"time_zone": ""}):
        assert browser.post("/account/news", data=fields | times | bad).status_code == 422
    assert habits_of(ben.id).digest_at == 8 * 60


def test_analysts_choose_nothing(signed_in, make_today):
    analyst = signed_in(make_today.staff("Dora", role="analyst"))
    assert analyst.get("/account/news").status_code == 403
    assert "/account/news" not in analyst.get("/account").text


def test_machines_read_what_is_new_for_somebody(machine, make_today, ben):
    (task,) = late(make_today, ben)
    (item,) = machine.get(f"/api/v1/news?staff={ben.public_id}").get_json()["items"]
    assert item["task"] == task.public_id and item["way"] == "mail" and item["is_new"]
    assert machine.get("/api/v1/news?staff=nobody").status_code == 404
    assert machine.get("/api/v1/news").status_code == 422
