"""The conversation over the API."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.follow_up.conversation import joining
from feedback.follow_up.conversation.models import Reply
from surveys.clock import real_now
from surveys.database import db
from surveys.post_box.sorting import take_in
from tests.feedback.follow_up.conversation.letters import letter

pytestmark = pytest.mark.once


@pytest.fixture
def ben(make_today):
    return make_today.staff("Ben", email="ben@shop.test")


@pytest.fixture
def task(make_today):
    return make_today.task(
        make_today.response(2, customer=make_today.customer("Pat", email="pat@example.test"))
    )


def at(task, path):
    return f"/api/v1/tasks/{task.public_id}/{path}"


def test_a_conversation_is_written_read_and_taken_back(machine, task, ben):
    sent = machine.post(at(task, "replies"), json={"author": "ben@shop.test", "body": "Hello Pat"})
    assert sent.status_code == 201
    assert (sent.json["state"], sent.json["subject"]) == ("queued", "Your answer to Demo Shop")
    assert sent.json["leaves_at"] > sent.json["at"]
    take_in(
        letter("Hello Ben", files=[("a.txt", b"abc")]), "imap", real_now() + timedelta(seconds=1), joining
    )
    db.session.commit()
    tried = machine.post(
        at(task, "attempts"), json={"result": "not_reached", "by": "ben@shop.test", "note": "busy"}
    )
    assert tried.status_code == 201
    assert (tried.json["channel"], tried.json["note"], tried.json["failed_attempts"]) == (
        "phone",
        "busy",
        ["phone"],
    )

    said = machine.get(at(task, "conversation")).json
    assert {each["type"] for each in said["items"]} == {"reply", "letter", "attempt"}
    told = next(each for each in said["items"] if each["type"] == "letter")
    (file,) = told["files"]
    assert (told["body"], told["matched_by"], file["name"], file["size"]) == (
        "Hello Ben",
        "sender",
        "a.txt",
        3,
    )
    handed = machine.get(at(task, f"files/{file['id']}"))
    assert (handed.data, handed.mimetype) == (b"abc", "application/octet-stream")
    assert machine.get(at(task, "files/nothing")).status_code == 404

    path = at(task, f"replies/{sent.json['id']}")
    assert machine.delete(path).json["state"] == "taken_back"
    assert machine.delete(path).status_code == 409


def test_nothing_leaves_by_itself_for_the_most_urgent(machine, make_today, ben):
    for priority in ("P0", "P1"):
        task = make_today.task(make_today.response(0), priority=priority)
        mail = {"author": "ben@shop.test", "body": "Hello"}
        answer = machine.post(at(task, "replies"), json=mail)
        assert answer.status_code == 409 and "by_hand" in answer.text
        assert machine.post(at(task, "replies"), json=mail | {"by_hand": True}).status_code == 201
    assert len(db.session.scalars(select(Reply)).all()) == 2


def test_a_letter_begins_with_what_fits_and_leaves_when_it_is_finished(machine, task, ben):
    begun = machine.get(at(task, "replies/draft?author=ben@shop.test")).json
    assert (begun["situation"], begun["language"]) == ("no_comment", "en")
    assert begun["body"].startswith("Hello Pat,") and begun["body"].endswith("Ben\nDemo Shop\n")
    german = machine.get(at(task, "replies/draft?author=ben@shop.test&situation=resolved&language=de")).json
    assert german["body"].startswith("Guten Tag Pat,")

    mail = {"author": "ben@shop.test", "subject": begun["subject"], "body": begun["body"]}
    unfinished = machine.post(at(task, "replies"), json=mail)
    assert (unfinished.status_code, unfinished.json["errors"][0]["pointer"]) == (422, "/body")
    seen = machine.post(at(task, "replies/preview"), json=mail | {"body": "Hello Pat"}).json
    assert (seen["to_email"], seen["from_name"]) == ("pat@example.test", "Ben · Demo Shop")
    assert seen["text"].startswith("Hello Pat") and "<p>Hello Pat" in seen["html"]
    assert machine.get(at(task, "conversation")).json["items"] == []


@pytest.mark.parametrize(
    "path, body, status",
    [
        ("replies", {"author": "nobody@shop.test", "body": "x"}, 422),
        ("replies", {"author": "ann@shop.test", "body": "x"}, 422),
        ("replies", {"body": "x"}, 422),
        ("replies", {"author": "ben@shop.test", "body": "[what]"}, 422),
        ("replies", {"author": "ben@shop.test", "body": ""}, 422),
        ("attempts", {"result": "maybe"}, 422),
        ("attempts", {"result": "reached", "channel": "smoke"}, 422),
        ("attempts", {"result": "reached", "who": "me"}, 422),
    ],
)
def test_what_does_not_fit_is_refused(machine, make_today, task, ben, path, body, status):
    make_today.staff("Ann", "analyst", email="ann@shop.test")
    assert machine.post(at(task, path), json=body).status_code == status


def test_it_is_described(client):
    paths = client.get("/api/openapi.json").json["paths"]
    known = {path.rpartition("/")[2] for path in paths if path.startswith("/api/v1/tasks/")}
    assert {"conversation", "replies", "attempts"} <= known
