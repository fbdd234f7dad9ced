"""What a digest says: to a small shop everything, to a large one the sentence, what hurts and the newest."""

from datetime import timedelta

import pytest

from feedback.privacy.erasing import Means, erase
from feedback.reports.digest.making import make_mails
from feedback.reports.digest.sending import send_due
from feedback.reports.digest.subscribing import subscribe
from surveys.channels.outbox import Outbox
from surveys.database import db
from tests.feedback.reports.digest.conftest import MONDAY, POST


@pytest.fixture
def sent(channels, kept):
    """Return what makes and sends the mails of a Monday: the messages."""

    def send(at=MONDAY):
        make_mails(at, 10)
        send_due(at, 10, channels, POST)
        return kept.messages

    return send


@pytest.mark.once
def test_a_small_shop_gets_every_comment_in_full_and_its_open_cases(make, now, ben, sent):
    long = "It broke. " * 90 + "Call 0171 1234567."
    make.task(make.response(1, long, customer=make.customer("Dora Detractor")))
    make.response(9, "All fine.", submitted_at=now)
    for days in (7, 8):
        make.response(0, "An old story", submitted_at=now - timedelta(days=days))
    (message,) = sent()
    assert message.subject == "All answers: 2 answers · NPS is 0"
    assert "It broke. " * 90 + "Call [phone number]." in message.text and "All fine." in message.text
    assert "0171" not in message.text + message.html and "An old story" not in message.text
    assert "One case is open:" in message.text and "P2 · Dora Detractor" in message.text
    assert "; there are no answers" in message.text or "; too few answers" in message.text
    stop = message.headers["List-Unsubscribe"].strip("<>")
    assert stop.startswith("https://feedback.test/stop/") and stop in message.text
    message.as_email()


@pytest.mark.once
def test_a_large_shop_gets_the_sentence_what_hurts_and_the_newest(make, now, ben, complain, sent):
    dora = make.customer("Dora")
    make.responses([9] * 70 + [3] * 20, dora)
    for number in range(12):
        complain("DELIVERY.LATE", 2, f"Late, says {number}", customer=dora)
    complain("PRICE.TOO_EXPENSIVE", 2, "Too dear", customer=dora)
    complain("PRAISE", 2, "Nice though", customer=dora)
    (message,) = sent()
    assert "104 answers" in message.subject
    assert "NPS is 35" in message.text and "on the score" in message.text
    assert "Delivery: \N{MINUS SIGN}" in message.text, "by what it does to the score, as on the first screen"
    assert message.text.count("“") == 10 and "“Late, says 0”" not in message.text
    assert "case" not in message.text and "Praise" not in message.text


def test_it_speaks_the_readers_language_and_hides_small_parts(make, now, ben, save, sent):
    analyst = make.staff("Ada", role="analyst", locale="de")
    subscribe(analyst, save(analyst, "Nur AT", country="AT"), "weekly", now)
    make.response(2, "Only one", customer=make.customer(country="AT"))
    message = next(each for each in sent() if each.to_name == "Ada")
    assert message.subject.startswith("Nur AT: 1 Antwort")
    assert "Only one" not in message.text and "Diese Mails" in message.text


def test_pauses_and_filters_that_have_gone_are_told(make, now, ben, save, sent):
    view = save(ben, "Moon")
    subscribe(ben, view, "weekly", now)
    view.query = {"moon": "full"}
    db.session.commit()
    subjects = {message.subject: message.text for message in sent()}
    assert "It starts again by itself." in subjects["All answers: nothing came in, the mails pause"]
    assert "moon = full" in subjects["Moon cannot be counted any more"]


def test_who_was_erased_before_it_left_is_not_in_it(make, now, ben, channels, kept, tmp_path):
    dora = make.customer("Dora")
    make.response(1, "My name is Dora and it broke", customer=dora)
    make.response(9, "All fine.")
    make_mails(MONDAY, 10)
    erase(dora, MONDAY, Means("a secret of this test, long enough", Outbox(tmp_path), "command"))
    db.session.commit()
    send_due(MONDAY, 10, channels, POST)
    (message,) = kept.messages
    assert "broke" not in message.text and "2 answers" in message.text


def test_of_a_list_only_what_it_picks_out_is_told(make, now, ben, save, sent):
    view = save(ben, "Unhappy", survey="nps")
    view.page, view.query = "responses", {**view.query, "mood": "unhappy"}
    subscribe(ben, view, "weekly", now)
    make.task(make.response(1, "It broke.", customer=make.customer("Dora")))
    make.response(9, "All fine.", submitted_at=now)
    message = next(each for each in sent() if each.subject.startswith("Unhappy"))
    assert message.subject == "Unhappy: 1 answer" and "1 of 2 answers fits: 50" in message.text
    assert "It broke." in message.text and "All fine." not in message.text
    assert "One case is open:" in message.text
