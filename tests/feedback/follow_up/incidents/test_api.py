"""Incidents over the API: list, read, preview a letter to everybody, write it, take it back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.follow_up.conversation.models import Reply
from surveys.database import db

ROOT = "/api/v1/incidents"
TEXTS = {"en": "the carrier lost a lorry.", "de": "dem Paketdienst fehlt ein Wagen."}
LETTER = {"by": "ben@shop.test", "texts": TEXTS}


def test_incidents_are_listed_and_read_and_narrow_the_inbox(machine, part, incident, make_today):
    task = part("Pat")
    make_today.task()
    (found,) = machine.get(f"{ROOT}?running=true&brand=demo").json["items"]
    assert (found["id"], found["sign"], found["title"], found["open_tasks"], found["is_running"]) == (
        incident.public_id,
        "carrier",
        "DHL",
        1,
        True,
    )
    queue = machine.get(f"/api/v1/inbox?view=open&incident={incident.public_id}").json
    assert [each["id"] for each in queue["items"]] == [task.public_id] and queue["count"] == 1
    unknown = machine.get("/api/v1/inbox?view=open&incident=none")
    assert unknown.status_code == 422 and unknown.json["errors"][0]["pointer"] == "/incident"

    incident.last_at = make_today.now - timedelta(days=2)
    db.session.commit()
    assert machine.get(f"{ROOT}?running=true").json["items"] == []
    assert machine.get(f"{ROOT}?limit=1").json["items"][0]["is_running"] is False
    assert machine.get(f"{ROOT}/none").status_code == 404
    assert machine.get(f"{ROOT}?brand=none").status_code == 422


@pytest.mark.once
def test_a_letter_is_previewed_written_and_taken_back(machine, part, incident, ben):
    part("Pat")
    part("Paula", locale="de")
    urgent = part("Urgent", priority="P0")
    address = f"{ROOT}/{incident.public_id}"

    read = machine.get(address).json
    assert read["letters"] == [] and read["recipients"]["languages"] == {"de": 1, "en": 1}
    preview = machine.post(f"{address}/letters/preview", json=LETTER).json
    assert {each["language"]: each["to_name"] for each in preview["previews"]} == {"en": "Pat", "de": "Paula"}
    assert [each["task"] for each in preview["recipients"]["left_out"]] == [urgent.public_id]
    assert db.session.scalar(select(Reply)) is None

    written = machine.post(f"{address}/letters", json={**LETTER, "letters": 0})
    assert written.status_code == 201 and written.json["incident"] == incident.public_id
    assert written.json["progress"] == {"waiting": 0, "done": 2, "refused": 1, "total": 3}
    (letter,) = machine.get(address).json["letters"]
    assert (letter["id"], letter["written"], letter["left_out"]) == (written.json["id"], 2, 1)
    again = machine.post(f"{address}/letters", json={**LETTER, "letters": 0})
    assert again.status_code == 409 and again.json["errors"][0]["pointer"] == "/letters"

    deed = f"/api/v1/bulk-deeds/{letter['id']}"
    (left,) = machine.get(f"{deed}/refused?by=ben@shop.test").json["items"]
    assert left["task"] == urgent.public_id and "P0 or P1" in left["why"]
    undo = machine.post(f"{deed}/undo", json={"by": "ben@shop.test"}).json
    assert undo["progress"]["done"] == 2


def test_single_customers_are_left_out(machine, part, incident, ben):
    part("Pat")
    spared = part("Spared")
    address = f"{ROOT}/{incident.public_id}/letters"
    without = {**LETTER, "without": [spared.public_id]}

    preview = machine.post(f"{address}/preview", json=without).json["recipients"]
    assert preview["written_to"] == 1 and [each["task"] for each in preview["left_out"]] == [spared.public_id]
    strange = machine.post(address, json={**without, "letters": 0, "without": [spared.public_id, "none"]})
    assert (strange.status_code, strange.json["errors"][0]["pointer"]) == (422, "/without/1")
    many = [f"none{number}" for number in range(999)]
    strange = machine.post(address, json={**without, "letters": 0, "without": many}).json
    assert [each["pointer"] for each in strange["errors"]] == [f"/without/{number}" for number in range(5)]
    assert "999 are refused in all" in strange["detail"] and "none5 " not in strange["detail"]

    written = machine.post(address, json={**without, "letters": 0}).json
    assert written["progress"] == {"waiting": 0, "done": 1, "refused": 1, "total": 2}
    (left,) = machine.get(f"/api/v1/bulk-deeds/{written['id']}/refused?by=ben@shop.test").json["items"]
    assert (left["task"], left["why"]) == (spared.public_id, "Left out by hand. The task stays as it is.")


@pytest.mark.once
def test_what_is_wrong_with_a_letter_is_named(machine, part, incident, ben):
    part("Pat")
    address = f"{ROOT}/{incident.public_id}/letters"
    bracket = machine.post(address, json={"by": ben.email, "letters": 0, "texts": {"en": "as [why]"}})
    assert (bracket.status_code, bracket.json["errors"][0]["pointer"]) == (422, "/texts/en")
    for texts in ({}, {"xx": "what"}, {"en": " "}):
        wrong = machine.post(address, json={"by": ben.email, "letters": 0, "texts": texts})
        assert wrong.status_code == 422
    nobody = machine.post(address, json={"by": ben.email, "letters": 0, "texts": {"pl": "nic"}})
    assert nobody.status_code == 409
    assert (
        machine.post(
            "/api/v1/bulk-deeds", json={"by": ben.email, "kind": "write", "tasks": ["x"]}
        ).status_code
        == 422
    )
