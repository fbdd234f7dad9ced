from dataclasses import replace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import AuthResult

from surveys.upkeep.calling import look_at_mail
from surveys.upkeep.views import surroundings
from tests.journeys.living import free_port


class Choosy(Sink):
    """Takes mail from one address only."""

    async def handle_MAIL(self, server, session, envelope, address, options):
        return "250 OK" if address == "survey@shop.test" else "553 5.7.1 Sender address rejected"


@pytest.fixture
def server():
    def know(server, session, envelope, mechanism, data):
        return AuthResult(success=data.password == b"right", handled=False)

    controller = Controller(
        Choosy(),
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=know,
        auth_require_tls=False,
    )
    controller.start()
    yield controller
    controller.stop()


def findings(app, **settings):
    at = surroundings()
    return look_at_mail(replace(at, settings=replace(at.settings, **settings)))


def test_a_server_that_takes_our_sender_is_fine(app, server):
    found = findings(app, mail_url=f"smtp://127.0.0.1:{server.port}", mail_from="survey@shop.test")

    assert [finding.level for finding in found] == ["ok", "ok"]
    assert "takes mail from survey@shop.test" in found[1].said


def test_a_sender_the_server_refuses_is_told_in_its_words(app, server):
    found = findings(app, mail_url=f"smtp://127.0.0.1:{server.port}", mail_from="other@shop.test")

    assert found[1].level == "FAIL"
    assert "553 5.7.1 Sender address rejected" in found[1].said


def test_a_wrong_password_is_told_without_quoting_it(app, server):
    found = findings(app, mail_url=f"smtp://shop:wrong@127.0.0.1:{server.port}", mail_from=None)

    assert found[0].level == "FAIL"
    assert "does not know us" in found[0].said
    assert "wrong" not in str(found)


def test_without_a_server_mail_stays_in_the_outbox_and_a_house_on_the_net_is_warned(app):
    assert findings(app, mail_url=None)[0].level == "ok"
    assert findings(app, mail_url=None, base_url="https://feedback.shop.test")[0].level == "warn"
