"""A chat is told over TLS at a public address, and nothing else is called."""

import ssl
import time
from ipaddress import ip_address

import pytest

from surveys.channels.web_hook import FAILURES, PASSING, WebHook, checked_url, is_public
from surveys.errors import DeliveryFailed, Refusal
from tests.surveys.channels.chat_server import STRANGER, names, on_loopback, serving  # noqa: F401

pytestmark = pytest.mark.once


@pytest.fixture
def server(names):  # noqa: F811
    with serving() as running:
        yield running


def why(hook, url):
    with pytest.raises(DeliveryFailed) as failure:
        hook.say(url, "P0 · Yours now")
    assert failure.value.reason in FAILURES
    assert failure.value.permanent == (failure.value.reason not in PASSING)
    return failure.value.reason


def test_a_text_arrives(server):
    on_loopback().say(server.url, "P0 · Vorbei – schnell!")
    assert server.heard == ["P0 · Vorbei – schnell!"]


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (301, "redirect"),
        (307, "redirect"),
        (400, "refused"),
        (404, "unknown"),
        (410, "unknown"),
        (429, "too-often"),
        (500, "broken"),
        (503, "broken"),
    ],
)
def test_what_the_server_answers_is_told_in_a_word(server, status, word):
    server.status = status
    assert why(on_loopback(), server.url) == word
    assert len(server.heard) == 1, "nothing is followed"


def test_a_slow_server_is_left_after_its_time(server):
    server.pause = 3
    begun = time.monotonic()
    assert why(on_loopback(longest=0.5), server.url) == "no-answer"
    assert time.monotonic() - begun < 2


def test_a_server_that_speaks_a_letter_at_a_time_is_left_too(server):
    server.drips = True
    begun = time.monotonic()
    assert why(on_loopback(longest=0.5), server.url) == "no-answer"
    assert time.monotonic() - begun < 2


def test_a_certificate_nobody_knows_hears_nothing(names):  # noqa: F811
    with serving(STRANGER) as server:
        assert why(on_loopback(), server.url) == "certificate"
        assert not server.heard


def test_a_certificate_for_another_name_hears_nothing(server, names):  # noqa: F811
    names["other.test"] = ["127.0.0.1"]
    assert why(on_loopback(), server.url.replace("chat.test", "other.test")) == "certificate"
    assert not server.heard


def test_only_known_authorities_are_believed_unless_said_otherwise(server):
    assert why(WebHook(allows=lambda _: True), server.url) == "certificate"


def test_nobody_there(names):  # noqa: F811
    with serving() as server:
        url = server.url
    assert why(on_loopback(), url) == "no-answer"
    assert why(on_loopback(), "https://nowhere.test/x") == "no-name"


def test_the_house_and_its_neighbours_are_not_called(server, names):  # noqa: F811
    assert why(WebHook(), server.url) == "private"
    names["mixed.test"] = ["93.184.215.14", "10.0.0.7"]
    assert why(WebHook(), "https://mixed.test/x") == "private", "one private address among others is enough"
    assert not server.heard


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::a00:1",
        "2001:0:1::1",
    ],
)
def test_addresses_that_are_not_of_the_open_internet(address):
    assert not is_public(ip_address(address))


def test_addresses_of_the_open_internet():
    assert all(
        is_public(ip_address(each)) for each in ("93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8")
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://chat.test/x",
        "ftp://chat.test",
        "https://",
        "https://user:word@chat.test/x",
        "https://chat.test:99999/",
        "https://chat.test:0/",
        "https://chat.test/a b",
        "https://chat.test/\r\nHost:x",
        "https://chät.test/",
        "https://chat.test/" + "x" * 1000,
        "https://[::1",
    ],
)
def test_addresses_that_cannot_be_called_are_refused(url):
    with pytest.raises(Refusal) as refused:
        checked_url(url)
    assert refused.value.field == "url"


def test_old_protocols_are_not_spoken():
    assert WebHook().trusts().minimum_version >= ssl.TLSVersion.TLSv1_2
