"""Improvements over the API: started, moved through the gate, listed, and refused with what is possible."""

from datetime import timedelta

import pytest

from tests.feedback.improving.raising import LATE, answered, raised

ADDRESS = "/api/v1/improvements"
DAY = timedelta(days=1)


@pytest.fixture
def body(make_today):
    make, now = make_today, make_today.now
    with make.at_one_go():
        for _ in range(15):
            raised(make, now - 40 * DAY)
        answered(make, now - 40 * DAY, 30)
        answered(make, now - 10 * DAY, 40)
        make.staff("Olga", "owner", email="olga@shop.test")
    days = {"since": (now - 60 * DAY).date().isoformat(), "until": (now - 31 * DAY).date().isoformat()}
    return {
        "title": "Another carrier",
        "about": {"kind": "theme", "code": LATE},
        "evidence": {"survey": "nps", **days},
        "owner": "olga@shop.test",
    }


def test_one_is_started_moved_and_read(machine, body, make_today):
    today = make_today.now.date()
    made = machine.post(ADDRESS, json=body)
    assert made.status_code == 201
    found = made.json
    assert (found["state"], found["owner"], found["about"]["label"]) == (
        "idea",
        "olga@shop.test",
        "Delivery: Late",
    )
    assert (found["evidence"]["answers"], found["evidence"]["raised"]) == (45, 15)
    assert len(found["evidence"]["examples"]) == 5 and found["figures"] is None
    one = f"{ADDRESS}/{found['id']}"

    refused = machine.patch(one, json={"state": "in_effect"})
    assert refused.status_code == 409 and "planned, declined" in refused.json["detail"]
    assert machine.patch(one, json={"state": "checked"}).status_code == 409
    assert machine.patch(one, json={"state": "planned", "least": 4.0}).json["state"] == "planned"
    window = {"effect_on": (today - 30 * DAY).isoformat(), "check_on": (today + 5 * DAY).isoformat()}
    moved = machine.patch(one, json={"state": "in_effect", **window}).json
    assert (moved["state"], moved["least"], moved["verdict"]) == ("in_effect", 4.0, None)
    figures = moved["figures"]
    assert (figures["before"]["raised"], figures["after"]["raised"]) == (15, 0)
    assert figures["share_change"]["difference"] == -33.33 and figures["share_change"]["outcome"] == "changed"
    assert machine.patch(one, json={"direction": "up"}).status_code == 409
    assert machine.patch(one, json={"owner": None, "note": "A note"}).json["owner"] is None

    assert [each["id"] for each in machine.get(f"{ADDRESS}?state=in_effect").json["items"]] == [found["id"]]
    second = machine.post(ADDRESS, json=body).json
    page = machine.get(f"{ADDRESS}?limit=1").json
    assert page["items"][0]["id"] == second["id"] and "cursor=" in page["next"]
    last = machine.get("/" + page["next"].split("/", 3)[3]).json
    assert (last["items"][0]["id"], last["next"]) == (found["id"], None)
    declined = machine.patch(f"{ADDRESS}/{second['id']}", json={"state": "declined", "reason": "Dear"}).json
    assert (declined["state"], declined["reason"]) == ("declined", "Dear")


@pytest.mark.once
def test_what_cannot_be_is_named(machine, body):
    for change, status in (
        ({"about": {"kind": "theme", "code": "NOTHING"}}, 422),
        ({"about": {"kind": "cause", "code": "carrier"}}, 422),
        ({"owner": "nobody@shop.test"}, 422),
        ({"least": 101.0}, 422),
        ({"title": "  "}, 422),
        ({"evidence": body["evidence"] | {"survey": "nope"}}, 422),
        ({"evidence": body["evidence"] | {"brand": "nope"}}, 422),
        ({"evidence": body["evidence"] | {"until": "1999-01-01"}}, 422),
        ({"evidence": body["evidence"] | {"until": "yesterday"}}, 422),
        ({"evidence": body["evidence"] | {"where": {"planet": "x"}}}, 422),
        ({"evidence": body["evidence"] | {"where": {"country": "CH"}}}, 422),
        ({"more": 1}, 422),
    ):
        answer = machine.post(ADDRESS, json=body | change)
        assert answer.status_code == status, (change, answer.json)
        assert answer.json["errors"] or answer.json["detail"]
    assert machine.get(f"{ADDRESS}/unknown").status_code == 404
    assert machine.get(ADDRESS).json["items"] == []
