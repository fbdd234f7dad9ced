"""Letters leave once, to nobody who must not be written to any more, and later to whoever waits for an answer."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.improving.models import ImprovementLetter
from feedback.improving.telling.sending import send_due
from feedback.improving.telling.writing import NobodyLeft, audience_of, order_letters
from feedback.scheduler.ticks import TICKS, House
from surveys.clock import real_now
from surveys.customers.models import CustomerHold
from surveys.database import db
from surveys.invitations.post import Post
from surveys.upkeep.releasing import hold, release
from tests.feedback.improving.telling.conftest import cast_name

POST = Post("https://feedback.shop.test", "survey@shop.test", "s" * 40)
DAY = timedelta(days=1)


def letters():
    return list(db.session.scalars(select(ImprovementLetter).order_by(ImprovementLetter.id)))


@pytest.mark.once
def test_letters_leave_once_lead_to_the_own_page_and_count(cast, found, now, channels, kept, client):
    order_letters(found, 3, now, actor=None)
    db.session.commit()
    assert (send_due(now, 10, channels, POST), send_due(now, 10, channels, POST)) == (3, 0)

    assert next(each.to_email for each in kept.messages) == "dora@example.test"
    assert {each.state for each in letters()} == {"sent"}
    german = next(each for each in kept.messages if each.to_name == "Emil")
    assert "Pakete kamen zu spät." in german.text and "gewechselt" in german.text
    assert POST.own_page_link(letters()[0].public_id) in kept.messages[0].text
    with pytest.raises(NobodyLeft):
        order_letters(found, 3, now, actor=None)
    assert dict(audience_of(found, now).reasons)["written"] == 4, "the twin has the address of Dora"


def test_who_objects_meanwhile_gets_none_and_who_is_busy_gets_it_later(
    make, cast, found, now, channels, kept
):
    order_letters(found, 3, now, actor=None)
    cast["emil"].objected_at = now
    make.keep(CustomerHold(customer_id=cast["dora"].id, key="task:2", reason="open_task", held_at=now))

    send_due(now, 10, channels, POST)

    by_name = {cast_name(cast, each.customer_id): each for each in letters()}
    assert [each.to_name for each in kept.messages] == ["Fleur"]
    assert (by_name["emil"].state, by_name["dora"].state, by_name["dora"].due_at) == (
        "failed",
        "queued",
        now + DAY,
    )
    assert by_name["dora"].attempts == 0
    send_due(now + 31 * DAY, 10, channels, POST)
    assert by_name["dora"].state == "failed"


@pytest.mark.once
def test_while_mail_is_held_none_leaves(found, now, channels, kept):
    order_letters(found, 3, now, actor=None)
    hold("restored", real_now())
    db.session.commit()
    tick = next(tick for tick in TICKS if tick.name == "tell-of-improvements")
    house = House(channels, POST, None)

    assert (tick.work(now, 10, house), kept.messages, tick.backlog(now)) == (0, [], 3)
    release(real_now())
    db.session.commit()
    assert (tick.work(now, 10, house), tick.backlog(now)) == (3, 0)
