"""The mailbox over IMAP, against a small server that speaks as much of it as is needed (RFC 3501)."""

import re
import socketserver
import threading
from datetime import date

import pytest

from surveys.channels.mailbox import Mailbox, MailboxFailed, Place

MAILS = {3: b"Subject: three\r\n\r\nThree", 7: b"Subject: seven\r\n\r\nSeven"}
SINCE = date(2026, 3, 9)


class Conversation(socketserver.StreamRequestHandler):
    """Answers one client; the server notes what it was asked."""

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def handle(self) -> None:
        self.say(b"* OK ready")
        while line := self.rfile.readline():
            tag, _, command = line.strip().partition(b" ")
            self.server.asked.append(command)
            word = command.split()[0].upper()
            if word == b"LOGIN" and b"wrong" in command:
                self.say(tag + b" NO not you")
                continue
            if word == b"CAPABILITY":
                self.say(b"* CAPABILITY IMAP4rev1")
            elif word == b"EXAMINE":
                self.say(b"* 2 EXISTS\r\n* OK [UIDVALIDITY 41] numbered")
            elif word == b"UID":
                self.uid(command)
            elif word == b"LOGOUT":
                self.say(b"* BYE")
            self.say(tag + b" OK done")
            if word == b"LOGOUT":
                return

    def uid(self, command: bytes) -> None:
        if command.startswith(b"UID SEARCH"):
            start = re.search(rb"UID (\d+):\*", command)
            low = int(start[1]) if start else 0
            # As real servers do: n:* always finds the last one.
            uids = [uid for uid in MAILS if uid >= low] or [max(MAILS)]
            self.say(b"* SEARCH " + b" ".join(str(uid).encode() for uid in uids))
        else:
            uid = int(command.split()[2])
            body = MAILS[uid]
            self.say(b"* 1 FETCH (UID %d BODY[]<0> {%d}\r\n%s)" % (uid, len(body), body))


@pytest.fixture
def server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as running:
        running.daemon_threads = True
        running.asked = []
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.shutdown()


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
