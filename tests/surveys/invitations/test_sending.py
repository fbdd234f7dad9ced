"""Each mail leaves at most once, whatever happens on the way."""

import contextvars
import logging
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from surveys.channels.registry import Channels
from surveys.clock import real_now
from surveys.customers.opting_out import object_to_asking
from surveys.database import begin_writing, db
from surveys.errors import DeliveryFailed
from surveys.invitations.models import Invitation
from surveys.invitations.planning import plan_verification
from surveys.invitations.sending import send_due
from surveys.pacing import SLACK, set_pace
from surveys.questionnaires.publishing import publish
from surveys.work import LEASE
from tests.doubles import BrokenMail, KeptMail

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def due(make):
    """Return a maker of a planned invitation that is due now."""

    def make_due(customer=None, **values):
        values.setdefault("first_due_at", make.now)
        return make.invitation(make.purchase(customer), "planned", **values)

    return make_due


def broken(**how):
    """Return channels that fail like this."""
    mail = BrokenMail(DeliveryFailed("no luck", **how))
    return Channels(mail=mail, kept=mail), mail


def test_a_due_invitation_is_sent_and_its_link_lives_for_90_days(due, now, channels, kept, post):
    invitation = due()

    assert send_due(now, 10, channels, post) == 1
    assert [message.to_email for message in kept.messages] == [invitation.customer.email]
    assert (invitation.state, invitation.sent_at, invitation.due_at) == ("sent", now, None)
    assert invitation.expires_at == now + 90 * DAY
    assert send_due(now + DAY, 10, channels, post) == 0


def test_what_is_not_due_stays(due, now, channels, kept, post):
    due(due_at=now + timedelta(seconds=1))

    assert send_due(now, 10, channels, post) == 0
    assert kept.messages == []


@pytest.mark.once
def test_no_more_than_the_limit_is_sent_at_once(due, now, channels, kept, post):
    for _ in range(3):
        due()
    send_due(now, 2, channels, post)

    assert len(kept.messages) == 2


def test_permission_is_judged_when_due(due, now, channels, kept, post):
    invitation = due()
    object_to_asking(invitation.customer, "page", now)
    db.session.commit()
    send_due(now, 10, channels, post)

    assert (invitation.state, invitation.reason, invitation.due_at) == ("refused", "objected", None)
    assert kept.messages == []


def test_putting_off_costs_no_attempt(make, due, now, channels, kept, post):
    customer = make.customer()
    make.invitation(make.purchase(customer), sent_at=now - 28 * DAY)
    invitation = due(customer)
    send_due(now, 10, channels, post)

    assert (invitation.state, invitation.due_at) == ("planned", now + 2 * DAY)
    assert (invitation.attempts, invitation.claimed_until) == (0, None)

    send_due(now + 2 * DAY, 10, channels, post)
    assert invitation.state == "sent"


@pytest.mark.once
def test_two_due_for_one_customer_are_not_both_sent(make, due, now, channels, kept, post):
    customer = make.customer()
    first, second = due(customer), due(customer)
    send_due(now, 10, channels, post)

    assert (first.state, second.state, second.reason) == ("sent", "refused", "rest_period")
    assert len(kept.messages) == 1


