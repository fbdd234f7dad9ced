"""Mails kept as files."""

import os

import pytest

from surveys.channels.message import Message
from surveys.channels.outbox import Outbox
from tests.surveys.channels.test_message import message


def test_a_kept_mail_can_be_read_again(tmp_path):
    outbox = Outbox(tmp_path / "outbox")
    outbox.deliver(message(subject="Grüße"))

    assert outbox.mail("1@shop.test").mail["subject"] == "Grüße"
    assert [kept.name for kept in outbox.newest(10)] == ["1@shop.test"]


def test_the_newest_come_first_and_no_more_than_asked_for(tmp_path):
    outbox = Outbox(tmp_path)
    for number in range(3):
        outbox.deliver(message(message_id=f"<{number}@shop.test>"))
        os.utime(tmp_path / f"{number}@shop.test.eml", (number, number))

    assert [kept.name for kept in outbox.newest(2)] == ["2@shop.test", "1@shop.test"]


def test_the_same_mail_again_is_one_file(tmp_path):
    outbox = Outbox(tmp_path)
    outbox.deliver(message())
    outbox.deliver(message())

    assert len(outbox.newest(10)) == 1


def test_a_name_never_leads_out_of_the_folder(tmp_path):
    (tmp_path / "secret.eml").write_text("Subject: secret\n\n")
    outbox = Outbox(tmp_path / "outbox")
    outbox.deliver(message())

    assert [outbox.mail(name) for name in ("../secret", "..", "", "x/../../secret", "nothing")] == [None] * 5


def test_an_outbox_nobody_wrote_to_is_empty(tmp_path):
    assert Outbox(tmp_path / "none").newest(10) == []


def test_mails_are_forgotten_by_their_id_and_by_whom_they_were_for(tmp_path):
    outbox = Outbox(tmp_path)
    for message_id, to in (("<a@shop.test>", "Dora@Example.test"), ("<b@shop.test>", "paula@example.test")):
        outbox.deliver(Message("", to, "Shop", "shop@shop.test", None, "Hello", "Hello", None, message_id))
    outbox.deliver(
        Message("", "ben@shop.test", "Shop", "shop@shop.test", None, "Hi", "Hi", None, "<c@shop.test>")
    )

    assert outbox.forget({"b"}, {"dora@example.test"}) == 2
    assert [mail.name for mail in outbox.newest(9)] == ["c@shop.test"]
    assert Outbox(tmp_path / "none").forget({"b"}, set()) == 0


@pytest.mark.parametrize("words", ["DORA@example", "größe", "where is   my parcel", ""])
def test_a_mail_is_found_by_its_recipient_its_subject_and_its_text(tmp_path, words):
    outbox = Outbox(tmp_path)
    text = "Where is my\nparcel?"
    outbox.deliver(
        Message("Dora", "dora@example.test", "S", "s@shop.test", None, "Größe", text, None, "<a@shop.test>")
    )

    assert [kept.name for kept in outbox.newest(9, words)] == ["a@shop.test"]
    assert outbox.newest(9, "paula") == []


def test_of_the_mails_that_were_found_the_newest_come_first_and_no_more_than_asked_for(tmp_path):
    outbox = Outbox(tmp_path)
    for number, subject in enumerate(("one parcel", "two parcels", "a plate", "three parcels")):
        outbox.deliver(message(subject=subject, message_id=f"<{number}@shop.test>"))
        os.utime(tmp_path / f"{number}@shop.test.eml", (number, number))

    assert [kept.name for kept in outbox.newest(2, "parcel")] == ["3@shop.test", "1@shop.test"]
