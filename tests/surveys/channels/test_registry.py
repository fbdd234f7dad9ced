import pytest

from surveys.channels.email import Email
from surveys.channels.message import Message
from surveys.channels.outbox import Outbox
from surveys.channels.registry import Channels
from surveys.errors import DeliveryFailed


def test_without_a_server_everything_is_kept(tmp_path):
    channels = Channels.from_settings(None, tmp_path)

    assert channels.mail is channels.kept
    assert isinstance(channels.mail, Outbox)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_a_server_on_this_machine_may_get_the_demos_mail(tmp_path, host):
    channels = Channels.from_settings(f"smtp://{host}:2525", tmp_path)

    assert channels.kept is channels.mail


def test_the_demos_mail_never_goes_to_a_real_server(tmp_path):
    channels = Channels.from_settings("smtps://name:p%40ss@mail.shop.test", tmp_path)

    assert isinstance(channels.mail, Email)
    assert (channels.mail.server.port, channels.mail.server.password) == (465, "p@ss")
    assert isinstance(channels.kept, Outbox)


def test_a_head_that_cannot_be_written_fails_for_good(tmp_path):
    bent = Message(
        "Pat\nBcc: x", "pat@example.test", "Shop", "a@shop.test", None, "Hi", "Hi", None, "<1@shop.test>"
    )

    with pytest.raises(DeliveryFailed) as failure:
        Channels.from_settings(None, tmp_path).deliver(bent)

    assert failure.value.permanent
    assert not list(tmp_path.glob("*.eml"))
