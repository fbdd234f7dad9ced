"""The times of a task on its page: explained, put off, promised."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feedback.follow_up import triaging
from feedback.follow_up.clocks import promising
from feedback.follow_up.queries import last_change
from surveys.database import db

DAY = timedelta(days=1)


@pytest.fixture
def ben(make_today):
    return make_today.staff("Ben")


@pytest.fixture
def browser(signed_in, ben):
    return signed_in(ben)


@pytest.fixture
def task(make_today):
    return make_today.task()


def do(browser, task, deed, **fields):
    fields.setdefault("version", last_change(task.id))
    return browser.post(f"/tasks/{task.public_id}/{deed}", data=fields)


def text_of(browser, task):
    page = browser.get(f"/tasks/{task.public_id}").text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def an_open_day(make):
    """Return a day within the five business days to come."""
    zone = ZoneInfo("Europe/Berlin")
    return (make.now.astimezone(zone) + DAY).date()


@pytest.mark.once
def test_a_clock_explains_itself(browser, task):
    text = text_of(browser, task)
    assert "First contact" in text and "P2 promises 8 business hours." in text
    assert "Mon–Fri 9:00–18:00 count (Europe/Berlin)." in text and "So it is due " in text
    assert "P2 promises 5 business days." in text


def test_a_clock_that_stands_still_says_so_and_what_was_waited(browser, task, make_today, ben):
    now = make_today.now
    triaging.take(task, ben, now - DAY)
    triaging.note(task, "Called", now - DAY, actor=ben, contacted=True)
    triaging.wait_for_customer(task, now + DAY, now, actor=ben)
    db.session.commit()
    text = text_of(browser, task)
    assert "Next word to the customer stands still" in text and "First contact stands" not in text
    assert "It stands still while the customer is waited for." in text
    task.resolution_paused = timedelta(hours=1, minutes=30)
    db.session.commit()
    assert "1 h 30 min that the customer was waited for are added." in text_of(browser, task)


@pytest.mark.once
def test_a_task_is_put_off_and_brought_back(browser, task, make_today):
    day = an_open_day(make_today)
    assert (
        do(browser, task, "snooze", snoozed_until=day.isoformat(), reason="Stock arrives").status_code == 303
    )
    assert task.snoozed_until == datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    text = text_of(browser, task)
    assert "Put off until" in text and "Stock arrives" in text and "Bring it back" in text
    assert do(browser, task, "wake").status_code == 303
    assert task.snoozed_until is None
    assert do(browser, task, "snooze", reason="Their turn").status_code == 303
    assert task.snoozed_until is not None


@pytest.mark.once
def test_a_snooze_that_is_refused_shows_what_was_typed(browser, task, make_today):
    answer = do(browser, task, "snooze", snoozed_until="2099-01-01", reason="Much later")
    assert answer.status_code == 422
    assert "5 business days at most" in answer.text and "Much later" in answer.text
    urgent = make_today.task(priority="P1")
    page = browser.get(f"/tasks/{urgent.public_id}").text
    assert f"tasks/{urgent.public_id}/snooze" not in page
    assert (
        'aria-keyshortcuts="H"' in page and "P0 or P1 stays in sight" in page
    )  # so that H does not do nothing
    assert do(browser, urgent, "snooze", reason="Later").status_code == 409


def test_a_promise_is_noted_kept_and_another_taken_back(browser, task, make_today):
    day = (make_today.now + 2 * DAY).date().isoformat()
    assert do(browser, task, "promise", what="Refund of 20 euros", until=day).status_code == 303
    assert do(browser, task, "promise", what="Call back", until=day).status_code == 303
    text = text_of(browser, task)
    assert "Promise: Refund of 20 euros" in text and "not kept yet" in text
    first, second = task.promises
    assert do(browser, task, "promise-kept", promise=first.public_id).status_code == 303
    gone = {"promise": second.public_id, "reason": "They call"}
    assert do(browser, task, "promise-withdrawn", **gone).status_code == 303
    db.session.expire_all()
    assert [each.state for each in task.promises] == ["kept", "withdrawn"]
    text = text_of(browser, task)
    assert "Refund of 20 euros: by " in text and ", kept" in text
    assert ", taken back" in text and "They call" in text
    assert do(browser, task, "promise-withdrawn", **gone).status_code == 409
    assert do(browser, task, "promise-kept", promise="none").status_code == 404


def test_a_broken_promise_and_one_kept_late_are_called_so(browser, task, make_today, ben):
    made = promising.promise(task, "Refund", make_today.now - DAY, make_today.now - 2 * DAY, actor=ben)
    made.state = "broken"
    db.session.commit()
    assert "broken" in text_of(browser, task)
    promising.keep(made, make_today.now, actor=ben)
    db.session.commit()
    assert "kept, but late" in text_of(browser, task)


@pytest.mark.once
def test_holidays_in_between_are_named_and_p0_runs_day_and_night(browser, make_today):
    days = [(make_today.now + each * DAY).date() for each in range(1, 4)]
    brand = make_today.brand(holidays=[day.isoformat() for day in days], business_days="0123456")
    customer = make_today.customer(brand=brand)
    text = text_of(browser, make_today.task(make_today.response(2, customer=customer)))
    assert "Not on holidays: " in text and "Mon–Sun" in text
    assert "P0 promises 1 h. It runs day and night." in text_of(browser, make_today.task(priority="P0"))


@pytest.mark.once
def test_in_german(signed_in, task, make_today):
    text = text_of(signed_in(make_today.staff(locale="de")), task)
    assert "P2 sagt 8 Geschäftsstunden zu." in text and "Also fällig" in text and "Mo.–Fr." in text
