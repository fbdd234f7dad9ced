"""Snoozes and promises for machines."""

from datetime import timedelta

import pytest

from surveys.api.shapes import written

pytestmark = pytest.mark.once

DAY = timedelta(days=1)


@pytest.fixture
def task(make_today):
    return make_today.task()


@pytest.fixture
def path(task):
    return f"/api/v1/tasks/{task.public_id}"


def test_a_task_is_snoozed_and_brought_back(machine, path, make_today):
    until = written((make_today.now + timedelta(hours=1)).replace(microsecond=0))
    answer = machine.put(f"{path}/snooze", json={"until": until, "reason": "Stock arrives"})
    assert (answer.status_code, answer.json["snoozed_until"]) == (200, until)
    assert machine.put(f"{path}/snooze", json={"reason": "Their turn"}).json["snoozed_until"] > until
    answer = machine.delete(f"{path}/snooze")
    assert answer.json["snoozed_until"] is None
    assert [row["kind"] for row in answer.json["history"]] == ["snoozed", "snoozed", "woken"]


def test_a_snooze_that_does_not_fit_is_refused_and_stores_nothing(machine, path, task, make_today):
    far = written(make_today.now + 30 * DAY)
    answer = machine.put(f"{path}/snooze", json={"until": far, "reason": "Later"})
    assert answer.status_code == 422 and "5 business days" in answer.json["detail"]
    for body in ({}, {"reason": ""}, {"reason": "x", "until": "tomorrow"}, {"reason": "x", "days": 1}):
        assert machine.put(f"{path}/snooze", json=body).status_code == 422, body
    urgent = make_today.task(priority="P0")
    answer = machine.put(f"/api/v1/tasks/{urgent.public_id}/snooze", json={"reason": "Later"})
    assert answer.status_code == 409 and "stays in sight" in answer.json["detail"]
    assert task.history == urgent.history == []


def test_a_promise_is_made_and_kept_once(machine, path, make_today):
    until = written((make_today.now + DAY).replace(microsecond=0))
    answer = machine.post(f"{path}/promises", json={"what": "Refund of 20 euros", "until": until})
    made = answer.json
    assert (answer.status_code, made["state"], made["until"]) == (201, "open", until)
    assert [each["id"] for each in machine.get(path).json["promises"]] == [made["id"]]
    place = f"{path}/promises/{made['id']}"
    assert machine.patch(place, json={"state": "kept"}).json["state"] == "kept"
    assert machine.patch(place, json={"state": "kept"}).status_code == 409


def test_a_promise_is_taken_back_with_a_reason(machine, path, make_today):
    body = {"what": "Call", "until": written(make_today.now + DAY)}
    place = f"{path}/promises/{machine.post(f'{path}/promises', json=body).json['id']}"
    assert machine.patch(place, json={"state": "withdrawn"}).status_code == 422
    answer = machine.patch(place, json={"state": "withdrawn", "reason": "They call themselves"})
    assert answer.json["state"] == "withdrawn" and answer.json["settled_at"]


def test_a_promise_that_does_not_fit_is_refused(machine, path, make_today, task):
    past, later = written(make_today.now - DAY), written(make_today.now + DAY)
    for body in ({"what": "Call"}, {"what": " ", "until": later}, {"what": "Call", "until": past}):
        assert machine.post(f"{path}/promises", json=body).status_code == 422, body
    assert machine.patch(f"{path}/promises/none", json={"state": "kept"}).status_code == 404
    assert task.promises == []
