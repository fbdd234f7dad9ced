"""Tasks for machines: the shapes of product.md."""

from datetime import timedelta

import pytest

from feedback.follow_up import triaging
from feedback.follow_up.opening import open_tasks
from surveys.database import db


@pytest.fixture
def task(make_today):
    return make_today.task()


def test_one_task_has_its_shape(machine, task, make_today):
    triaging.take(task, make_today.staff("Ben", email="ben@shop.test"), make_today.now)
    db.session.commit()
    shape = machine.get(f"/api/v1/tasks/{task.public_id}").json
    assert {
        "id": task.public_id,
        "state": "in_progress",
        "priority": "P2",
        "rule": "low_score",
        "reason": None,
        "assignee": "ben@shop.test",
        "resolution": None,
        "cause": None,
        "outcome": None,
    }.items() <= shape.items()
    assert shape["response"] == {
        "id": task.response.public_id,
        "score": 3,
        "group": "detractor",
        "comment": "Too late",
    }
    assert shape["customer"]["name"] == "Dora Detractor" and shape["due_at"].endswith("Z")
    assert [row["kind"] for row in shape["history"]] == ["assigned", "moved"]
    assert shape["history"][1]["after"] == "in_progress"


def test_lists_are_filtered_and_paged(machine, make_today):
    ben = make_today.staff("Ben", email="ben@shop.test")
    first, second = make_today.task(), make_today.task(assignee=ben, state="in_progress")

    def ids(query):
        return [item["id"] for item in machine.get(f"/api/v1/tasks?{query}").json["items"]]

    assert ids("") == [second.public_id, first.public_id]
    assert ids("state=new") == [first.public_id]
    assert ids("assignee=Ben@shop.test") == ids(f"assignee={ben.public_id}") == [second.public_id]
    assert ids("assignee=") == [first.public_id]
    assert ids("brand=demo&limit=1") == [second.public_id]
    page = machine.get("/api/v1/tasks?limit=1").json
    assert [i["id"] for i in machine.get(page["next"]).json["items"]] == [first.public_id]
    for wrong in ("state=done", "assignee=nobody@shop.test", "brand=none", "colour=red", "limit=0"):
        assert machine.get(f"/api/v1/tasks?{wrong}").status_code == 422, wrong


def patch(machine, task, **body):
    return machine.patch(f"/api/v1/tasks/{task.public_id}", json=body)


def test_a_move_that_is_not_allowed_names_those_that_are(machine, task):
    answer = patch(machine, task, state="resolved", resolution="refund", cause="carrier")
    assert answer.status_code == 409
    assert "in_progress, closed" in answer.json["detail"]
    assert answer.json["errors"][0]["pointer"] == "/state"
    assert task.state == "new"


def test_a_task_is_worked_to_its_end(machine, task, make_today):
    make_today.staff("Ben", email="ben@shop.test")
    assert patch(machine, task, state="in_progress", assignee="ben@shop.test").json["state"] == "in_progress"
    answer = patch(machine, task, state="resolved", resolution="refund", cause="carrier", note="Paid back")
    assert (answer.status_code, answer.json["resolution"], answer.json["cause"]) == (200, "refund", "carrier")
    assert answer.json["history"][-1]["text"] == "Paid back"
    assert patch(machine, task, assignee=None).json["assignee"] is None
    assert patch(machine, task, state="closed", outcome="no_action").status_code == 409


def test_an_open_task_closes_with_an_outcome(machine, task):
    assert patch(machine, task, state="closed").status_code == 422
    answer = patch(machine, task, state="closed", outcome="duplicate")
    assert (answer.json["state"], answer.json["outcome"], answer.json["due_at"]) == (
        "closed",
        "duplicate",
        None,
    )


@pytest.mark.once
@pytest.mark.parametrize(
    "body, pointer",
    [
        ({"resolution": "refund"}, "/resolution"),
        ({"assignee": "nobody@shop.test"}, "/assignee"),
        ({"state": "done"}, "/state"),
        ({"state": "closed", "outcome": "recovered"}, "/outcome"),
        ({"note": " "}, "/note"),
        ({"colour": "red"}, "/colour"),
        ({"state": "in_progress", "waiting_until": "tomorrow"}, "/waiting_until"),
    ],
)
def test_bad_input_names_its_field_and_changes_nothing(machine, task, body, pointer):
    answer = patch(machine, task, **body)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"].endswith(pointer)
    assert task.state == "new" and not task.history


def test_the_codes_are_listed(machine):
    lists = machine.get("/api/v1/tasks/codes").json
    assert set(lists) == {"reasons", "causes", "cause_details", "resolutions", "outcomes"}
    assert {"code": "carrier.late", "label": "Late on the way"} in lists["cause_details"]
    assert {"code": "DELIVERY.LATE", "label": "Delivery: Late"} in lists["reasons"]
    assert {"code": "refund", "label": "Refund"} in lists["resolutions"]


