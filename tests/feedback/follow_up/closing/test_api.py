"""Finer causes and the limits of goodwill for machines."""

import pytest


@pytest.mark.once
def test_finer_causes_are_added_reworded_and_retired(machine):
    made = machine.post("/api/v1/causes", json={"cause": "carrier", "en": "Left in the rain"})
    assert made.status_code == 201
    assert made.json == {
        "code": "carrier.left_in_the_rain",
        "cause": "carrier",
        "en": "Left in the rain",
        "de": "Left in the rain",
        "is_retired": False,
        "tasks": 0,
    }
    one = f"/api/v1/causes/{made.json['code']}"
    changed = machine.patch(one, json={"de": "Im Regen gelassen", "is_retired": True}).json
    assert (changed["en"], changed["de"], changed["is_retired"]) == (
        "Left in the rain",
        "Im Regen gelassen",
        True,
    )
    assert changed in machine.get("/api/v1/causes").json["items"]
    codes = machine.get("/api/v1/tasks/codes").json["cause_details"]
    assert changed["code"] not in {each["code"] for each in codes}
    assert machine.patch("/api/v1/causes/none", json={"en": "x"}).status_code == 404
    wordless = machine.post("/api/v1/causes", json={"cause": "carrier"})
    assert (wordless.status_code, wordless.json["errors"][0]["pointer"]) == (422, "/en")


@pytest.mark.once
def test_the_limits_of_goodwill_are_read_and_set(machine):
    assert machine.get("/api/v1/goodwill-limits").json == {"agent": 50, "admin": 500}
    assert machine.put("/api/v1/goodwill-limits", json={"agent": 20, "admin": 80}).json == {
        "agent": 20,
        "admin": 80,
    }
    assert machine.put("/api/v1/goodwill-limits", json={"agent": -1, "admin": 80}).status_code == 422
