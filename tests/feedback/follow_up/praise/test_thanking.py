"""A few happy customers a day are proposed, and each is thanked at most once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.follow_up.praise.models import ThankYou
from feedback.follow_up.praise.queries import NotDrawn
from feedback.follow_up.praise.thanking import (
    DoneAlready,
    NotToBeWritten,
    beginning_of_day,
    leave_out,
    proposals,
    thank,
)
from feedback.follow_up.triaging import PlaceholderLeft, TextMissing
from surveys.database import db
from tests.feedback.follow_up.praise.happy import happy

DAY = timedelta(days=1)


def today(make, now):
    return proposals(make.brand(), now, by="Ben")


def test_a_happy_customer_of_yesterday_is_proposed_with_a_letter(make, now):
    response = happy(make, now, comment="What a lovely mug!")

    (found,) = today(make, now)

    assert found.response is response and found.done is None
    assert "What a lovely mug!" in found.body and "Ben" in found.body


@pytest.mark.once
@pytest.mark.parametrize(
    "values",
    [
        {"score": 8},
        {"comment": None},
        {"label": "mixed"},
        {"contact_permission": None},
        {"contact_permission": False},
        {"is_partial": True},
        {"age": 9 * DAY},
        {"age": timedelta(hours=1)},  # of today: it comes into the urn of tomorrow
    ],
)
def test_who_is_not_in_the_urn(make, now, values):
    happy(make, now, **values)

    assert today(make, now) == []


def test_nobody_is_thanked_who_objected_who_has_no_address_or_an_open_task(make, now):
    happy(make, now, customer=make.customer(objected_at=now))
    happy(make, now, customer=make.customer(email=None, reference="C-1"))
    troubled = make.customer()
    happy(make, now, customer=troubled)
    make.task(make.response(2, customer=troubled))
    happy(make, now, excluded_at=now, excluded_reason="bot")

    assert today(make, now) == []


def test_at_most_so_many_a_day_as_the_shop_says(make, now):
    brand = make.brand()
    for _ in range(5):
        happy(make, now)

    assert len(today(make, now)) == 3
    brand.thanks_per_day = 0
    assert today(make, now) == []


def test_who_was_thanked_stays_in_the_list_of_the_day_and_makes_room_for_nobody(make, now):
    ben = make.staff()
    for _ in range(5):
        happy(make, now)
    before = [each.response.id for each in today(make, now)]

    thanks = thank(today(make, now)[0].response, "Thank you", "Dear Dora", now, actor=ben)
    leave_out(today(make, now)[1].response, now, actor=ben)

    after = today(make, now)
    assert [each.response.id for each in after] == before
    assert [each.done.state if each.done else None for each in after] == ["queued", "skipped", None]
    assert (thanks.due_at, thanks.body, thanks.author) == (now, "Dear Dora", ben)
    assert not {each.response.id for each in today(make, now + DAY)} & set(before[:2])


@pytest.mark.once
def test_nobody_is_thanked_twice_in_half_a_year(make, now):
    customer = make.customer()
    thank(happy(make, now, customer=customer), "Thank you", "Dear Dora", now, actor=make.staff())
    happy(make, now + 100 * DAY, customer=customer)
    happy(make, now + 200 * DAY, customer=customer)

    assert today(make, now + 100 * DAY) == []
    assert len(today(make, now + 200 * DAY)) == 1


@pytest.mark.once
def test_two_who_are_quick_send_one_letter(make, now):
    response, ben = happy(make, now), make.staff()
    thank(response, "Thank you", "Dear Dora", now, actor=ben)

    with pytest.raises(DoneAlready):
        thank(response, "Thank you", "Dear Dora", now, actor=make.staff("Kim"))
    with pytest.raises(DoneAlready):
        leave_out(response, now, actor=ben)
    assert len(db.session.scalars(select(ThankYou)).all()) == 1


def test_a_letter_that_is_not_finished_is_refused(make, now):
    response, ben = happy(make, now), make.staff()

    with pytest.raises(TextMissing):
        thank(response, "Thank you", "  ", now, actor=ben)
    with pytest.raises(PlaceholderLeft):
        thank(response, "Thank you", "Dear [name]", now, actor=ben)
    assert db.session.scalars(select(ThankYou)).all() == []


@pytest.mark.once
def test_only_who_was_drawn_and_may_be_written_to_is_thanked(make, now):
    ben, unhappy = make.staff(), make.response(2, "Bad")
    with pytest.raises(NotDrawn):
        thank(unhappy, "Thank you", "Dear Dora", now, actor=ben)
    response = happy(make, now)
    response.customer.objected_at = now
    db.session.commit()
    with pytest.raises(NotToBeWritten):
        thank(response, "Thank you", "Dear Dora", now, actor=ben)


def test_the_day_begins_at_midnight_where_the_shop_is(make, now):
    brand = make.brand(time_zone="Europe/Berlin")

    assert beginning_of_day(brand, now).isoformat() == "2026-03-09T23:00:00+00:00"