def test_unknown_tasks_and_strangers(machine, client):
    assert machine.get("/api/v1/tasks/nothing").status_code == 404
    assert client.get("/api/v1/tasks").status_code == 401


@pytest.mark.once
def test_a_machine_says_who_has_to_do_what_and_until_when(machine, make_today):
    task = make_today.task(state="in_progress")
    until = (make_today.now + timedelta(days=3)).isoformat()
    far = (make_today.now + timedelta(days=15)).isoformat()
    for missing, pointer in (
        ({"note": "Warehouse"}, "/waiting_until"),
        ({"note": "Warehouse", "waiting_until": far}, "/waiting_until"),
        ({"waiting_until": until}, "/note"),
    ):
        refused = patch(machine, task, state="waiting_internal", **missing)
        assert refused.status_code == 422
        assert refused.json["errors"][0]["pointer"].endswith(pointer)
    done = patch(machine, task, state="waiting_internal", note="Warehouse", waiting_until=until)
    assert done.status_code == 200 and done.json["waiting_until"] is not None
    unknown = {"state": "resolved", "resolution": "refund", "cause": "unknown"}
    refused = patch(machine, task, **unknown)
    assert refused.status_code == 422 and refused.json["errors"][0]["pointer"].endswith("/note")
    assert patch(machine, task, **unknown, note="The parcel is gone").json["cause"] == "unknown"


@pytest.mark.once
def test_a_finer_cause_and_goodwill_come_with_the_solution_or_not_at_all(machine, make_today):
    task = make_today.task(state="in_progress")
    address = f"/api/v1/tasks/{task.public_id}"
    money = {"amount": 1250, "currency": "EUR"}
    solved = {"state": "resolved", "resolution": "goodwill", "cause": "carrier"}

    alone = machine.patch(address, json={"cause_detail": "carrier.late"})
    foreign = machine.patch(address, json=solved | {"cause_detail": "it.checkout"})
    dear = machine.patch(address, json=solved | {"goodwill": {"amount": 50_001, "currency": "EUR"}})
    done = machine.patch(address, json=solved | {"cause_detail": "carrier.late", "goodwill": money})

    assert (alone.status_code, foreign.status_code, dear.status_code) == (422, 422, 403)
    assert foreign.json["errors"][0]["pointer"].endswith("cause_detail")
    assert (done.json["cause"], done.json["cause_detail"], done.json["goodwill"]) == (
        "carrier",
        "carrier.late",
        [money],
    )


def test_the_clocks_say_when_they_began_how_they_run_and_what_was_told(machine, task):
    shape = machine.get(f"/api/v1/tasks/{task.public_id}").json
    assert [(each["name"], each["running"], each["told_percent"]) for each in shape["clocks"]] == [
        ("contact", True, 0),
        ("resolution", True, 0),
    ]
    assert shape["clocks"][0]["due_at"] == shape["due_at"] and shape["clocks"][0]["waited_seconds"] == 0
    assert (shape["escalation_level"], shape["snoozed_until"], shape["promises"]) == (0, None, [])


def test_a_priority_is_changed_with_a_reason_and_the_reason_with_a_priority(machine, task):
    lowered = patch(machine, task, priority="P3", priority_reason="It was a joke.")
    assert (lowered.status_code, lowered.json["priority"]) == (200, "P3")
    event = lowered.json["history"][-1]
    assert (event["kind"], event["before"], event["after"], event["text"]) == (
        "lowered",
        "P2",
        "P3",
        "It was a joke.",
    )

    for body, pointer in (
        ({"priority": "P1"}, "/priority_reason"),
        ({"priority_reason": "Because."}, "/priority_reason"),
        ({"priority": "P9", "priority_reason": "Because."}, "/priority"),
    ):
        refused = patch(machine, task, **body)
        assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, pointer)


def test_only_an_open_task_has_a_priority_that_changes(machine, task):
    patch(machine, task, state="closed", outcome="no_action")
    late = patch(machine, task, priority="P1", priority_reason="He called.")

    assert late.status_code == 409 and "Only an open task" in late.json["detail"]


def test_a_task_tells_its_points_and_the_answers_in_it(machine, make_today):
    order = make_today.purchase()
    for score in (1, 4):
        make_today.response(score, customer=order.customer, purchase=order)
    open_tasks(make_today.now, 10)
    (shape,) = machine.get("/api/v1/tasks").json["items"]

    first, second = shape["signals"]
    assert (first["rule"], first["priority"], first["why"]) == ("low_score", "P3", "low_without_comment")
    assert first["parts"]["severity"] > second["parts"]["severity"] > 0
    assert shape["points"] == shape["effective_points"] == max(first["points"], second["points"])
    assert (shape["rule_version"], first["words"], second["further_rules"]) == (1, [], ["repeat"])
