from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import text

from surveys import clock
from surveys.clock import set_forward
from surveys.database import db
from surveys.upkeep import examining
from surveys.upkeep.views import surroundings


def at(**settings):
    found = surroundings()
    return replace(found, settings=replace(found.settings, **settings))


def levels(findings):
    return [finding.level for finding in findings]


def test_a_house_for_this_machine_alone_needs_no_certificate(app):
    assert levels(examining.look_at_settings(at())) == ["ok"]


def test_a_house_on_the_net_without_a_certificate_fails(app):
    assert levels(examining.look_at_settings(at(base_url="http://feedback.shop.test"))) == ["FAIL"]


def test_a_certificate_needs_a_proxy_and_we_must_know_of_it(app):
    live = {"base_url": "https://feedback.shop.test"}

    assert levels(examining.look_at_settings(at(**live))) == ["ok", "warn"]
    assert levels(examining.look_at_settings(at(**live, proxy_hops=1))) == ["ok"]


def test_a_database_that_does_not_wait_for_the_disk_is_noticed(app):
    """The PostgreSQL that the tests start is one, because that is quicker."""
    postgres = db.engine.dialect.name == "postgresql"
    waits = not postgres or db.session.scalar(text("SHOW fsync")) == "on"

    assert examining.look_at_database(at())[0].level == ("ok" if waits else "FAIL")


def test_shops_without_any_sender_are_named(make):
    make.brand("mine", name="Mugs and more", sender_email=None)
    mail = {"mail_url": "smtp://mail.shop.test"}

    found = examining.look_at_senders(at(**mail, mail_from=None))

    assert (found[0].level, "Mugs and more" in found[0].said) == ("FAIL", True)
    assert levels(examining.look_at_senders(at(**mail))) == ["ok"]


def test_a_demos_clock_that_runs_ahead_is_told(app, monkeypatch):
    monkeypatch.setattr(clock, "datetime", datetime)  # The database keeps the machine's time.
    assert levels(examining.look_at_clock(at())) == ["ok"]
    set_forward(timedelta(days=2))
    db.session.commit()

    assert levels(examining.look_at_clock(at())) == ["warn"]


def test_there_is_room_or_it_is_said(app):
    found = examining.look_at_disk(at())

    assert "MiB free" in found[0].said
