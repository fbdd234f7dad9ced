"""Doors: nobody comes in unasked, and whoever is told no learns what is wrong and what to do."""

from datetime import timedelta

import pytest
from flask import Response
from psycopg.errors import CheckViolation, UniqueViolation
from sqlalchemy import create_engine, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import MultiDict

from surveys import doors
from surveys.database import db
from surveys.doors import Door, add_missing, heading_of, refuse_nul
from surveys.errors import Conflict, Forbidden, Missing, Refusal
from surveys.refusing import overtaken
from surveys.staff import door
from surveys.staff.models import StaffSession
from surveys.staff.signing_in import touching
from tests.conftest import let_go, settings_for
from wsgi import create_app


def test_a_header_that_is_there_is_not_set_again():
    answer = Response(headers={"referrer-policy": "no-referrer"})
    add_missing(answer, ("Referrer-Policy", "origin"), ("Cache-Control", "no-store"))

    assert answer.headers.getlist("Referrer-Policy") == ["no-referrer"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_door_that_does_not_say_who_may_come_in_lets_nobody_in():
    with pytest.raises(NotImplementedError):
        Door("bare", __name__).admit()


@pytest.mark.parametrize("fields", [[("q", "a\x00b")], [("q", "fine"), ("q", "\x00")]])
def test_text_with_an_invisible_nul_is_refused(fields):
    with pytest.raises(Refusal, match="NUL"):
        refuse_nul(MultiDict(fields))


def test_other_control_characters_are_the_forms_affair():
    refuse_nul(MultiDict([("q", "two\nlines\t")]))


@pytest.mark.parametrize("address", ["/tasks/%00", "/responses?q=%00", "/s/%00"])
def test_no_address_with_nul_reaches_the_database(make_today, signed_in, address):
    assert signed_in(make_today.staff()).get(address).status_code in (404, 422)


@pytest.mark.parametrize(
    ("status", "refusal", "heading"),
    [
        (404, Missing(), "Not found"),
        (403, Forbidden(), "Not open to you"),
        (409, Conflict("It has moved on."), "Not possible any more"),
        (422, Refusal("Choose another."), "This does not work"),
        # What the framework refuses has no words of its own.
        (404, None, "Not found"),
        (500, None, "This failed on our side"),
        (405, None, "This does not work"),
    ],
)
def test_every_page_that_says_no_says_which_kind_of_no(app, status, refusal, heading):
    with app.test_request_context():
        assert heading_of(status, refusal) == heading


@pytest.mark.once
@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/tasks/nobody", "There is no such task."),
        ("/responses/nobody", "There is no such response."),
        ("/customers/nobody", "There is no such customer."),
        ("/settings/team/nobody", "Nobody of this id works here."),
    ],
)
def test_staff_are_told_what_was_not_found(make_today, signed_in, address, sentence):
    page = signed_in(make_today.staff("Olga", "owner")).get(address)

    assert page.status_code == 404
    assert "<h1>Not found</h1>" in page.text and sentence in page.text


def test_a_link_that_was_used_says_so_and_what_to_do(client):
    page = client.get("/password/long-gone")

    assert page.status_code == 404
    assert "This link does not work" in page.text and "ask an owner or admin for a new link" in page.text


@pytest.fixture
def seen_long_ago(make_today, signed_in):
    """A browser whose session was last seen some minutes ago, so that its next visit is noted."""
    browser = signed_in(make_today.staff(role="owner"))
    db.session.execute(update(StaffSession).values(last_seen_at=make_today.now - timedelta(minutes=5)))
    db.session.commit()
    return browser


def last_seen():
    db.session.rollback()
    return db.session.scalars(select(StaffSession.last_seen_at)).one()


def test_a_visit_is_noted_although_somebody_wrote_after_it_had_begun_to_read(
    app, seen_long_ago, make_today, monkeypatch
):
    def meanwhile(session, now):
        engine = create_engine(db.engine.url, module=getattr(db.engine.dialect, "dbapi", None))
        with engine.begin() as elsewhere:
            elsewhere.exec_driver_sql("UPDATE staff_member SET name = 'Olga'")
        engine.dispose()
        return touching(session, now)

    monkeypatch.setattr(door, "touching", meanwhile)

    assert seen_long_ago.get("/account").status_code == 200
    assert last_seen() >= make_today.now


def test_where_the_database_is_busy_the_page_comes_and_the_next_visit_is_noted(
    seen_long_ago, make_today, monkeypatch
):
    def busy(**_patience):
        raise OperationalError("BEGIN IMMEDIATE", None, Exception("database is locked"))

    with monkeypatch.context() as patched:
        patched.setattr(doors, "begin_writing", busy)
        assert seen_long_ago.get("/account").status_code == 200
        assert last_seen() < make_today.now
    assert seen_long_ago.get("/account").status_code == 200
    assert last_seen() >= make_today.now


OURS, STRANGER = "https://feedback.shop.test", "https://evil.test"


@pytest.fixture
def named(app, database_url, tmp_path):
    """A browser of a house whose name is known."""
    house = create_app(settings_for(database_url, tmp_path, BASE_URL=OURS))
    yield house.test_client()
    let_go(house)


@pytest.mark.once
@pytest.mark.parametrize(
    "house",
    [
        OURS,
        "https://FEEDBACK.shop.test:8443",
        "http://localhost",
        "http://127.0.0.1:8000",
        "http://127.9.9.9",
        "http://[::1]:8000",
    ],
)
def test_the_house_answers_by_its_name_and_on_its_machine(named, house):
    assert named.get("/sign-in", base_url=house).status_code == 200


@pytest.mark.once
@pytest.mark.parametrize(
    "host", ["evil.test", "feedback.shop.test.evil.test", "10.0.0.7:8000", "", "a b", "x@localhost"]
)
def test_a_name_that_is_not_ours_is_answered_with_nothing_of_ours(named, host):
    for path in ("/sign-in", "/static/css/staff.css", "/no-such-page", "/s/token"):
        answer = named.get(path, headers={"Host": host})
        assert answer.status_code == 400 and "Nothing is served under the name" in answer.text, path
        assert "feedback.shop.test" not in answer.text.replace(host, "")
    problem = named.get("/api/v1/tasks", headers={"Host": host})
    assert (problem.status_code, problem.mimetype) == (400, "application/problem+json")


@pytest.mark.once
def test_probes_may_call_by_number(named):
    assert named.get("/healthz", base_url="http://10.0.0.7:8000").json == {"status": "alive"}
    assert "Nothing is served" not in named.get("/readyz", base_url="http://web:8000").text
    assert named.get("/metrics", base_url="http://web:8000").status_code != 400


def test_a_proxys_word_for_the_name_counts_only_as_often_as_there_are_proxies(database_url, tmp_path):
    told = {"X-Forwarded-Host": "feedback.shop.test"}
    for hops, status in ((0, 400), (1, 200)):
        house = create_app(settings_for(database_url, tmp_path, BASE_URL=OURS, PROXY_HOPS=hops))
        assert house.test_client().get("/sign-in", base_url=STRANGER, headers=told).status_code == status
        let_go(house)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (IntegrityError("INSERT", None, UniqueViolation()), 409),
        (StaleDataError("the row has gone"), 409),
        (IntegrityError("INSERT", None, CheckViolation()), 500),
    ],
)
def test_only_whoever_was_a_moment_too_late_is_told_that_somebody_was_quicker(app, error, status):
    with app.test_request_context("/api/v1/inbox/filters"):
        assert overtaken(error).status_code == status
