"""What a shop may ask follows from the cases its team has, and from the questions that are out."""

from datetime import timedelta

import pytest

from feedback.follow_up.reckoning import reckon
from surveys.database import db
from surveys.invitations.capacity.allowing import set_capacity
from surveys.invitations.capacity.queries import allowance_of

DAY = timedelta(days=1)


@pytest.fixture
def limited(make, now):
    """A shop whose team takes on two cases a day."""
    brand = make.brand()
    set_capacity(brand, 2, make.staff(), now)
    db.session.commit()
    return brand


def reckoned(brand, now):
    assert reckon(now, 10) == 1
    return allowance_of(brand.id)


def test_a_quiet_shop_may_ask_as_much_as_two_cases_need(limited, now):
    row = reckoned(limited, now)

    assert (row.left, row.waiting, row.out, row.share, row.reckoned_at) == (40, 0, 0, 0.05, now)


@pytest.mark.once
def test_cases_nobody_has_written_to_and_fresh_questions_count(make, limited, now):
    make.task(make.response(2))
    make.task(make.response(2), contacted_at=now)
    make.task(make.response(2), state="closed", outcome="recovered", closed_at=now)
    make.invitation(state="sent", sent_at=now - DAY)
    make.invitation(state="sent", sent_at=now - DAY, answered_at=now)
    make.invitation(state="sent", sent_at=now - 4 * DAY)
    row = reckoned(limited, now)

    assert (row.waiting, row.out) == (1, 1)
    assert 0 < row.left < 20


def test_what_happens_to_another_shop_takes_nothing_away(make, limited, now):
    other = make.brand("other", name="Other")
    make.task(make.response(1, customer=make.customer(brand=other)))

    assert reckoned(limited, now).left == 40


def test_shops_without_a_limit_are_not_reckoned(make, now):
    make.brand()

    assert reckon(now, 10) == 0


@pytest.mark.once
def test_cases_of_excluded_answers_and_questions_to_the_team_teach_nothing(make, limited, now):
    asked = {"state": "sent", "sent_at": now - 10 * DAY}
    response = make.response(2, invitation=make.invitation(**asked), excluded_at=now, excluded_reason="bot")
    make.task(response, contacted_at=now)
    make.invitation(state="sent", sent_at=now - DAY, is_test=True)
    make.invitation(**asked, is_test=True)

    row = reckoned(limited, now)

    # One real question so far, no case: 10 of 201 are believed.
    assert (row.out, round(row.share, 4)) == (0, round(10 / 201, 4))
