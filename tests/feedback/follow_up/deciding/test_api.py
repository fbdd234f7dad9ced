"""The rule book over the JSON API."""

import pytest

from feedback.follow_up.deciding.book import STANDARD
from feedback.follow_up.deciding.queries import current_book, current_weights
from surveys.database import db


@pytest.fixture
def rules(machine):
    return machine.get("/api/v1/rules").json


def test_the_rules_are_read_in_their_order(rules):
    assert (rules["version"], rules["changed_at"], rules["changed_by"], rules["next"]) == (
        1,
        None,
        None,
        None,
    )
    assert rules["items"][1] == {"key": "low_score", "kind": "group", "is_on": True, "mood": "unhappy"}


def test_a_new_version_is_put_whole_and_read_back(machine, rules, make):
    make.survey()
    sent = [*rules["items"][1:], {"kind": "score", "survey": "nps", "at_most": 3, "is_on": False}]
    answer = machine.put("/api/v1/rules", json={"version": 1, "rules": sent})

    assert (answer.status_code, answer.json["version"]) == (200, 2)
    last = answer.json["items"][-1]
    assert last["key"].startswith("score-") and (last["at_most"], last["is_on"]) == (3, False)
    assert machine.get("/api/v1/rules").json["items"] == answer.json["items"]
    assert current_book().rule("intent") is None


def test_an_older_version_is_refused(machine, rules):
    machine.put("/api/v1/rules", json={"version": 1, "rules": rules["items"][1:]})
    late = machine.put("/api/v1/rules", json={"version": 1, "rules": []})

    assert late.status_code == 409 and "changed while you had them open" in late.json["detail"]


@pytest.mark.parametrize(
    "rule, pointer",
    [
        ({"kind": "joy"}, "/rules/0/kind"),
        ({"kind": "score", "at_most": 3}, "/survey"),
        ({"kind": "group"}, "/mood"),
        ({"kind": "vip", "brand": "gone"}, "/brand"),
        ({"kind": "vip", "key": "No Key"}, "/rules/0/key"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_and_nothing_stored(machine, rule, pointer):
    answer = machine.put("/api/v1/rules", json={"version": 1, "rules": [rule]})

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]
    assert current_book() == STANDARD


@pytest.mark.once
def test_a_rule_is_tried_without_storing_anything(machine, make_today):
    silent = make_today.response(7)
    make_today.response(7, contact_permission=False)
    answer = machine.post("/api/v1/rules/dry-run", json={"kind": "group", "mood": "neutral"})

    assert answer.status_code == 200
    assert answer.json == {
        "days": 90,
        "answers": 2,
        "all_answers": True,
        "opens": 1,
        "without_comment": 1,
        "opened_anyway": 0,
        "forbidden": 1,
        "newest": [silent.public_id],
    }
    assert machine.post("/api/v1/rules/dry-run", json={"kind": "group"}).status_code == 422
    assert current_book() == STANDARD


WEIGHTS = {"severity": 60, "emotion": 10, "value": 10, "intent": 10, "repetition": 10}


def test_weights_are_read_tried_on_past_tasks_and_put_as_a_new_version(machine, make_today):
    shipped = machine.get("/api/v1/rules/weights").json
    assert (shipped["version"], shipped["severity"], shipped["undelivered_after"]) == (1, 30, 10)
    task = make_today.task()
    machine_tried = machine.post("/api/v1/rules/weights/dry-run", json=WEIGHTS)
    assert machine_tried.status_code == 200 and machine_tried.json["days"] == 30
    assert current_weights().version == 1

    put = machine.put("/api/v1/rules/weights", json={"version": 1, "undelivered_after": 5, **WEIGHTS})
    assert (put.status_code, put.json["version"], put.json["severity"]) == (200, 2, 60)
    assert put.json == machine.get("/api/v1/rules/weights").json and put.json["changed_by"] is None
    db.session.refresh(task)
    assert task.ages_at is not None  # it takes its new place with the next look
    late = machine.put("/api/v1/rules/weights", json={"version": 1, **WEIGHTS})
    assert late.status_code == 409 and late.json["errors"][0]["pointer"] == "/version"


@pytest.mark.once
@pytest.mark.parametrize(
    "wrong, pointer",
    [
        ({"severity": 61}, "/severity"),
        ({"value": 30, "severity": 40}, "/value"),
        ({"emotion": "10"}, "/emotion"),
        ({"undelivered_after": 91}, "/undelivered_after"),
        ({"joy": 1}, "/joy"),
    ],
)
def test_weights_by_which_nothing_could_be_ordered_are_refused(machine, wrong, pointer):
    for send, path, version in ((machine.put, "", {"version": 1}), (machine.post, "/dry-run", {})):
        answer = send(f"/api/v1/rules/weights{path}", json={**version, **WEIGHTS, **wrong})
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json["errors"]] == [pointer]
    assert current_weights().version == 1
