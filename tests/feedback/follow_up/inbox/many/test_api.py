"""Deeds on many tasks over the API."""

import pytest

from feedback.follow_up.inbox.many.working import AT_ONCE, work_on_many

DEEDS = "/api/v1/bulk-deeds"


@pytest.fixture
def ben(make_today):
    return make_today.staff("Ben", email="ben@shop.test")


def order(machine, **body):
    return machine.post(DEEDS, json={"by": "ben@shop.test", **body})


def test_named_tasks_are_given_at_once_and_taken_back_by_one_undo(machine, make_today, ben):
    dora = make_today.staff("Dora", email="dora@shop.test")
    tasks = [make_today.task() for _ in range(3)]
    chosen = [each.public_id for each in tasks[:2]]

    given = order(machine, kind="give", assignee="dora@shop.test", tasks=[*chosen, chosen[0]])
    assert given.status_code == 201 and given.json["assignee"] == "dora@shop.test"
    assert given.json["progress"] == {"waiting": 0, "done": 2, "refused": 0, "total": 2}
    assert [each.assignee for each in tasks] == [dora, dora, None]

    undo = machine.post(f"{DEEDS}/{given.json['id']}/undo", json={"by": "ben@shop.test"})
    assert (undo.status_code, undo.json["kind"], undo.json["undoes"]) == (201, "undo", given.json["id"])
    assert [each.assignee for each in tasks] == [None, None, None]
    again = machine.post(f"{DEEDS}/{given.json['id']}/undo", json={"by": "ben@shop.test"})
    assert again.status_code == 409
    shown = machine.get(f"{DEEDS}/{given.json['id']}?by=ben@shop.test").json
    assert (shown["can_undo"], shown["undone_by"]) == (False, undo.json["id"])


def test_a_whole_queue_is_worked_off_behind_and_tells_what_it_left(machine, make_today, ben):
    for _each in range(AT_ONCE + 1):
        make_today.task(priority="P3")
    urgent = [make_today.task(priority="P0") for _ in range(2)]
    taken_on = order(machine, kind="snooze", reason="Stock arrives", matching={"view": "open"})
    assert (taken_on.status_code, taken_on.json["done_at"]) == (202, None)
    assert taken_on.json["progress"]["waiting"] == AT_ONCE + 3

    work_on_many(make_today.now, 100)
    address = f"{DEEDS}/{taken_on.json['id']}"
    after = machine.get(f"{address}?by=ben@shop.test").json
    assert after["progress"] == {"waiting": 0, "done": AT_ONCE + 1, "refused": 2, "total": AT_ONCE + 3}
    assert after["done_at"] is not None and after["can_undo"] is True
    first = machine.get(f"{address}/refused?by=ben@shop.test&limit=1").json
    assert "stays in sight" in first["items"][0]["why"]
    second = machine.get(first["next"]).json
    assert [each["task"] for page in (first, second) for each in page["items"]] == [
        each.public_id for each in urgent
    ]
    make_today.staff("Dora", email="dora@shop.test")
    assert machine.get(f"{address}?by=dora@shop.test").status_code == 404


@pytest.mark.once
def test_what_is_no_deed_names_the_field_and_does_nothing(machine, make_today, ben):
    make_today.staff("Ann", "analyst", email="ann@shop.test")
    task = make_today.task()
    one = [task.public_id]
    for body, field in (
        ({"kind": "take"}, "/tasks"),
        ({"kind": "take", "tasks": one, "matching": {"view": "open"}}, "/tasks"),
        ({"kind": "take", "tasks": []}, "/tasks"),
        ({"kind": "take", "tasks": [*one, "nothing"]}, "/tasks/1"),
        ({"kind": "take", "matching": {"view": "late"}}, "/tasks"),
        ({"kind": "take", "tasks": one, "outcome": "no_action"}, "/outcome"),
        ({"kind": "take", "tasks": one, "by": "ann@shop.test"}, "/by"),
        ({"kind": "burn", "tasks": one}, "/kind"),
        ({"kind": "give", "tasks": one}, "/assignee"),
        ({"kind": "give", "tasks": one, "assignee": "ann@shop.test"}, "/assignee"),
        ({"kind": "snooze", "tasks": one}, "/reason"),
        ({"kind": "snooze", "tasks": one, "reason": "x", "until": "tomorrow"}, "/until"),
        ({"kind": "close", "tasks": one}, "/outcome"),
        ({"kind": "close", "tasks": one, "outcome": "recovered"}, "/outcome"),
    ):
        answer = order(machine, **body)
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, field), body
    assert task.state == "new" and not task.history
