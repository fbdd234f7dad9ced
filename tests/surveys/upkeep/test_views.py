from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from surveys.clock import real_now
from surveys.database import db
from surveys.upkeep.queries import head
from surveys.upkeep.releasing import hold
from tests.conftest import settings_for
from wsgi import create_app

TOKEN = "a token of this test"


@pytest.fixture
def migrated(app):
    """The tests make their tables by themselves; here the database says that the history made them."""
    db.session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    db.session.execute(
        text("INSERT INTO alembic_version VALUES (:head)"), {"head": head(app.config["MIGRATIONS"])}
    )
    db.session.commit()
    yield
    db.session.rollback()
    db.session.execute(text("DROP TABLE alembic_version"))
    db.session.commit()


@pytest.fixture
def with_token(app):
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, metrics_token=TOKEN)
    yield
    app.config["SETTINGS"] = settings


def test_a_living_process_says_so(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"status": "alive"})
    assert "Set-Cookie" not in answer.headers


def test_a_house_with_its_schema_is_ready(client, migrated):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json) == (200, {"status": "ready"})


def test_a_schema_of_another_version_is_not_ready_and_says_only_that(client, migrated):
    db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    db.session.commit()
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json) == (503, {"status": "not ready", "failing": ["schema"]})


def test_a_database_that_was_never_migrated_is_not_ready(client):
    assert client.get("/readyz").json["failing"] == ["schema"]


def test_figures_tell_what_is_stored_and_what_waits(make_today, client):
    make_today.response(score=2)
    due_at = real_now() - timedelta(minutes=2)
    make_today.invitation(state="planned", due_at=due_at)
    answer = client.get("/metrics")
    lines = answer.text.splitlines()

    assert answer.content_type.startswith("text/plain; version=0.0.4")
    assert "nachklang_responses_total 1" in lines
    assert "nachklang_invitations_due 1" in lines
    assert "nachklang_mail_held 0" in lines
    waits = next(line for line in lines if line.startswith("nachklang_invitations_oldest_due_seconds "))
    assert 120 <= float(waits.split()[1]) < 180
    assert "# TYPE nachklang_responses_total counter" in lines


def test_figures_are_for_this_machine_alone_without_a_token(client):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404


def test_a_machine_elsewhere_shows_the_token(client, with_token):
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}

    def status(token):
        headers = {"Authorization": f"Bearer {token}"}
        return client.get("/metrics", headers=headers, environ_base=elsewhere).status_code

    assert status(TOKEN) == 200
    assert status("another token") == 404
    assert client.get("/metrics", environ_base=elsewhere).status_code == 404


@pytest.mark.once
def test_an_owner_holds_the_mail_and_releases_it_and_the_pages_say_so(make_today, signed_in):
    browser = signed_in(make_today.staff("Olga", "owner"))
    assert "Hold the mail" in browser.get("/settings/mail").text

    browser.post("/settings/mail/hold")
    for page in ("/settings/mail", "/loop", "/outbox"):
        assert "Mail to customers is held." in browser.get(page).text, page
        assert "Somebody stopped the mail by hand." in browser.get(page).text, page

    assert browser.post("/settings/mail/release").location == "/settings/mail"
    assert "What is due leaves now." in browser.get("/settings/mail").text
    assert "Mail to customers is held." not in browser.get("/loop").text


@pytest.mark.once
def test_an_admin_sees_what_holds_the_mail_and_cannot_release_it(make_today, signed_in):
    hold("restored", real_now())
    db.session.commit()
    browser = signed_in(make_today.staff("Pat", "admin"))
    page = browser.get("/settings/mail").text

    assert "restored from a backup" in page
    assert "Only owners hold and release mail." in page
    assert browser.post("/settings/mail/release").status_code == 403
    assert "Mail to customers is held." in browser.get("/outbox").text


def test_a_house_whose_database_is_gone_lives_and_is_not_ready(tmp_path):
    nowhere = create_app(settings_for("postgresql://nobody@127.0.0.1:1/none", tmp_path)).test_client()
    answer = nowhere.get("/readyz")

    assert (answer.status_code, answer.json) == (503, {"status": "not ready", "failing": ["database"]})
    assert nowhere.get("/healthz").status_code == 200


@pytest.mark.once
def test_the_pace_is_set_on_the_page_about_mail_and_says_how_long_what_is_due_takes(make_today, signed_in):
    olga = signed_in(make_today.staff(role="owner"))
    for _ in range(3):
        make_today.invitation(state="planned", due_at=real_now())

    assert "as soon as it is due" in olga.get("/settings/mail").text
    assert olga.post("/settings/mail", data={"per_minute": "9" * 400}).status_code == 422
    refused = olga.post("/settings/mail", data={"per_minute": "0"})
    assert (refused.status_code, "Choose a whole number from 1 to 60000" in refused.text) == (422, True)
    assert olga.post("/settings/mail", data={"per_minute": "1"}).status_code == 303
    page = olga.get("/settings/mail").text
    assert "The pace is 1 mail in a minute. That takes about 3 minutes." in page
    olga.post("/settings/mail", data={"per_minute": ""})
    assert "as soon as it is due" in olga.get("/settings/mail").text
