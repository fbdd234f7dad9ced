"""What follows from a mail that came in."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from surveys.database import db
from surveys.permission.models import Bounce
from surveys.permission.queries import is_objected, suppression_of
from surveys.post_box.models import IncomingMail
from surveys.post_box.queries import place_of, unmatched_count
from surveys.post_box.sorting import move_on, settle_unmatched, take_in
from surveys.responses.models import Response
from tests.surveys.post_box.mails import bounce, complaint, our_id, reply


@pytest.fixture
def asked(make):
    """Pat, who was asked."""
    return make.invitation(make.purchase(make.customer("Pat", email="pat@example.test")))


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_bounce_stops_mail_and_marks_the_invitation(asked, now):
    mail = take_in(bounce(asked), "pipe", now)

    assert (mail.kind, mail.invitation, mail.raw) == ("bounce", asked, None)
    assert (asked.state, asked.last_error) == ("failed", "5.1.1")
    assert suppression_of("pat@example.test", None).code == "5.1.1"


def test_a_passing_failure_is_counted_and_stops_nothing(asked, now):
    take_in(bounce(asked, status="4.2.2"), "pipe", now)

    assert suppression_of("pat@example.test", None) is None
    assert db.session.scalars(select(Bounce.kind)).all() == ["soft"]


def test_a_delay_leaves_everything_as_it_is(asked, now):
    assert take_in(bounce(asked, status="4.4.1", action="delayed"), "pipe", now).kind == "delay"
    assert (asked.state, count(Bounce)) == ("sent", 0)


def test_the_same_mail_twice_changes_nothing(asked, now):
    first = take_in(bounce(asked, status="5.7.1"), "pipe", now)
    again = take_in(bounce(asked, status="5.7.1"), "imap", now + timedelta(days=1))

    assert again.id == first.id and count(Bounce) == 1


def test_a_complaint_finds_its_customer_by_the_mail_alone(asked, now):
    assert take_in(complaint(asked), "imap", now).kind == "complaint"
    assert suppression_of("pat@example.test", None).reason == "complaint"
    assert is_objected(asked.customer)


def test_a_report_about_an_address_nobody_knows_is_listed_and_stops_nothing(make, now):
    mail = take_in(bounce(None, "stranger@example.test"), "imap", now)

    assert (mail.kind, unmatched_count()) == ("unmatched", 1)
    assert mail.raw and count(Bounce) == 0


def test_a_report_that_anybody_could_have_written_stops_nobodys_mail(asked, now):
    assert take_in(bounce(None), "imap", now).kind == "unmatched"
    assert suppression_of("pat@example.test", None) is None
    assert asked.state == "sent"


def test_a_reply_becomes_an_answer_without_a_score(asked, now):
    mail = take_in(reply(asked, "Too late.\n\nOn Tuesday Demo Shop wrote:\n> How was it?"), "imap", now)

    answer = mail.response
    assert (mail.kind, answer.comment, answer.score, answer.group) == ("reply", "Too late.", None, None)
    assert (answer.customer, answer.purchase, answer.invitation) == (asked.customer, asked.purchase, None)
    assert asked.answered_at is None


@pytest.mark.once
def test_two_replies_are_two_answers(asked, now):
    take_in(reply(asked, "One"), "imap", now)
    take_in(reply(asked, "Two"), "imap", now)
    assert count(Response) == 2


def test_a_reply_is_found_by_the_thread_too(asked, now):
    raw = reply(None, References=f"<x@y.test> {our_id(asked)}")
    assert take_in(raw, "imap", now).kind == "reply"


@pytest.mark.parametrize(
    "headers", [{"Auto_Submitted": "auto-replied"}, {"Subject": "Abwesenheitsnotiz"}, {"Precedence": "bulk"}]
)
def test_machines_answer_nothing(asked, now, headers):
    mail = take_in(reply(asked, "I am away", **headers), "imap", now)
    assert (mail.kind, count(Response), mail.customer) == ("automatic", 0, asked.customer)


def test_a_mail_that_says_stop_is_an_objection(asked, now):
    mail = take_in(reply(None, "", Subject="unsubscribe"), "imap", now)
    assert mail.kind == "stop" and is_objected(asked.customer)


def test_a_stop_counts_for_the_brand_that_was_written_to(make, now):
    here = make.customer("Pat", email="pat@example.test", brand=make.brand())
    there = make.customer(
        "Pat", email="pat@example.test", brand=make.brand("second", reply_to="second@shop.test")
    )
    take_in(reply(None, "", Subject="unsubscribe"), "imap", now)
    assert (is_objected(here), is_objected(there)) == (True, False)


def test_a_mail_of_nobody_is_kept_until_somebody_has_dealt_with_it(make, now):
    mail = take_in(reply(None, "Who are you?", From="x@y.test"), "imap", now)
    assert (mail.kind, mail.sender, mail.customer, unmatched_count()) == ("unmatched", "x@y.test", None, 1)
    assert b"Who are you?" in mail.raw

    settle_unmatched(mail, now)
    assert (mail.raw, unmatched_count()) == (None, 0)


def test_an_empty_reply_is_listed_and_never_lost(asked, now):
    assert take_in(reply(asked, "> only quoted"), "imap", now).kind == "unmatched"


@pytest.mark.parametrize("raw", [b"", b"\x00\xff" * 50, b"From: a\x00b@c.test\nSubject: \x07\n\n\x00"])
def test_any_bytes_are_kept(make, now, raw):
    assert take_in(raw, "pipe", now).kind == "unmatched"
    db.session.commit()
    assert count(IncomingMail) == 1


def test_the_place_in_a_mailbox_moves_on_and_begins_anew_with_new_numbers(app, now):
    move_on("care@mail", 41, 7, now)
    move_on("care@mail", 41, 5, now)
    assert (place_of("care@mail").validity, place_of("care@mail").last_uid) == (41, 7)
    move_on("care@mail", 42, 2, now)
    assert (place_of("care@mail").validity, place_of("care@mail").last_uid) == (42, 2)


def test_a_mail_about_an_anonymous_survey_is_read_by_somebody_and_is_no_answer(make, now):
    make.anonymous()
    asked = make.invitation(make.purchase(make.customer("Pat", email="pat@example.test")))

    mail = take_in(reply(asked, "It came late."), "pipe", now)

    assert (mail.kind, mail.response, count(Response)) == ("unmatched", None, 0)
    assert mail.raw is not None and unmatched_count() == 1
