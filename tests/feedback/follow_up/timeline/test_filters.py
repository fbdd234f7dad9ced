"""The history names what was promised and until when, in the shop's zone and the reader's words."""

from datetime import timedelta

import pytest
from flask_babel import force_locale

from feedback.follow_up.clocks import promising
from feedback.follow_up.moving import record
from feedback.follow_up.queries import history
from feedback.follow_up.timeline.filters import timeline


@pytest.fixture
def task(make):
    make.brand(time_zone="America/New_York")
    return make.task()


def lines(task, language, zone):
    with force_locale(language):
        found = timeline(history(task), {}, {}, zone, promises=task.promises)
    said = [f"{each.line} {each.text or ''}".replace("<b>Ben</b>", "Ben").strip() for each in found]
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in said]


def test_a_promise_says_until_when_where_the_shop_is(app, make, task, now):
    ben = make.staff("Ben")
    until = now + timedelta(days=2)  # Thursday 12 March 2026, 12:00 in Berlin
    kept = promising.promise(task, "Refund", until, now, actor=ben)
    promising.keep(kept, now, actor=ben)
    taken = promising.promise(task, "Call", until, now, actor=ben)
    promising.withdraw(taken, "Reached them", now, actor=ben)

    zone = task.customer.brand.time_zone
    assert lines(task, "en", zone) == [
        "Ben promised the customer, until Thu 12 Mar 2026, 07:00: Refund",
        "Ben says that the promise until Thu 12 Mar 2026, 07:00 was kept: Refund",
        "Ben promised the customer, until Thu 12 Mar 2026, 07:00: Call",
        "Ben took the promise “Call” until Thu 12 Mar 2026, 07:00 back: Reached them",
    ]
    assert "Do. 12. März 2026, 12:00" in lines(task, "de", "Europe/Berlin")[0]


def test_a_broken_promise_says_so_and_one_that_is_gone_is_told_as_before(app, make, task, now):
    made = promising.promise(task, "Refund <b>", now + timedelta(days=1), now, actor=make.staff("Ben"))
    record(task, "promise_broken", now, after=made.public_id, text=made.what)
    record(task, "promise_broken", now, after="gone", text="What")
    broken, gone = lines(task, "en", "UTC")[1:]
    assert broken == "The promise until Wed 11 Mar 2026, 11:00 was not kept in time: Refund <b>"
    assert gone == "A promise was not kept in time What"
