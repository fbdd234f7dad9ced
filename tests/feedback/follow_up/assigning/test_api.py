"""The team over the API."""

from datetime import timedelta

import pytest

from surveys.database import db

STAFF = "/api/v1/staff"


@pytest.fixture
def ben(make_today):
    return make_today.staff("Ben", email="ben@shop.test", capacity=12)


def test_the_team_is_listed_with_what_everybody_has(machine, make_today, ben):
    ada = make_today.staff("Ada", "analyst", is_away=True)
    make_today.task(assignee=ben, priority="P0")
    db.session.commit()

    page = machine.get(f"{STAFF}?limit=1").json
    (first,) = page["items"]
    assert {
        "id": ben.public_id,
        "email": "ben@shop.test",
        "role": "agent",
        "takes_tasks": True,
        "there": True,
        "load": 8,
        "capacity": 12,
        "languages": [],
        "absent_until": None,
    }.items() <= first.items()
    (second,) = machine.get(page["next"]).json["items"]
    assert second == machine.get(f"{STAFF}/{ada.public_id}").json
    assert (second["takes_tasks"], second["is_away"], second["there"]) == (False, True, False)


def test_work_and_absences_are_changed_and_nobody_manages_an_owner(machine, make_today, ben):
    one = f"{STAFF}/{ben.public_id}"
    changed = machine.patch(one, json={"languages": ["pl", "de"]}).json
    assert (changed["languages"], changed["capacity"]) == (["de", "pl"], 12)
    assert machine.patch(one, json={"capacity": None}).json["capacity"] is None

    today = make_today.now.date()
    days = {
        "first_day": today.isoformat(),
        "last_day": (today + timedelta(days=2)).isoformat(),
        "time_zone": "UTC",
    }
    planned = machine.post(f"{one}/absences", json=days)
    assert (planned.status_code, planned.json["first_day"]) == (201, today.isoformat())
    assert machine.get(f"{one}/absences").json["items"] == [planned.json]
    away = machine.get(one).json
    assert (away["there"], away["absent_until"]) == (False, planned.json["ends_at"])
    assert machine.delete(f"{one}/absences/{planned.json['id']}").status_code == 204
    assert machine.get(one).json["there"] is True
    assert machine.delete(f"{one}/absences/{planned.json['id']}").status_code == 404

    for body, field in (
        ({"last_day": "2020-01-01"}, "/last_day"),
        ({"first_day": "soon"}, "/first_day"),
        ({"time_zone": "Nowhere/Else"}, "/time_zone"),
    ):
        answer = machine.post(f"{one}/absences", json=days | body)
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, field)
    for body, field in (({"capacity": 1}, "/capacity"), ({"languages": ["xx"]}, "/languages")):
        answer = machine.patch(one, json=body)
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, field)
    owner = f"{STAFF}/{make_today.staff('Olga', 'owner').public_id}"
    assert machine.patch(owner, json={"capacity": 20}).status_code == 403
    assert machine.post(f"{owner}/absences", json=days).status_code == 403


@pytest.mark.once
def test_tasks_are_handed_over_with_a_note(machine, make_today, ben):
    task = make_today.task(assignee=ben)
    nadia = make_today.staff("Nadia")
    address = f"{STAFF}/{ben.public_id}/hand-over"

    assert machine.post(address, json={"note": " "}).status_code == 422
    assert machine.post(address, json={"note": "All traced."}).json == {"given": 1, "kept": 0}
    db.session.refresh(task)
    assert task.assignee is nadia and task.history[-1].text == "All traced."


@pytest.mark.once
def test_whether_somebody_stands_in_is_read_and_set(machine):
    assert machine.get(f"{STAFF}/standing-in").json == {"stands_in": False, "waiting": 0}
    assert machine.put(f"{STAFF}/standing-in", json={"stands_in": True}).json["stands_in"] is True
