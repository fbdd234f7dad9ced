"""An owner goes through the checklist."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from feedback.demo.models import DemoMarker
from feedback.going_live.models import TickedStep
from surveys.brand.models import Brand
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.staff.models import StaffMember
from tests.doubles import BrokenMail


@pytest.fixture
def owner(signed_in, make):
    return signed_in(make.staff("Olga", role="owner"))


def test_the_checklist_names_the_shop_and_what_it_lacks(owner, make):
    make.brand(name="Olive & Salt", postal_address=None)

    page = owner.get("/going-live").text

    assert "Olive &amp; Salt: add the postal address" in page
    assert "steps are done. Next:" in page


def test_a_tick_stays_until_it_is_taken_back(owner):
    assert owner.post("/going-live/tick/dns").status_code == 303
    owner.post("/going-live/tick/dns")
    assert db.session.scalars(select(TickedStep.key)).all() == ["dns"]
    assert "/going-live/untick/dns" in owner.get("/going-live").text

    owner.post("/going-live/untick/dns")
    db.session.expire_all()
    assert db.session.scalars(select(TickedStep.key)).all() == []


def test_only_steps_that_people_see_can_be_ticked(owner):
    assert owner.post("/going-live/tick/connected").status_code == 404
    assert owner.post("/going-live/untick/dns").status_code == 404


def test_the_test_mail_goes_to_the_one_who_asks_from_the_shop(app, owner, make, kept, channels, monkeypatch):
    monkeypatch.setitem(app.extensions, "channels", channels)
    brand = make.brand(name="Olive & Salt", sender_email="hello@olive.test", reply_to="care@olive.test")

    assert owner.post(f"/going-live/test-mail/{brand.key}").status_code == 303

    page = owner.get("/going-live").text
    assert "the test mail lies in the outbox" in page and "It arrived" not in page
    (mail,) = kept.messages
    assert (mail.from_email, mail.reply_to) == ("hello@olive.test", "care@olive.test")
    assert "care@olive.test" in mail.text


def test_a_mail_is_said_to_have_arrived_only_after_one_has_left(app, owner, make, channels, monkeypatch):
    monkeypatch.setitem(app.extensions, "channels", channels)
    served = replace(app.config["SETTINGS"], mail_url="smtp://mail.olive.test")
    monkeypatch.setitem(app.config, "SETTINGS", served)
    brand = make.brand(sender_email="hello@olive.test")
    assert "It arrived" not in owner.get("/going-live").text

    owner.post(f"/going-live/test-mail/{brand.key}")
    assert "It arrived" in owner.get("/going-live").text

    owner.post(f"/going-live/test-mail/{brand.key}")
    owner.post("/going-live/tick/mail_arrived")
    assert set(db.session.scalars(select(TickedStep.key))) == {"mail_arrived", "mail_left"}


def test_a_mail_that_the_server_refused_has_not_left(app, owner, make, channels, monkeypatch):
    broken = Channels(mail=BrokenMail(DeliveryFailed("the server said no")), kept=channels.kept)
    monkeypatch.setitem(app.extensions, "channels", broken)
    brand = make.brand(sender_email="hello@olive.test")

    owner.post(f"/going-live/test-mail/{brand.key}")

    page = owner.get("/going-live").text
    assert "The mail server refused" in page and "It arrived" not in page


def test_while_only_the_demo_is_there_every_step_of_a_shop_leads_to_clearing_it(owner, make, now):
    make.brand("demo", made_by_demo=True)
    db.session.add(DemoMarker(id=1, filled_at=now, seed=1))
    db.session.commit()

    assert owner.get("/going-live").text.count('<a href="/going-live#demo">Clear the demo first</a>') == 4


@pytest.mark.once
def test_the_demo_is_cleared_from_the_page(owner, make, now):
    make.brand("demo", made_by_demo=True)
    db.session.add(DemoMarker(id=1, filled_at=now, seed=1))
    db.session.commit()

    assert owner.post("/going-live/demo").status_code == 303

    page = owner.get("/going-live").text
    assert "The demo is gone: 0 purchases" in page
    assert "Shop: give the shop the name customers know." in page
    assert [brand.key for brand in db.session.scalars(select(Brand))] == ["shop"]


@pytest.mark.once
def test_whom_the_demo_invented_clears_it_and_goes_on_as_the_first_owner(signed_in, make, now):
    make.brand("demo", made_by_demo=True)
    invented = signed_in(make.staff("Olga", role="owner", made_by_demo=True))
    db.session.add(DemoMarker(id=1, filled_at=now, seed=1))
    db.session.commit()
    before = invented.get("/going-live").text
    assert "Your own shop stands here as soon as the demo is cleared." in before

    answer = invented.post("/going-live/demo")
    page = invented.get(answer.location).text
    assert "The demo is gone" in page
    assert "This makes you the owner of this installation." in page
    assert invented.get("/going-live").location.startswith("/sign-in")

    own = {"email": "ada@olive.test", "name": "Ada", "password": "a long walk by the sea"}
    assert invented.post(answer.location, data=own).status_code == 303
    assert invented.get("/going-live").status_code == 200
    assert [member.name for member in db.session.scalars(select(StaffMember))] == ["Ada"]


@pytest.mark.parametrize(
    ("browser", "gone", "account", "inbox"),
    [
        ("de", "Die Demo ist weg", "Das erste Konto", "Eingang"),
        ("en", "The demo is gone", "The first account", "Inbox"),
    ],
)
def test_who_cleared_the_demo_goes_on_in_the_language_of_the_browser(
    signed_in, make, now, browser, gone, account, inbox
):
    invented = signed_in(make.staff("Olga", role="owner", locale="de", made_by_demo=True))
    db.session.add(DemoMarker(id=1, filled_at=now, seed=1))
    db.session.commit()
    headers = {"Accept-Language": browser}

    there = invented.post("/going-live/demo", headers=headers).location
    page = invented.get(there, headers=headers).text
    assert gone in page and account in page

    own = {"email": "ada@olive.test", "name": "Ada", "password": "a long walk by the sea"}
    invented.post(there, data=own, headers=headers)
    assert f"<h1>{inbox}</h1>" in invented.get("/inbox").text


@pytest.mark.once
def test_where_somebody_real_works_whom_the_demo_invented_signs_in_anew(signed_in, make, now):
    make.staff("Ada", role="owner", password_hash="set")
    invented = signed_in(make.staff("Olga", role="owner", made_by_demo=True))

    assert invented.post("/going-live/demo").location == "/sign-in"
    assert [member.name for member in db.session.scalars(select(StaffMember))] == ["Ada"]


@pytest.mark.parametrize(("role", "password"), [("agent", "set"), ("owner", None)])
def test_colleagues_who_cannot_see_to_the_house_do_not_close_the_way_to_it(signed_in, make, role, password):
    make.staff("Ben", role=role, password_hash=password)
    invented = signed_in(make.staff("Olga", role="owner", made_by_demo=True))

    assert invented.post("/going-live/demo").location.startswith("/first/")


def test_clearing_the_demo_makes_no_real_colleague_an_owner(signed_in, make):
    make.staff("Olga", role="owner", made_by_demo=True)
    nadia = signed_in(make.staff("Nadia", role="admin"))

    assert nadia.post("/going-live/demo").location == "/going-live"


def test_the_records_are_those_of_each_senders_domain(owner, make):
    make.brand(sender_email="hello@olive.test")

    page = owner.get("/going-live/records").text

    assert "_dmarc.olive.test" in page


@pytest.mark.parametrize("role", ["agent", "analyst"])
def test_others_do_not_see_it(signed_in, make, role):
    person = signed_in(make.staff("Pat", role=role))

    assert person.get("/going-live").status_code == 403
    assert person.post("/going-live/demo").status_code == 403
