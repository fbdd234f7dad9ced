"""No question leaves for which the team has no hand free."""

import contextvars
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.channels.registry import Channels
from surveys.database import db
from surveys.errors import Refusal
from surveys.invitations.capacity.allowing import set_capacity, take_turn
from surveys.invitations.capacity.queries import allowance_of, brands_held_back
from surveys.invitations.models import Invitation
from surveys.invitations.sending import send_due
from tests.doubles import KeptMail

HOUR = timedelta(hours=1)


def allow(make, brand, left):
    set_capacity(brand, 5, make.staff(), make.now)
    allowance_of(brand.id).left = left
    db.session.commit()


def test_only_as_many_leave_as_the_team_can_follow_up_and_the_rest_waits(make, now, channels, kept, post):
    for _ in range(3):
        make.invitation(make.purchase(), "planned", first_due_at=now)
    allow(make, make.brand(), 2)

    assert send_due(now, 10, channels, post) == 3
    assert len(kept.messages) == 2
    waiting = db.session.scalars(select(Invitation).where(Invitation.state == "planned")).one()
    assert (waiting.put_off, waiting.due_at, waiting.attempts) == ("team_busy", now + 6 * HOUR, 0)
    assert brands_held_back() == {make.brand().id}


def test_who_waits_too_long_for_the_team_is_not_asked_and_the_reason_says_so(make, now, channels, kept, post):
    touchpoint = make.touchpoint(latest=HOUR)
    make.invitation(make.purchase(), "planned", first_due_at=now, touchpoint=touchpoint)
    allow(make, make.brand(), 0)
    send_due(now, 10, channels, post)

    refused = db.session.scalars(select(Invitation)).one()
    assert (refused.state, refused.reason, kept.messages) == ("refused", "team_busy", [])


@pytest.mark.once
def test_who_asks_by_hand_and_who_asks_back_needs_no_room(make, now, channels, kept, post):
    make.invitation(make.purchase(), "planned", first_due_at=now, skip_window=True)
    make.invitation(make.purchase(), "planned", purpose="verification", touchpoint=None, skip_window=True)
    allow(make, make.brand(), 0)
    send_due(now, 10, channels, post)

    assert len(kept.messages) == 2


def test_another_shops_limit_and_no_limit_hold_nobody_back(make, now):
    other = make.brand("other", name="Other")
    allow(make, other, 0)

    assert take_turn(make.brand().id)
    assert not take_turn(other.id)
    set_capacity(other, None, make.staff(), now)
    assert take_turn(other.id)


@pytest.mark.parametrize("number", [0, -3, 10_001])
def test_a_number_no_team_can_mean_is_refused(make, now, number):
    with pytest.raises(Refusal) as refused:
        set_capacity(make.brand(), number, make.staff(), now)

    assert refused.value.field == "cases_per_day"


@pytest.mark.crash
@pytest.mark.usefixtures("race")
def test_two_processes_never_pass_what_is_left(application, make, now, post):
    for _ in range(12):
        make.invitation(make.purchase(), "planned", first_due_at=now)
    allow(make, make.brand(), 5)
    db.session.rollback()
    mail, start = KeptMail(), threading.Barrier(2)

    def loop():
        with application.app_context():
            start.wait()
            while send_due(now, 3, Channels(mail=mail, kept=mail), post):
                pass
            db.session.remove()

    threads = [threading.Thread(target=contextvars.Context().run, args=(loop,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert len(mail.messages) == 5
