"""Invitations over a real SMTP conversation: what the server says decides what becomes of them."""

import itertools
import socket
import unicodedata
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from surveys.channels.registry import Channels
from surveys.customers.models import PurchaseItem
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.invitations.sending import send_due

EXPECTED = {
    "from", "to", "reply-to", "subject", "message-id", "auto-submitted", "date", "mime-version", "content-type",
    "list-unsubscribe", "list-unsubscribe-post", "list-id",
}  # fmt: skip


class Sink:
    """Takes mail, or says what it was told to say."""

    def __init__(self):
        self.envelopes = []
        self.at_rcpt = self.at_data = None
        self.hang_up = False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.at_rcpt:
            return self.at_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.envelopes.append(envelope)
        if self.hang_up:
            server.transport.abort()
            return "250 never heard"
        return self.at_data or "250 taken"


@pytest.fixture
def sink():
    """A mail server on this machine."""
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    handler.url = f"smtp://127.0.0.1:{controller.port}"
    yield handler
    controller.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def send(sink, tmp_path, now, post):
    """Return a sender over the sink."""
    return lambda: send_due(now, 100, Channels.from_settings(sink.url, tmp_path), post)


def test_a_mail_goes_to_exactly_one_recipient_with_the_expected_head(make, send, sink):
    invitation = make.invitation(state="planned")
    send()
    (envelope,) = sink.envelopes
    mail = message_from_bytes(envelope.content, policy=default)

    assert invitation.state == "sent"
    assert envelope.rcpt_tos == [invitation.customer.email]
    assert envelope.mail_from == "hello@shop.test"
    assert {name.lower() for name in mail} == EXPECTED
    assert envelope.content.isascii()


@pytest.mark.parametrize(
    ("says", "state"),
    [
        ({"at_rcpt": "451 later"}, "planned"),
        ({"at_rcpt": "550 no such user"}, "failed"),
        ({"at_rcpt": "552 mailbox full"}, "failed"),
        ({"at_data": "451 later"}, "planned"),
        ({"at_data": "554 refused"}, "failed"),
        ({"hang_up": True}, "uncertain"),
    ],
)
def test_what_the_server_says_decides(make, send, sink, says, state):
    invitation = make.invitation(state="planned")
    for name, value in says.items():
        setattr(sink, name, value)
    send()

    assert invitation.state == state
    assert (invitation.due_at is not None) == (state == "planned")
    assert invitation.last_error


def test_a_server_that_is_down_for_a_day_uses_up_no_try_and_all_leave_once_it_is_back(
    make, sink, send, now, tmp_path, post
):
    with make.at_one_go():
        since = {"due_at": now - timedelta(days=1), "skip_window": True}
        waiting = [
            make.invitation(make.purchase(make.customer(f"Pat{n}")), "planned", **since) for n in "abc"
        ]
    absent = Channels.from_settings(f"smtp://127.0.0.1:{free_port()}", tmp_path)
    for hour in range(24):
        with pytest.raises(DeliveryFailed, match="takes no mail: ConnectionRefusedError"):
            send_due(now + timedelta(hours=hour - 24), 10, absent, post)
    first = waiting[0]

    assert {(each.state, each.attempts, each.due_at) for each in waiting} == {("planned", 0, first.due_at)}
    assert "takes no mail" in first.last_error

    assert send() == 3
    assert [each.state for each in waiting] == ["sent"] * 3
    assert first.last_error is None


BREAKS = ["\r\n", "\n", "\r", "\0", "\u2028", "\u2029", "\x85", "\x0b", "\x1b", "\t"]
INJECTIONS = [
    "Bcc: victim@example.test",
    "\r\nBcc: victim@example.test\r\n\r\nbody",
    "Subject: free money",
    ".\r\nRCPT TO:<victim@example.test>",
    "=?utf-8?q?=0D=0ABcc=3A?= victim@example.test",
]
HOSTILE = [f"Pat{line}{rest}" for line, rest in itertools.product(BREAKS, INJECTIONS)]


def test_there_are_fifty_hostile_names():
    assert len(set(HOSTILE)) == 50


@pytest.mark.once
@pytest.mark.thorough
@pytest.mark.parametrize("where", ["customer", "order"])
def test_hostile_names_never_reach_a_second_recipient_or_a_header(make, send, sink, where):
    with make.at_one_go():
        for number, hostile in enumerate(HOSTILE):
            # PostgreSQL stores no NUL at all.
            text = hostile.replace("\0", "\x01")
            customer = make.customer(
                text if where == "customer" else "Pat", email=f"pat{number}@example.test"
            )
            name = text if where == "order" else "Mug"
            item = PurchaseItem(position=1, name=name, quantity=1)
            reference = f"{number} {text}" if where == "order" else f"A-{number}"
            make.invitation(make.purchase(customer, reference=reference, items=[item]), "planned")
    send()

    for envelope in sink.envelopes:
        mail = message_from_bytes(envelope.content, policy=default)
        assert len(envelope.rcpt_tos) == 1
        assert envelope.rcpt_tos[0].startswith("pat")
        assert {name.lower() for name in mail} == EXPECTED
        assert not any(unicodedata.category(c) == "Cc" for c in str(mail["subject"]) + str(mail["to"]))
    assert len(sink.envelopes) == (0 if where == "customer" else 50)
    db.session.rollback()


def test_a_hostile_brand_name_is_refused_and_shown(make, send, sink):
    brand = make.brand(name="Shop\r\nBcc: victim@example.test")
    invitation = make.invitation(make.purchase(make.customer(brand=brand)), "planned")
    send()

    assert (invitation.state, sink.envelopes) == ("failed", [])
    assert "control character" in invitation.last_error
