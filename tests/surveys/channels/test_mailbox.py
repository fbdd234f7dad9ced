"""The mailbox over IMAP, against a small server that speaks as much of it as is needed (RFC 3501)."""

from datetime import date
from time import monotonic

import pytest

from surveys.channels import mailbox as mailbox_room
from surveys.channels.mailbox import Mailbox, MailboxFailed, Place
from tests.surveys.channels.imap import imap_server

MAILS = {3: b"Subject: three\r\n\r\nThree", 7: b"Subject: seven\r\n\r\nSeven"}
SINCE = date(2026, 3, 9)


@pytest.fixture
def server():
    with imap_server(MAILS) as running:
        yield running


def mailbox(server, password="right"):
    return Mailbox("127.0.0.1", server.server_address[1], False, "care@shop.test", password, "INBOX")


def test_the_first_time_recent_mails_are_read_and_none_is_touched(server):
    batch = mailbox(server).fetch(Place(None, 0, SINCE), 10)

    assert batch.validity == 41 and batch.mails == list(MAILS.items())
    said = b"\n".join(server.asked)
    assert b"SINCE 9-Mar-2026" in said and b"EXAMINE" in said
    assert b"STORE" not in said and b"SELECT" not in said and b"BODY.PEEK[]" in said


def test_later_only_what_came_since_is_read(server):
    assert mailbox(server).fetch(Place(41, 3, SINCE), 10).mails == [(7, MAILS[7])]
    assert mailbox(server).fetch(Place(41, 7, SINCE), 10).mails == []


def test_a_mailbox_numbered_anew_is_read_by_day(server):
    assert len(mailbox(server).fetch(Place(40, 7, SINCE), 10).mails) == 2


def test_not_more_than_wanted_is_fetched(server):
    assert mailbox(server).fetch(Place(None, 0, SINCE), 1).mails == [(3, MAILS[3])]


def test_what_the_server_refuses_is_said(server):
    with pytest.raises(MailboxFailed, match="not you"):
        mailbox(server, "wrong").fetch(Place(None, 0, SINCE), 10)


def test_a_server_that_is_not_there_is_said():
    closed = Mailbox("127.0.0.1", 9, False, "a", "b", "INBOX")
    with pytest.raises(MailboxFailed):
        closed.fetch(Place(None, 0, SINCE), 10)


def test_an_address_is_read():
    found = Mailbox.from_url("imaps://care%40shop.test:se%3Acret@mail.shop.test/Surveys%2FIn")
    assert found == Mailbox("mail.shop.test", 993, True, "care@shop.test", "se:cret", "Surveys/In")
    assert Mailbox.from_url("imap://a:b@localhost:1143").port == 1143
    assert "cret" not in found.name


def test_what_is_too_much_for_one_turn_is_left_for_the_next(server, monkeypatch):
    monkeypatch.setattr(mailbox_room, "ENOUGH", 1)
    assert [uid for uid, _ in mailbox(server).fetch(Place(None, 0, SINCE), 10).mails] == [3]


def test_a_server_that_says_a_letter_at_a_time_is_hung_up_on(monkeypatch):
    monkeypatch.setattr(mailbox_room, "LONGEST", 0.5)
    with imap_server({3: b"x"}) as dripping:
        dripping.drips = True
        began = monotonic()
        with pytest.raises(MailboxFailed):
            mailbox(dripping).fetch(Place(None, 0, SINCE), 10)
    assert monotonic() - began < 10
