"""Servers that hold us up, and answers that are none."""

import socketserver
import threading
import time
from contextlib import suppress

import pytest

from surveys.channels import email
from surveys.channels.email import Email, SmtpServer
from surveys.errors import DeliveryFailed
from tests.surveys.channels.test_message import message


class Script(socketserver.StreamRequestHandler):
    """Says `server.after_the_dot` when it has the mail; drips letters for ever once `server.drips` was asked for."""

    def say(self, verb, line):
        while verb == self.server.drips:
            self.wfile.write(b"x")
            time.sleep(0.02)
        self.wfile.write(line + b"\r\n")

    def handle(self):
        self.server.calls += 1
        with suppress(OSError):
            self.say("hello", b"220 here")
            while line := self.rfile.readline():
                verb = line.strip().decode().partition(" ")[0].lower()
                if verb == self.server.refuses:
                    self.server.refuses = None
                    self.say(verb, b"421 that is enough for one call")
                    return
                self.say(verb, b"354 go on" if verb == "data" else b"250 fine")
                if verb == "data":
                    while self.rfile.readline() != b".\r\n":
                        pass
                    self.server.mails += 1
                    self.say("dot", self.server.after_the_dot)


@pytest.fixture
def server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Script) as running:
        running.daemon_threads = True
        running.drips, running.refuses, running.after_the_dot = None, None, b"250 kept"
        running.calls = running.mails = 0
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.shutdown()


def mail_by(server):
    return Email(SmtpServer.from_url(f"smtp://127.0.0.1:{server.server_address[1]}"))


def deliver(server):
    mail_by(server).deliver(message())


@pytest.mark.parametrize(
    ("drips", "uncertain"), [("hello", False), ("ehlo", False), ("rcpt", False), ("dot", True)]
)
def test_a_server_that_says_a_letter_at_a_time_holds_nobody_up_for_long(
    server, monkeypatch, drips, uncertain
):
    monkeypatch.setattr(email, "LONGEST", 0.2)
    server.drips = drips
    with pytest.raises(DeliveryFailed) as failed:
        deliver(server)

    assert (failed.value.permanent, failed.value.uncertain) == (False, uncertain)


def test_what_was_taken_stays_taken_though_the_goodbye_never_ends(server, monkeypatch):
    monkeypatch.setattr(email, "LONGEST", 0.2)
    server.drips = "quit"
    deliver(server)


@pytest.mark.parametrize("answer", [b"<html>Bad Gateway</html>", b"", b"150 hm", b"354 more?"])
def test_an_answer_that_is_none_leaves_it_open_whether_the_mail_was_taken(server, answer):
    server.after_the_dot = answer
    with pytest.raises(DeliveryFailed) as failed:
        deliver(server)

    assert failed.value.uncertain


def test_every_answer_that_begins_with_two_is_a_yes(server):
    server.after_the_dot = b"251 will forward"
    deliver(server)


def test_nobody_watches_a_conversation_that_is_over(server):
    deliver(server)
    with pytest.raises(DeliveryFailed):
        Email(SmtpServer.from_url("smtp://127.0.0.1:9")).deliver(message())

    watching = [one for one in threading.enumerate() if one.name == "watches a mail server"]
    for one in watching:
        one.join(1)
    assert not any(one.is_alive() for one in watching)


def test_one_call_is_enough_for_many_mails(server):
    with mail_by(server).conversation() as line:
        for _ in range(5):
            line.deliver(message())

    assert (server.calls, server.mails) == (1, 5)


def test_a_conversation_without_a_mail_calls_nobody(server):
    with mail_by(server).conversation():
        pass

    assert server.calls == 0


@pytest.mark.parametrize("verb", ["mail", "rcpt"])
def test_a_server_that_wants_no_more_mail_on_one_line_gets_it_on_another(server, verb):
    with mail_by(server).conversation() as line:
        line.deliver(message())
        server.refuses = verb
        line.deliver(message())

    assert (server.calls, server.mails) == (2, 2)


def test_a_mail_that_may_have_been_taken_is_not_offered_on_another_line(server):
    with mail_by(server).conversation() as line:
        line.deliver(message())
        server.after_the_dot = b""
        with pytest.raises(DeliveryFailed) as failed:
            line.deliver(message())
        server.after_the_dot = b"250 kept"
        line.deliver(message())

    assert failed.value.uncertain
    assert (server.calls, server.mails) == (2, 3)


def test_each_mail_on_one_line_has_its_own_time(server, monkeypatch):
    monkeypatch.setattr(email, "LONGEST", 0.4)
    with mail_by(server).conversation() as line:
        for _ in range(4):
            line.deliver(message())
            time.sleep(0.15)

    assert (server.calls, server.mails) == (1, 4)
