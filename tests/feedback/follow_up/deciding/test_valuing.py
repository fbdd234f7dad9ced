"""What the customers of a shop spend, reckoned once a day."""

from datetime import timedelta

import pytest

from feedback.follow_up.deciding.queries import scale_of
from feedback.follow_up.deciding.valuing import KEPT, reckon_spending
from feedback.follow_up.models import Signal
from surveys.database import db

DAY = timedelta(days=1)


@pytest.mark.once
def test_what_customers_spent_in_a_year_is_cut_into_crowds_by_currency(make, now):
    with make.at_one_go():
        for number in range(1, 41):
            make.purchase(total_amount=100 * number)
        make.purchase(total_amount=9_999_999, placed_at=now - 400 * DAY)
        make.purchase(total_amount=9_999_999, cancelled_at=now)
        twice = make.customer()
        make.purchase(twice, total_amount=50, currency="CHF")
        make.purchase(twice, total_amount=70, currency="CHF")

    assert reckon_spending(now, 5) == 1

    scale = scale_of(make.brand().id)
    assert scale.limits == {"EUR": [100 * number for number in range(1, 41)], "CHF": [120]}


def test_a_scale_is_reckoned_again_after_a_day(make, now):
    make.purchase(total_amount=100)
    reckon_spending(now, 5)
    make.purchase(total_amount=200)

    assert reckon_spending(now + KEPT, 5) == 0
    assert reckon_spending(now + KEPT + DAY, 5) == 1
    assert scale_of(make.brand().id).limits == {"EUR": [100, 200]}


def test_an_open_task_from_before_there_were_points_gets_them_and_keeps_its_level(make, now):
    old = make.task(make.response(0, "Late"), priority="P3")
    done = make.task(make.response(0), state="closed", outcome="no_action", closed_at=now)

    assert reckon_spending(now, 5) == 2

    db.session.refresh(old)
    assert (old.points, old.priority, old.signals[0].rule) == (30.0, "P3", "low_score")
    assert (done.points, db.session.query(Signal).count()) == (0, 1)
