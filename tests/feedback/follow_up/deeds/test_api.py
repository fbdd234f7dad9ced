"""Deeds on one task for machines: in whose name, on which version, notes, merging and splitting."""

import pytest

from feedback.follow_up import triaging
from feedback.follow_up.opening import open_tasks
from surveys.database import db


@pytest.fixture
def ben(make_today):
    return make_today.staff("Ben", email="ben@shop.test")


def at(task, path=""):
    return f"/api/v1/tasks/{getattr(task, 'public_id', task)}{path}"


@pytest.mark.once
def test_whoever_saw_an_older_version_is_told_and_changes_nothing(machine, make_today, ben):
    task = make_today.task()
    seen = machine.get(at(task)).json["version"]
    triaging.take(task, ben, make_today.now)
    db.session.commit()

    for path, method, body in (
        ("", "PATCH", {"priority": "P1", "priority_reason": "He called."}),
        ("/snooze", "PUT", {"reason": "Later"}),
        ("/promises", "POST", {"what": "A call", "until": "2030-01-01T00:00:00Z"}),
        ("/merge", "POST", {"into": task.public_id}),
        ("/split", "POST", {"answer": "x"}),
    ):
        late = machine.open(at(task, path), method=method, json=body | {"version": seen})
        assert (late.status_code, late.json["errors"][0]["pointer"]) == (409, "/version"), path
    now = machine.get(at(task)).json
    assert (now["priority"], now["promises"]) == ("P2", [])
    again = machine.patch(
        at(task), json={"priority": "P1", "priority_reason": "He called.", "version": now["version"]}
    )
    assert again.status_code == 200 and again.json["version"] > now["version"]


def test_a_deed_stands_in_the_history_under_the_name_it_was_done_in(machine, make_today, ben):
    make_today.staff("Ann", "analyst", email="ann@shop.test")
    make_today.staff("Dora", email="dora@shop.test")
    task = make_today.task()
    moved = machine.patch(at(task), json={"state": "in_progress", "by": "ben@shop.test"})
    assert moved.json["history"][-1]["actor"] == "ben@shop.test"
    for name in ("ann@shop.test", "nobody@shop.test"):
        refused = machine.patch(at(task), json={"note": "x", "by": name})
        assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/by")

    note = {"text": "Called back, @Dora please see to it", "contacted": True, "by": "ben@shop.test"}
    noted = machine.post(at(task, "/notes"), json=note)
    assert noted.status_code == 201
    assert [(each["kind"], each["actor"]) for each in noted.json["items"]] == [
        ("noted", "ben@shop.test"),
        ("mentioned", "ben@shop.test"),
    ]
    clocks = machine.get(at(task)).json["clocks"]
    assert "contact" not in {each["name"] for each in clocks}


def test_the_reason_goes_with_the_solution_and_an_owners_name_gives_no_more_than_a_key(machine, make_today):
    make_today.staff("Olga", "owner", email="olga@shop.test")
    task = make_today.task(state="in_progress")
    solved = {"state": "resolved", "resolution": "goodwill", "cause": "carrier", "by": "olga@shop.test"}
    alone = machine.patch(at(task), json={"reason": "DELIVERY"})
    odd = machine.patch(at(task), json=solved | {"reason": "WEATHER"})
    dear = machine.patch(at(task), json=solved | {"goodwill": {"amount": 50_001, "currency": "EUR"}})
    assert [each.json["errors"][0]["pointer"] for each in (alone, odd, dear)] == [
        "/reason",
        "/reason",
        "/goodwill",
    ]
    assert (alone.status_code, odd.status_code, dear.status_code) == (422, 422, 403)
    assert machine.patch(at(task), json=solved | {"reason": "DELIVERY.LATE"}).json["reason"] == (
        "DELIVERY.LATE"
    )


def test_two_tasks_become_one_and_one_becomes_two_again(machine, make_today, ben):
    order = make_today.purchase()
    for score in (1, 4):
        make_today.response(score, customer=order.customer, purchase=order)
    open_tasks(make_today.now, 10)
    db.session.commit()
    (task,) = machine.get("/api/v1/tasks").json["items"]
    first, second = (each["response"] for each in task["signals"])

    assert machine.post(at(task["id"], "/split"), json={"answer": first}).status_code == 422
    own = machine.post(at(task["id"], "/split"), json={"answer": second, "by": "ben@shop.test"})
    assert (own.status_code, own.json["response"]["id"], own.json["assignee"]) == (
        201,
        second,
        "ben@shop.test",
    )
    assert len(machine.get(at(task["id"])).json["signals"]) == 1

    merged = machine.post(at(own.json["id"], "/merge"), json={"into": task["id"]})
    assert (merged.status_code, merged.json["id"], len(merged.json["signals"])) == (200, task["id"], 2)
    gone = machine.get(at(own.json["id"])).json
    assert (gone["state"], gone["outcome"], gone["duplicate_of"]) == ("closed", "duplicate", task["id"])
    stranger = make_today.task(make_today.response(2, customer=make_today.customer("Pat"))).public_id
    assert machine.post(at(task["id"], "/merge"), json={"into": stranger}).status_code == 409
    unknown = machine.post(at(task["id"], "/merge"), json={"into": "nothing"})
    assert (unknown.status_code, unknown.json["errors"][0]["pointer"]) == (422, "/into")