def test_a_busy_server_is_tried_again_with_growing_pauses(due, now, post):
    channels, mail = broken()
    invitation = due(skip_window=True)
    at, waits = now, []
    for _ in range(6):
        send_due(at, 10, channels, post)
        waits.append((invitation.due_at - at) // timedelta(minutes=1))
        at = invitation.due_at

    assert waits == [1, 5, 15, 60, 240, 240]
    assert (invitation.state, invitation.last_error, mail.tries) == ("planned", "no luck", 6)


def test_trying_again_ends_when_asking_would_come_too_late(due, now, post):
    channels, _ = broken()
    invitation = due(skip_window=True, first_due_at=now - timedelta(hours=72))
    send_due(now, 10, channels, post)

    assert (invitation.state, invitation.due_at) == ("failed", None)


def test_a_refusal_for_good_is_not_tried_again(due, now, post):
    channels, mail = broken(permanent=True)
    invitation = due()
    send_due(now, 10, channels, post)
    send_due(now + DAY, 10, channels, post)

    assert (invitation.state, invitation.last_error, mail.tries) == ("failed", "no luck", 1)


def test_when_nobody_can_tell_it_is_never_sent_again(due, now, post):
    channels, mail = broken(uncertain=True)
    invitation = due()
    send_due(now, 10, channels, post)
    send_due(now + DAY, 10, channels, post)

    assert (invitation.state, mail.tries) == ("uncertain", 1)
    # It may have arrived, so its link must work.
    assert (invitation.sent_at, invitation.expires_at) == (now, now + 90 * DAY)


def test_a_claim_that_ran_out_after_it_began_is_uncertain(due, now, channels, kept, post):
    invitation = due()
    invitation.claimed_until, invitation.begun_at, invitation.claim_key = now - LEASE, now - 2 * LEASE, "dead"
    db.session.commit()
    send_due(now, 10, channels, post)

    assert (invitation.state, invitation.due_at, invitation.claimed_until) == ("uncertain", None, None)
    assert kept.messages == []


def test_a_claim_that_ran_out_before_it_began_is_taken_up(due, now, channels, kept, post):
    invitation = due()
    invitation.claimed_until, invitation.claim_key = now - LEASE, "dead"
    db.session.commit()
    send_due(now, 10, channels, post)

    assert invitation.state == "sent"
    assert len(kept.messages) == 1


def test_somebody_elses_living_claim_is_left_alone(due, now, channels, kept, post):
    invitation = due()
    # Leases live in real time.
    invitation.claimed_until = now.replace(year=now.year + 1000)
    db.session.commit()

    assert send_due(now, 10, channels, post) == 0


@pytest.mark.once
def test_a_mail_that_cannot_be_written_holds_up_nobody(make, due, now, channels, kept, post):
    bent = due(make.customer("Eve\r\nBcc: victim@example.test"))
    fine = due()
    send_due(now, 10, channels, post)

    assert (bent.state, fine.state) == ("failed", "sent")
    assert "control character" in bent.last_error
    assert len(kept.messages) == 1


def test_an_order_with_impossible_data_holds_up_nobody(make, due, now, channels, kept, post):
    impossible, fine = due(), due()
    impossible.version = publish(impossible.version.survey, {}, now)
    fine.version = make.survey("csat").current
    db.session.commit()
    send_due(now, 10, channels, post)

    assert (impossible.state, fine.state) == ("failed", "sent")


def test_a_database_that_is_busy_for_a_moment_fails_no_invitation(
    make, due, now, channels, kept, post, monkeypatch
):
    invitation = due()

    def busy(*_):
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    with monkeypatch.context() as for_a_moment:
        for_a_moment.setattr("surveys.invitations.sending.words_of", busy)
        with pytest.raises(OperationalError):
            send_due(now, 10, channels, post)
    db.session.rollback()
    assert invitation.state == "planned"

    invitation.claimed_until = now - LEASE  # whoever took it has been silent for that long
    db.session.commit()
    send_due(now, 10, channels, post)
    assert (invitation.state, len(kept.messages)) == ("sent", 1)


@pytest.mark.once
def test_customers_of_the_demo_are_never_written_to_for_real(make, due, now, post):
    real, kept = KeptMail(), KeptMail()
    invented = due(make.customer("Dora", made_by_demo=True))
    due(make.customer("Pat"))
    send_due(now, 10, Channels(mail=real, kept=kept), post)

    assert [message.to_name for message in kept.messages] == [invented.customer.name]
    assert [message.to_name for message in real.messages] == ["Pat"]


def test_a_check_back_leaves_at_night_and_within_the_rest_period(make, now, channels, kept, post):
    make.survey("check-back")
    purchase = make.purchase()
    make.invitation(purchase, sent_at=now - DAY)
    night = now + timedelta(hours=12)
    invitation = plan_verification(purchase.customer, purchase, "en", night, now)
    db.session.commit()
    send_due(night, 10, channels, post)

    assert invitation.state == "sent"
    assert kept.messages[0].subject == "Is your issue with Demo Shop solved?"


@pytest.mark.once
def test_nothing_of_a_mail_is_logged(make, due, now, post, caplog):
    caplog.set_level(logging.DEBUG)
    due(make.customer("Secretive Person", email="secretive@example.test"))
    due(make.customer("Bent\nName", email="secretive.too@example.test"))
    channels, _ = broken()
    send_due(now, 10, channels, post)

    assert "secretive" not in caplog.text.lower()
    assert "recommend" not in caplog.text


def test_what_has_no_place_stays_as_it_was_and_leaves_later(due, now, channels, kept, post):
    for _ in range(3):
        due()
    set_pace(1, real_now())
    db.session.commit()

    assert send_due(now, 10, channels, post) == 1
    assert len(kept.messages) == 1
    waiting = db.session.scalars(select(Invitation).where(Invitation.state == "planned")).all()
    assert [(row.attempts, row.claim_key, row.put_off) for row in waiting] == [(0, None, None)] * 2
    set_pace(None, real_now())
    db.session.commit()
    assert send_due(now, 10, channels, post) == 2


@pytest.mark.once
def test_refused_questions_take_nobodys_place(make, due, now, channels, kept, post):
    for _ in range(3):
        make.invitation(make.purchase(cancelled_at=now), "planned", first_due_at=now)
    due()
    set_pace(1, real_now())
    db.session.commit()

    assert send_due(now, 10, channels, post) == 4
    assert len(kept.messages) == 1


def in_loops(application, send, loops=2):
    """Let several loops send until each finds nothing, in threads of their own."""
    db.session.rollback()
    start = threading.Barrier(loops)

    def loop():
        with application.app_context():
            start.wait()
            while send():
                pass
            db.session.remove()

    threads = [threading.Thread(target=contextvars.Context().run, args=(loop,)) for _ in range(loops)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


@pytest.mark.thorough
def test_two_processes_send_each_mail_once(application, make, due, now, post):
    """Two loops at once, on the real database."""
    for _ in range(12):
        due()
    mail = KeptMail()
    in_loops(application, lambda: send_due(now, 3, Channels(mail=mail, kept=mail), post))

    assert len(mail.messages) == len({message.message_id for message in mail.messages}) == 12
    assert set(db.session.scalars(select(Invitation.state))) == {"sent"}


@pytest.mark.crash
@pytest.mark.usefixtures("race")
def test_two_processes_keep_the_rest_period_of_one_customer(application, make, due, now, post):
    customer = make.customer()
    for _ in range(6):
        due(customer)
    mail = KeptMail()
    in_loops(application, lambda: send_due(now, 3, Channels(mail=mail, kept=mail), post))

    assert len(mail.messages) == 1


@pytest.mark.crash
@pytest.mark.usefixtures("race")
def test_four_processes_keep_one_pace(application, due, now, post):
    for _ in range(20):
        due()
    began = real_now()
    set_pace(60, began)
    db.session.commit()
    mail = KeptMail()
    in_loops(application, lambda: send_due(now, 3, Channels(mail=mail, kept=mail), post), 4)

    assert 4 <= len(mail.messages) <= 1 + (real_now() - began + SLACK) / SECOND


def test_a_mail_is_a_test_as_long_as_only_the_team_is_asked(make, due, now, channels, post):
    make.staff(email="ben@shop.test")
    touchpoint = make.touchpoint(name="Tried out", only_team=True)
    tried = due(make.customer("Ben", email="ben+1@shop.test"), touchpoint=touchpoint)
    real = due()

    assert send_due(now, 10, channels, post) == 2
    assert (tried.state, tried.is_test, real.is_test) == ("sent", True, False)


def test_what_changes_after_the_claim_still_counts(due, now, post):
    first, second, third = due(), due(), due()

    class Meanwhile(KeptMail):
        """Takes a mail, while one customer objects and the delivery of another's parcel is corrected."""

        def deliver(self, message):
            super().deliver(message)
            begin_writing()
            object_to_asking(db.session.get_one(Invitation, second.id).customer, "page", now)
            db.session.get_one(Invitation, third.id).due_at = now + DAY
            db.session.commit()

    mail = Meanwhile()
    send_due(now, 10, Channels(mail=mail, kept=mail), post)

    assert [message.to_email for message in mail.messages] == [first.customer.email]
    assert (second.state, second.reason) == ("refused", "objected")
    assert (third.state, third.due_at, third.attempts, third.claim_key) == ("planned", now + DAY, 0, None)
