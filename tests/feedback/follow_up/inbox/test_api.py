"""The inbox over the API: queues with exact counts, and filters of people's own."""

import pytest

from surveys.database import db

INBOX = "/api/v1/inbox"


@pytest.fixture
def ben(make_today):
    return make_today.staff("Ben", email="ben@shop.test")


def ids(answer):
    return [each["id"] for each in answer.json["items"]]


def test_a_queue_is_listed_by_urgency_counted_and_paged(machine, make_today, ben):
    calm = make_today.task(priority="P3")
    urgent = make_today.task(priority="P1", assignee=ben, state="in_progress")
    db.session.commit()

    first = machine.get(f"{INBOX}?view=open&limit=1")
    assert (ids(first), first.json["count"]) == ([urgent.public_id], 2)
    second = machine.get(first.json["next"])
    assert (ids(second), second.json["next"], second.json["count"]) == ([calm.public_id], None, 2)
    mine = machine.get(f"{INBOX}?view=mine&by=ben@shop.test")
    assert ids(mine) == [urgent.public_id] and mine.json["items"][0]["assignee"] == "ben@shop.test"
    assert ids(machine.get(f"{INBOX}?view=open&priority=P3&q=Dora")) == [calm.public_id]
    held = machine.get(f"{INBOX}/counts?by={ben.public_id}").json
    assert (held["mine"], held["unassigned"], held["open"], held["stuck"]) == (1, 1, 2, 0)
    assert machine.get(f"{INBOX}/counts").json["mine"] == 0


@pytest.mark.once
@pytest.mark.parametrize(
    "query, field",
    [
        ("view=mine", "/by"),
        ("", "/view"),
        ("view=all", "/view"),
        ("view=open&owner=nobody@shop.test", "/owner"),
        ("view=open&brand=none", "/brand"),
        ("view=open&colour=red", "/colour"),
        ("view=mine&by=ann@shop.test", "/by"),
    ],
)
def test_what_is_no_queue_is_refused_by_its_name(machine, make_today, query, field):
    make_today.staff("Ann", "analyst", email="ann@shop.test")
    make_today.brand()
    answer = machine.get(f"{INBOX}?{query}")
    assert answer.status_code == 422 and answer.json["errors"][0]["pointer"] == field


def test_a_filter_is_saved_shared_changed_and_thrown_away(machine, make_today, ben):
    make_today.staff("Dora", email="dora@shop.test")
    late = [make_today.task(priority="P1") for _ in range(2)]
    make_today.task(priority="P3")
    wanted = {"view": "open", "priority": "P1"}
    address = f"{INBOX}/filters"
    saved = machine.post(address, json={"by": "ben@shop.test", "name": "Urgent", "wanted": wanted})
    assert saved.status_code == 201
    assert (saved.json["wanted"], saved.json["is_shared"], saved.json["staff"]) == (
        wanted,
        False,
        "ben@shop.test",
    )
    one = f"{address}/{saved.json['id']}"

    assert machine.get(f"{one}/tasks?by=dora@shop.test").status_code == 404
    assert machine.get(f"{address}?by=dora@shop.test").json["items"] == []
    assert machine.patch(one, json={"by": "dora@shop.test", "name": "Mine"}).status_code == 404
    shared = machine.patch(one, json={"by": "ben@shop.test", "name": "P1", "is_shared": True})
    assert (shared.json["name"], shared.json["is_shared"], shared.json["wanted"]) == ("P1", True, wanted)
    assert machine.get(f"{one}?by=dora@shop.test").json == shared.json
    found = machine.get(f"{one}/tasks?by=dora@shop.test&limit=1")
    assert found.json["count"] == 2
    assert ids(found) + ids(machine.get(found.json["next"])) == [each.public_id for each in late]

    assert machine.delete(f"{one}?by=dora@shop.test").status_code == 404
    assert machine.delete(f"{one}?by=ben@shop.test").status_code == 204
    assert machine.get(f"{one}?by=ben@shop.test").status_code == 404


@pytest.mark.once
def test_a_filter_that_does_not_fit_is_refused_and_not_kept(machine, ben):
    good = {"by": "ben@shop.test", "name": "Urgent", "wanted": {"view": "open"}}
    assert machine.post(f"{INBOX}/filters", json=good).status_code == 201
    for changed, status, field in (
        ({}, 409, "/name"),
        ({"name": "x" * 61}, 422, "/name"),
        ({"name": "Other", "wanted": {"view": "open", "colour": "red"}}, 422, "/wanted/colour"),
        ({"name": "Other", "by": "nobody@shop.test"}, 422, "/by"),
    ):
        answer = machine.post(f"{INBOX}/filters", json=good | changed)
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (status, field)
    assert len(machine.get(f"{INBOX}/filters?by=ben@shop.test").json["items"]) == 1
