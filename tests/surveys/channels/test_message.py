"""What a mail's head may hold, and how it is written."""

from email import message_from_bytes
from email.policy import default

import pytest

from surveys.channels.message import HeaderRefused, Message


def message(**values):
    """Return a mail with some parts changed."""
    parts = {
        "to_name": "Pat Example",
        "to_email": "pat@example.test",
        "from_name": "Demo Shop",
        "from_email": "hello@shop.test",
        "reply_to": None,
        "subject": "Hello",
        "text": "Grüße\n",
        "html": None,
        "message_id": "<1@shop.test>",
    }
    return Message(**(parts | values))


@pytest.mark.parametrize("part", ["to_name", "to_email", "from_name", "from_email", "reply_to", "subject"])
@pytest.mark.parametrize("break_", ["\r\n", "\n", "\0", "\x85", "\u2028", "\u2029", "\ud800"])
def test_control_characters_are_refused_in_every_part(part, break_):
    with pytest.raises(HeaderRefused):
        message(**{part: f"pat{break_}@example.test"}).as_email()


def test_headers_for_machines_are_refused_too():
    with pytest.raises(HeaderRefused):
        message(headers={"List-Id": "a\r\nBcc: victim@example.test"}).as_email()


@pytest.mark.parametrize("name", ["List-Unsubscribe", "List-Id", "In-Reply-To", "References"])
def test_links_and_ids_are_broken_at_spaces_only(name):
    link = f"<https://{'long-name.' * 20}test/u/token>"
    raw = message(headers={name: f"{link}, <mailto:care@shop.test>"}).as_email().as_bytes()

    assert f"{name}: {link},\r\n <mailto:care@shop.test>\r\n".encode() in raw
    read = message_from_bytes(raw, policy=default)
    assert " ".join(read[name].split()) == f"{link}, <mailto:care@shop.test>"


def test_mails_fit_servers_that_know_seven_bits():
    raw = message(subject="Grüße", to_name="Jörg", html="<p>Grüße</p>").as_email().as_bytes()

    assert raw.isascii()
    assert max(len(line) for line in raw.splitlines()) <= 78
