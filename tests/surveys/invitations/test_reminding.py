"""Reminders: to those who have not answered, and to nobody who must be left in peace."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.channels.registry import Channels
from surveys.customers.holding import hold
from surveys.customers.opting_out import object_to_asking
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.invitations import sending
from surveys.invitations.models import Reminder
from surveys.invitations.reminding import plan_reminder, send_due
from tests.doubles import BrokenMail

DAY = timedelta(days=1)


def reminders():
    return list(db.session.scalars(select(Reminder).order_by(Reminder.id)))


@pytest.fixture
def asked(make, now, channels, post):
    """Return a maker of an invitation that left at noon, of a touchpoint that reminds."""

    def make_asked(**values):
        touchpoint = make.touchpoint(reminders=2, **values)
        invitation = make.invitation(state="planned", touchpoint=touchpoint)
        sending.send_due(now, 10, channels, post)
        assert invitation.state == "sent"
        return invitation

    return make_asked


def test_two_reminders_follow_four_days_apart_and_then_none(asked, now, channels, kept, post):
    asked()
    for days in (4, 8, 12):
        send_due(now + days * DAY, 10, channels, post)
    first, second = reminders()

    assert (first.state, first.sent_at) == ("sent", now + 4 * DAY)
    assert (second.state, second.sent_at) == ("sent", now + 8 * DAY)
    assert [mail.subject.startswith("Reminder: ") for mail in kept.messages] == [False, True, True]
    assert "We asked you this a few days ago." in kept.messages[1].text
    assert len({mail.message_id for mail in kept.messages}) == 3
    assert kept.messages[1].headers["In-Reply-To"] == kept.messages[0].message_id


def test_a_turn_in_a_programme_is_reminded_of_unless_a_return_is_under_way(make, now, channels, kept, post):
    turns = [make.turn(state="planned") for _ in range(2)]
    turns[0].touchpoint.reminders = 1
    db.session.commit()
    sending.send_due(now, 10, channels, post)
    make.purchase(turns[1].customer, returned_at=now)
    send_due(now + 4 * DAY, 10, channels, post)

    assert [each.state for each in reminders()] == ["sent", "refused"]
    assert kept.messages[-1].subject == "Reminder: How satisfied are you with Demo Shop?"


def test_by_default_nobody_is_reminded(make, now, channels, post):
    make.invitation(state="planned")
    sending.send_due(now, 10, channels, post)

    assert reminders() == []


def answered(_make, invitation, now):
    invitation.answered_at = now


def objected(_make, invitation, now):
    object_to_asking(invitation.customer, "page", now)


def bounced(_make, invitation, now):
    invitation.state = "failed"


def has_task(_make, invitation, now):
    hold(invitation.customer, "open_task", "task:1", now)


def paused(_make, invitation, now):
    invitation.customer.paused_until = now + 30 * DAY


def returned(_make, invitation, now):
    invitation.purchase.returned_at = now


def switched_off(_make, invitation, now):
    invitation.touchpoint.reminders = 0


def asked_again(make, invitation, now):
    make.invitation(make.purchase(invitation.customer), sent_at=now + DAY)


@pytest.mark.once
@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (answered, "answered"),
        (objected, "objected"),
        (bounced, "undeliverable"),
        (has_task, "open_task"),
        (paused, "paused"),
        (returned, "open_return"),
        (switched_off, "reminders_off"),
        (asked_again, "rest_period"),
    ],
)
def test_who_is_to_be_left_in_peace_is_not_reminded(make, asked, now, channels, kept, post, happens, reason):
    happens(make, asked(), now)
    db.session.commit()
    send_due(now + 4 * DAY, 10, channels, post)
    (reminder,) = reminders()

    assert (reminder.state, reminder.reason, len(kept.messages)) == ("refused", reason, 1)


def test_at_night_it_waits_for_the_morning_and_after_three_days_it_is_too_late(asked, now, channels, post):
    asked()
    night = now + 4 * DAY + timedelta(hours=10)
    send_due(night, 10, channels, post)
    (reminder,) = reminders()
    # 22:00 in Berlin; the morning is 9:00, 8:00 UTC.
    assert (reminder.state, reminder.due_at) == ("planned", (now + 5 * DAY).replace(hour=8))

    send_due(now + 8 * DAY, 10, channels, post)
    assert (reminder.state, reminder.reason) == ("refused", "too_late")


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (DeliveryFailed("550 no"), "planned"),
        (DeliveryFailed("550 no", permanent=True), "failed"),
        (DeliveryFailed("cut", uncertain=True), "uncertain"),
    ],
)
def test_how_the_delivery_ended_is_kept(make, now, post, failure, state):
    invitation = make.invitation(touchpoint=make.touchpoint(reminders=1))
    plan_reminder(invitation, 1, now)
    db.session.commit()
    broken = BrokenMail(failure)
    send_due(now + 4 * DAY, 1, Channels(mail=broken, kept=broken), post)
    (reminder,) = reminders()

    assert (reminder.state, reminder.last_error) == (state, failure.reason)
    assert (reminder.due_at is None) is (state != "planned")


@pytest.mark.once
def test_who_came_back_after_the_question_is_not_reminded(asked, make, now, channels, post):
    invitation = asked(trigger="lapsed")
    make.purchase(invitation.customer, placed_at=now + DAY)
    send_due(now + 4 * DAY, 10, channels, post)

    assert [reminder.reason for reminder in reminders()] == ["bought_again"]
