from datetime import UTC, datetime, timedelta

from surveys.channels.email import Email, SmtpServer
from surveys.channels.registry import OUT, Channels
from surveys.database import db
from surveys.upkeep.models import Installation
from surveys.upkeep.queries import installation, reasons_to_hold
from surveys.upkeep.releasing import hold, release, settle_in

NOW = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
MAIL = Email(SmtpServer.from_url("smtp://mail.shop.test"))
REAL = Channels(mail=MAIL, kept=MAIL, way=OUT)


def codes():
    return [reason.code for reason in reasons_to_hold(REAL, "https://feedback.shop.test")]


def test_a_database_is_at_home_where_it_sends_first(app):
    assert installation() is None
    settle_in()
    settle_in()
    db.session.commit()

    assert codes() == []


def test_a_copy_of_the_database_is_held_until_somebody_takes_its_place_for_home(make, now):
    owner = make.staff("Olga", "owner")
    db.session.add(Installation(id=1, home="where it was before"))
    db.session.commit()
    assert codes() == ["moved"]

    release(now, owner)
    db.session.commit()

    assert codes() == []
    assert (installation().released_at, installation().released_by_id) == (now, owner.id)


def test_what_was_restored_is_held_until_it_is_released(app):
    hold("restored", NOW)
    db.session.commit()
    assert codes() == ["restored"]
    assert installation().held_at == NOW

    release(NOW + timedelta(hours=1))
    db.session.commit()

    assert codes() == []


def test_the_demos_shop_holds_the_mail_and_releasing_does_not_help(make, now):
    make.brand("demo", made_by_demo=True)
    release(now)
    db.session.commit()

    assert codes() == ["demo"]
