"""The rule book over the JSON API."""

import pytest

from feedback.follow_up.deciding.book import STANDARD
from feedback.follow_up.deciding.queries import current_book


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
